"""The library file, an SQLite database, and what is derived from it. sqlite-utils runs its migrations."""
