"""What the centre of the window can show besides the grid."""
