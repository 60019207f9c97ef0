"""Reads a text file with one tag a line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from photosort.domain.tags import Tag
from photosort.tagging.entries import Entry, clean_name

_COMMENT = re.compile(r"(^|\s)#(\s.*)?$|^\s*#.*$")


def text_entries(text: str, source: str) -> Iterator[Entry]:
    """The entries of a list of tags, each parent before its children.

    Args:
        text: the lines, with indentation, paths and the brackets of Lightroom's keyword lists.
        source: name of the file, for messages.

    Raises:
        InputProblem: a line that cannot be a tag.
    """
    above: list[tuple[int, str]] = []
    for line, raw in enumerate(io.StringIO(text, newline=None), 1):
        place = f"{source}, line {line}"
        content = _COMMENT.sub("", raw.rstrip("\n")).rstrip()
        word = content.lstrip()
        if not word:
            continue
        lead = content[: len(content) - len(word)]
        width = len(lead) + lead.count("\t")
        while above and above[-1][0] >= width:
            above.pop()
        parent = above[-1][1] if above else None
        if parent is not None and word.startswith("{") and word.endswith("}"):
            alias = clean_name(word[1:-1], place)
            yield Entry(Tag(parent, aliases=(alias,)), source, line, is_implied=True)
            continue
        is_group = word.startswith("[") and word.endswith("]") and len(word) > 2
        steps = [step for step in word[is_group : len(word) - is_group].split("|") if step.strip()]
        for position, step in enumerate(steps or [""], 1):
            name = clean_name(step, place)
            is_last = position == len(steps)
            tag = Tag(name, parent, is_group=is_group and is_last)
            yield Entry(tag, source, line, is_implied=not is_last)
            parent = name
        above.append((width, name))
