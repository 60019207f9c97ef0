"""`photosort tags`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import counted
from photosort.domain.tags import Tag
from photosort.usecases.tags import own_keywords, vocabulary_editing
from photosort.usecases.tags.tagging import tag_counts


def run(context: Context) -> int:
    """Shows the vocabulary in use with its counts, or changes it."""
    act = {
        None: _show,
        "packs": _packs,
        "keywords": _keywords,
        "import": _import,
        "export": _export,
        "add": _add,
        "edit": _edit,
        "enable": _switch,
        "disable": _switch,
        "remove": _remove,
    }[context.options.action]
    act(context)
    return DONE


def _show(context: Context) -> None:
    printer = context.printer
    rows = tag_counts(context.session)
    for row in rows:
        printer.row(
            {
                "name": row.name,
                "parent": row.parent,
                "suggested": row.suggested,
                "confirmed": row.confirmed,
                "rejected": row.rejected,
            }
        )
    used = [row for row in rows if row.suggested or row.confirmed or row.rejected]
    printer.table(
        ("tag", "in", "suggested", "confirmed", "rejected"),
        [
            (
                row.name,
                row.parent or "",
                f"{row.suggested:,}",
                f"{row.confirmed:,}",
                f"{row.rejected:,}",
            )
            for row in used
        ],
    )
    printer.say(f"{len(rows):,} tags in the vocabulary, {len(used):,} in use.")


def _packs(context: Context) -> None:
    options, printer, session = context.options, context.printer, context.session
    for pack in options.on or ():
        vocabulary_editing.switch_pack(session, pack, on=True)
    for pack in options.off or ():
        vocabulary_editing.switch_pack(session, pack, on=False)
    rows = vocabulary_editing.packs(session)
    for row in rows:
        printer.row({"pack": row.name, "on": row.on, "tags": row.count})
    printer.table(
        ("pack", "", "tags"),
        [(row.name, "on" if row.on else "off", f"{row.count:,}") for row in rows],
    )


def _keywords(context: Context) -> None:
    printer, session = context.printer, context.session
    if context.options.suggest:
        tried = context.run_long(lambda: own_keywords.suggest(session, job=context.job))
        printer.remark(
            f"{len(tried.passed):,} of {tried.tried:,} keywords with enough photos passed."
        )
    found = own_keywords.evaluate_keywords(session)
    printer.row(
        {
            "keywords": found.keywords,
            "photos": found.photos,
            "others": found.others,
            "suggested": found.suggested,
        }
    )
    printer.say(
        f"You use {counted(found.keywords, 'keyword')} on {counted(found.photos, 'photo')}."
    )
    if found.suggested is not None:
        printer.say(f"{found.suggested:,} of them are suggested for others.")
    elif found.keywords:
        printer.say(
            f"Suggest them for the other {found.others:,}: photosort tags keywords --suggest"
        )


def _import(context: Context) -> None:
    taken = vocabulary_editing.import_tags(context.session, context.options.file)
    for note in taken.notes:
        context.printer.remark(note)
    context.printer.row({"file": str(context.options.file), "tags": taken.count})
    context.printer.say(f"{taken.count:,} tags taken in. Take it back with: photosort undo")


def _export(context: Context) -> None:
    file: Path = context.options.file
    count = vocabulary_editing.export_tags(context.session, file)
    context.printer.row({"file": str(file), "tags": count})
    context.printer.say(f"{count:,} tags written to {file}.")


def _add(context: Context) -> None:
    tag = _with_options(Tag(context.options.name), context.options)
    vocabulary_editing.add_tag(context.session, tag)
    _tell(context, tag)


def _edit(context: Context) -> None:
    options = context.options
    tag = _with_options(vocabulary_editing.tag_named(context.session, options.name), options)
    if options.rename is not None:
        tag = replace(tag, name=options.rename)
    context.follow(vocabulary_editing.edit_tag(context.session, options.name, tag))
    _tell(context, tag)


def _with_options(tag: Tag, options: argparse.Namespace) -> Tag:
    """A tag with what the command line says of it; lists that are given replace the tag's."""
    given = {
        "prompt": options.prompt,
        "often": options.often,
        "aliases": options.alias and tuple(options.alias),
        "sentences": options.sentence and tuple(options.sentence),
        "descriptors": options.descriptor and tuple(options.descriptor),
        "hand_only": options.hand_only or None,
    }
    tag = replace(tag, **{name: value for name, value in given.items() if value is not None})
    return tag if options.parent is None else replace(tag, parent=options.parent or None)


def _switch(context: Context) -> None:
    names, on = context.options.names, context.options.action == "enable"
    vocabulary_editing.switch_tags(context.session, names, on=on)
    for name in names:
        context.printer.row({"name": name, "enabled": on})
    context.printer.say(f"{len(names):,} switched {'on' if on else 'off'}.")


def _remove(context: Context) -> None:
    context.follow(vocabulary_editing.remove_tag(context.session, context.options.name))
    context.printer.row({"name": context.options.name})
    context.printer.say("Removed. Take it back with: photosort undo")


def _tell(context: Context, tag: Tag) -> None:
    context.printer.row(
        {
            "name": tag.name,
            "parent": tag.parent,
            "aliases": list(tag.aliases),
            "sentences": list(tag.sentences),
            "descriptors": list(tag.descriptors),
        }
    )
    context.printer.say(f"{tag.name} is as you said. Take it back with: photosort undo")
