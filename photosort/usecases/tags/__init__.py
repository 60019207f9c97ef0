"""Tags: suggestions, what the user answered, learning from it, review, and the user's vocabulary."""
