"""From a file on disk to pixels, metadata and thumbnails. Originals are only read; `wastebasket` alone moves them."""
