"""XMP sidecars (keyword files) beside the photos: written, and read when another program changed them."""
