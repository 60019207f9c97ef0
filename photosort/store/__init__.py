"""The library file, an SQLite database, and what is derived from it. sqlite-utils writes it outside hot loops."""
