"""Copies, near-duplicates and bursts: found, and reviewed."""
