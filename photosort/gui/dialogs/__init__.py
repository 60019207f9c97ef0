"""Windows of their own: preferences, export, and what is said when something needs a word."""
