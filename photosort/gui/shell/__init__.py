"""The window itself: application, main window, actions, navigation, layout of its parts."""
