"""The library file: SQLite through sqlite-utils, and what is derived from it."""
