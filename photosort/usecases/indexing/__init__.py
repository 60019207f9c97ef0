"""The index run: from a scan of folders to photos with thumbnails, metadata and vectors."""
