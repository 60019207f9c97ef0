"""`python -m photosort` is the command line."""

from photosort.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
