"""Keyword files (XMP sidecars) beside the photos: written, and read when another program changed them."""
