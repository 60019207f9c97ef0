"""Copies, near-duplicates and bursts: detection and review."""
