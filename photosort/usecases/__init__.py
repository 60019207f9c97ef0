"""The use cases, each callable from the command line and from the window."""
