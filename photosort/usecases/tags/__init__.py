"""Tags: suggestions, the user's answers, learning from them, review, and the user's vocabulary."""
