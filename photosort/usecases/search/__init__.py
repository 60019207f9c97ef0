"""From a query or a photo to photos, with reasons."""
