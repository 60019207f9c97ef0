"""How good suggested tags are and what they cost, measured: `python -m benchmarks tags`."""
