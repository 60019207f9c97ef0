"""What fills the panels of the window: the library's facts in the words of the widgets."""
