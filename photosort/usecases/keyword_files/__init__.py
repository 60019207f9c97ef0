"""XMP sidecars beside the photos: written, and read back when another program changed them."""
