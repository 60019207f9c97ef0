"""The man page: one for both programs, made from the command line's own parser."""

from __future__ import annotations

from datetime import UTC, datetime

import photosort
from photosort.cli.main import build_parser
from tools.command_arguments import everywhere, own, parsers, spelled, usage

_EXITS = (
    ("0", "Done; no results is done too."),
    ("1", "Done, but some files could not be used, which was not known before; \\fBphotosort problems\\fR lists them."),
    ("2", "The call or its input was wrong."),
    ("3", "The surroundings failed: disk, permission, a locked library, no model."),
    ("130", "Cancelled; everything finished so far was kept."),
)  # fmt: skip
_PLACES = (
    ("~/.local/share/photosort/library.db", "What was decided about the photos."),
    ("~/.local/share/photosort/settings.json", "The settings."),
)
_VARIABLES = (
    ("PHOTOSORT_LIBRARY", "The library file, as \\fB--library\\fR."),
    ("PHOTOSORT_HOME", "The folder of models, thumbnails and settings, as \\fB--home\\fR."),
)


def man_page(summary: str, epoch_s: int) -> str:
    """The page as troff.

    Args:
        summary: what Photosort is, in a line.
        epoch_s: its date, in seconds since 1970.
    """
    parser = build_parser()
    day = f"{datetime.fromtimestamp(epoch_s, UTC):%Y-%m-%d}"
    lines = [
        f'.TH PHOTOSORT 1 "{day}" "Photosort {photosort.__version__}" "User Commands"',
        ".SH NAME",
        rf"photosort, photosort\-window \- {_escaped(summary)}",
        ".SH SYNOPSIS",
        r".B photosort",
        r"[\fIOPTION\fR...] [\fICOMMAND\fR [\fIARGUMENT\fR...]]",
        ".br",
        r".B photosort\-window",
        r"[\fIFOLDER\fR|\fIPHOTO\fR]...",
        ".SH DESCRIPTION",
        _escaped(parser.description or ""),
        r"\fBphotosort\-window\fR opens the window with the folders that it is given added, or with photos like",
        "the one that it is given.",
        ".SH OPTIONS",
        "Before or after any command:",
        *_terms([(spelled(one), one.help or "") for one in everywhere(parser)]),
        ".SH COMMANDS",
    ]
    for command in list(parsers(parser))[1:]:
        lines += [f".SS {_escaped(usage(command))}", _escaped(command.description or "")]
        lines += _terms([(spelled(one), one.help or "") for one in own(command)])
    for title, terms in (("EXIT STATUS", _EXITS), ("ENVIRONMENT", _VARIABLES), ("FILES", _PLACES)):
        lines += [f".SH {title}", *_terms(list(terms))]
    lines += [".SH SEE ALSO", "The guide: F1 in the window."]
    return "\n".join(lines) + "\n"


def _terms(terms: list[tuple[str, str]]) -> list[str]:
    return [
        line
        for term, said in terms
        for line in (".TP", f"\\fB{_escaped(term)}\\fR", _escaped(said))
    ]


def _escaped(text: str) -> str:
    r"""Text in which troff takes nothing for its own; \f, which this page writes itself, stays."""
    text = text.replace("\\", "\\e").replace("\\ef", "\\f").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line[:1] in {".", "'"} else line for line in text.split("\n"))
