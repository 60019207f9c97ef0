"""The window of the bundle: what a desktop starts, with the folders and photos it hands over."""

import os
import sys

# The bundle's own libraries were found by these when this process began. A browser or file manager that it opens would
# inherit them and be started on libraries that are not its own.
for name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
    before = os.environ.pop(f"{name}_ORIG", None)
    os.environ.pop(name, None)
    if before is not None:
        os.environ[name] = before

from photosort.cli.main import main  # noqa: E402 -- after what it must not inherit

raise SystemExit(main(["app", *sys.argv[1:]]))
