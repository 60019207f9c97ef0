"""The window of the bundle: what a desktop starts, with the folders and photos it hands over."""

import sys

from photosort.cli.main import main

raise SystemExit(main(["app", *sys.argv[1:]]))
