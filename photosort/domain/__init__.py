"""Frozen values that all packages share; no input or output."""
