"""Which photos are one picture, which are one moment, and which of them is the best; NumPy in, NumPy out."""
