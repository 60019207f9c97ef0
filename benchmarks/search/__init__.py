"""What the search promises, measured: `python -m benchmarks search`."""
