"""Exit statuses; others script against them."""

DONE = 0
SOME_FILES_FAILED = 1
USAGE = 2
ENVIRONMENT = 3
CANCELLED = 130
