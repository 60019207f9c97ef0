"""What every part of the window uses: runner, theme, icons, formatting, translation."""
