"""Widgets that know nothing of the application: panels and pages wire them."""
