"""The window itself: application, window, actions, navigation, and how its parts stand."""
