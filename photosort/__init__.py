"""Photosort: offline photo organisation."""

__version__ = "0.1.0"
