"""Removes location from copies: each file is rewritten with its pixels or sound and an allow-list of metadata."""
