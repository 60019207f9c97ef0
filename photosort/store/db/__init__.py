"""The library file itself: connection, migrations, history, derived databases."""
