"""Fills the side panels with the library's data."""
