"""The photo grid: a list view over an array of photo ids, with its own geometry."""
