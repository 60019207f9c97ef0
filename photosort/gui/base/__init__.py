"""Shared by all parts of the window: runner, theme, icons, formatting, translation."""
