"""`photosort forget`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import shown
from photosort.usecases.photos import forgetting


def run(context: Context) -> int:
    """Forgets photos for good, or says what that would mean."""
    printer, session = context.printer, context.session
    photo_ids = context.photos(context.options.paths)
    outlook = forgetting.outlook(session, photo_ids)
    row = {
        "photos": outlook.photos,
        "still_there": outlook.still_there,
        "forgotten": context.options.yes,
        "backups": 0,
        "out_of_reach": [],
    }
    if outlook.still_there:
        printer.remark(
            f"Files of {outlook.still_there:,} of them lie in folders of the library: the next index run would read "
            "them as new photos. Move them away, or name them in .photosortignore, first."
        )
    if not context.options.yes:
        printer.row(row)
        printer.say(
            f"{outlook.photos:,} photos would be forgotten with all that was decided about them, in the copies of the "
            "library, too. Their files stay. This cannot be undone, so nothing was changed; go on with: --yes"
        )
        return DONE
    done = context.run_long(lambda: forgetting.forget(session, photo_ids))
    away = [shown(str(path)) for path in done.out_of_reach]
    printer.row(row | {"photos": done.photos, "backups": done.backups, "out_of_reach": away})
    printer.say(
        f"{done.photos:,} photos were forgotten, and in {done.backups:,} copies of the library. Their files are as they were."
    )
    for path in away:
        printer.remark(
            f"{path} could not be reached or read, and may still hold them; it is cleaned when it is next seen."
        )
    if not done.is_traceless:
        printer.remark(
            "Another Photosort is reading the library: its log holds them until that ends."
        )
    return DONE
