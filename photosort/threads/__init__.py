"""The threads that work in the background, processes that may crash, and how the interpreter serves them."""
