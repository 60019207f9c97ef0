"""The command line of the bundle."""

from photosort.cli.main import main

raise SystemExit(main())
