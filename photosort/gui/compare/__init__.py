"""Two to four photos side by side, to find the best of them."""
