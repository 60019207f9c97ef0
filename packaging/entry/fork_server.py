"""Runs before either program of the bundle: is it asked to be the process that children are forked from?"""

import sys

if "--fork-server" in sys.argv[1:2]:
    from photosort.threads.child import main

    main()
    raise SystemExit
