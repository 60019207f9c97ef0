"""Photos: paths, metadata, and the user's decisions."""
