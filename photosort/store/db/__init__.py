"""The library file itself: connection, migrations, lock, history, derived databases."""
