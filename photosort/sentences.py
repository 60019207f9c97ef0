"""Translatable messages to the user, made outside the window."""

from __future__ import annotations

import errno
from collections.abc import Mapping


class Sentence(str):
    """A sentence in English that also knows how it was put together.

    The command line, the log and JSON take it as the text that it is. The window looks its template up in the
    translations and fills the same arguments in (`photosort.gui.base.formatting.said`).

    Attributes:
        template: the English text with a `{name}` for each argument; its own key in the translations.
        arguments: what is filled in, by name; sentences among them are translated too.
    """

    template: str
    arguments: dict[str, object]

    def __new__(cls, template: str, /, **arguments: object) -> Sentence:
        """Puts a sentence together.

        Args:
            template: written out in the source, where the translations are gathered from.
            arguments: what is filled in.
        """
        made = super().__new__(cls, template.format(**arguments))
        made.template = template
        made.arguments = arguments
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """Copies are put together from the same parts."""
        return (self.template,), self.arguments

    def parts(self) -> dict[str, object]:
        """What it is put together from, as JSON can hold it; `put_together` reads it."""
        arguments = {
            name: value.parts() if isinstance(value, Sentence) else value
            for name, value in self.arguments.items()
        }
        return {"template": self.template, "arguments": arguments}


def put_together(parts: Mapping[str, object]) -> Sentence:
    """The sentence of stored parts.

    Args:
        parts: as `Sentence.parts` made them.
    """
    held = parts["arguments"]
    arguments = {
        name: put_together(value) if isinstance(value, dict) else value
        for name, value in (held.items() if isinstance(held, dict) else ())
    }
    return Sentence(str(parts["template"]), **arguments)


def counted_photos(count: int) -> Sentence:
    """How many photos: "1 photo", "1,204 photos"."""
    if count == 1:
        return Sentence("{count:,} photo", count=count)
    return Sentence("{count:,} photos", count=count)


def quoted(name: str) -> Sentence:
    """A name that the user or a file gave, so that it stands apart from the words around it."""
    return Sentence("'{name}'", name=name)


# What people meet; the system's own words for anything else.
_REASONS = {
    errno.EACCES: Sentence("permission denied"),
    errno.EPERM: Sentence("operation not permitted"),
    errno.ENOENT: Sentence("no such file or directory"),
    errno.EEXIST: Sentence("file exists"),
    errno.EISDIR: Sentence("is a directory"),
    errno.ENOTDIR: Sentence("not a directory"),
    errno.ENOSPC: Sentence("no space left on device"),
    errno.EROFS: Sentence("read-only file system"),
    errno.EIO: Sentence("input/output error"),
    errno.ENAMETOOLONG: Sentence("file name too long"),
}


def reason_of(error: OSError) -> str:
    """Why the system refused something, to stand within a sentence."""
    if isinstance(error.strerror, Sentence):
        return error.strerror
    known = _REASONS.get(error.errno or 0)
    return known if known is not None else (error.strerror or str(error)).lower()
