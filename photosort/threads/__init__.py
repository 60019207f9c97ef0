"""The threads that work in the background, and how the interpreter and the allocator serve them."""
