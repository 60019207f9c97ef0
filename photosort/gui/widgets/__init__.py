"""Widgets that do not know the application: panels and pages connect them."""
