"""Where photos lie, what they show, and what the user decided about them."""
