"""Automatic albums, the user's own albums, and the map of all photos by likeness."""
