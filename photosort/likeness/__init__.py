"""Near-duplicates, shots of one moment, and the best of them; NumPy in, NumPy out."""
