"""Offers completions in the search field, and shows filters as chips."""

from __future__ import annotations

from collections.abc import Sequence

from photosort.domain.query import Field
from photosort.gui.base import formatting
from photosort.gui.widgets.completing import Completion
from photosort.gui.widgets.search_field import Reading
from photosort.gui.widgets.term_chip import Term
from photosort.search.query_language import Chip, LibraryNames, chips, complete
from photosort.search.query_language.tokenizer import Kind, tokens
from photosort.sentences import Sentence

_ICONS = {
    Field.TAG: "tag",
    Field.ALBUM: "album",
    Field.FOLDER: "folder",
    Field.CAMERA: "camera",
    Field.LENS: "lens",
    Field.PLACE: "place",
    Field.NEAR: "place",
    Field.AREA: "map",
    Field.KIND: "image",
    Field.TYPE: "document",
    Field.RATING: "star",
    Field.FLAG: "pick",
    Field.AFTER: "calendar",
    Field.BEFORE: "calendar",
    Field.ON: "calendar",
    "like": "similar",
    "sort": "sort",
}
_SPEAKS_FOR_ITSELF = {
    Field.TAG,
    Field.ALBUM,
    Field.CAMERA,
    Field.LENS,
    Field.PLACE,
    Field.NEAR,
    Field.KIND,
    Field.ON,
}
_MOST_OFFERED = 8


def read(text: str) -> Reading:
    """Filters of a text as terms, and what stays text.

    A text with OR or parentheses stays as it is: taken apart it would mean something else. So does what stands in a
    quote that is still open.
    """
    cut = tokens(text)
    if any(token.kind in {Kind.OR, Kind.OPEN, Kind.CLOSE} for token in cut):
        return Reading((), text.strip())
    if cut and not cut[-1].is_closed:
        begin = cut[-2].start if len(cut) > 1 and cut[-2].kind is Kind.MINUS else cut[-1].start
        before = read(text[:begin])
        return Reading(before.terms, f"{before.rest} {text[begin:]}".lstrip())
    found = [chip for chip in chips(text) if chip.value]
    rest, at = [], 0
    for chip in found:
        rest.append(text[at : chip.start].strip())
        at = chip.end
    rest.append(text[at:].strip())
    return Reading(tuple(_term(chip) for chip in found), " ".join(filter(None, rest)))


def _term(chip: Chip) -> Term:
    icon = _ICONS.get(chip.field, "filter" if chip.field else "minus")
    value = chip.value
    if chip.field == Field.FOLDER:
        value = value.rstrip("/").rpartition("/")[2] or value
    elif chip.field == Field.AREA:
        # Its corners say nothing to anybody.
        value = formatting.translate(Sentence("on the map"))
    elif chip.field == Field.NEAR:
        value = value.replace("<", " < ")
    elif chip.field and chip.field not in _SPEAKS_FOR_ITSELF:
        operator = ": " if chip.operator == ":" else f" {chip.operator} "
        value = f"{chip.field}{operator}{value}"
    return Term(chip.text, value, icon, is_excluded=chip.negated)


def offered(before: str, suggestions: LibraryNames) -> Sequence[Completion]:
    """What could stand at the end of a text, for the word that is typed there."""
    word = _last_word(before)
    if not before[word:]:
        return ()
    found = []
    for one in complete(before, len(before), suggestions, limit=_MOST_OFFERED):
        insert = before[word : max(word, one.replace_start)] + one.text
        if one.kind == "field":
            name, _, explained = one.label.partition("  ")
            found.append(
                Completion(
                    insert,
                    name,
                    formatting.translate(explained),
                    _ICONS.get(name.rstrip(":><="), "filter"),
                )
            )
        else:
            found.append(Completion(insert, one.label, one.kind, _ICONS.get(one.kind, "filter")))
    return found


def _last_word(text: str) -> int:
    """Where the word at the end begins; an open quote belongs to it."""
    if text.count('"') % 2:
        return text.rfind(" ", 0, text.rfind('"')) + 1
    return text.rfind(" ") + 1
