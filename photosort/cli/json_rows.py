"""What the commands print with `--json`: every key, its type, and where it is null.

The one description of it: the reference is made from it, and the tests compare what every command prints with it. Keys
are added, never renamed.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

_B64 = "the bytes of a name that is not UTF-8, in base 64"
_B64S = "a list of the same length: the bytes of names that are not UTF-8, null for others"
State = Literal["suggested", "confirmed", "rejected", "imported"]
Precision = Literal["year", "month", "day", "second"]
Share = Annotated[float, "from 0 to 1"]


class Reason(TypedDict):
    """Why something was found, tagged or grouped."""

    text: str
    weight: Annotated[float, "signed"]


class Located(TypedDict):
    """Everything that lies somewhere."""

    path: Annotated[str, "absolute; the photo's first present file, else its last known"]
    path_b64: NotRequired[Annotated[str, _B64]]


class IndexRow(TypedDict):
    """One line, after Ctrl+C too."""

    photos: Annotated[int, "in the library"]
    files: Annotated[int, "in the library"]
    new: Annotated[int, "files of this run, as all that follow"]
    changed: int
    moved: int
    missing: int
    offline: int
    unreadable: Annotated[int, "could not be used"]
    new_problems: Annotated[int, "of these, those that are news: new, changed, or usable before"]
    embedded: Annotated[int, "photos that were given to the picture model"]
    skipped: Annotated[int, "files that are no photos"]
    seconds: float
    photos_per_second: Annotated[float, "0 where none was read"]
    model: Annotated[str, 'the picture model; "" where the run did not come to it']
    cancelled: bool
    notice: Annotated[str, 'one sentence about how the run went, or ""']


class SearchRow(Located):
    """A line for each photo."""

    score: Annotated[float | None, "probability from 0 to 1; null where the query only filters"]
    match: Annotated[Literal["strong", "weak"], "good; possible, and the rest"]
    verdict: Annotated[
        Literal["good", "unsure", "absent"],
        "of the whole search: no match is good (unsure), or nothing in the library looks like it (absent)",
    ]
    found_by: Annotated[
        Literal["place", "tag", "name", "sight"] | None,
        "what found a good match: where it was taken, a tag, its words, or the picture itself; null for weak"
        " matches and where the query does not want one description",
    ]
    photo_id: Annotated[int, "survives moves, is never used again"]
    why: list[Reason]


class QueryRow(SearchRow):
    """A line for each photo of each query."""

    query: Annotated[str, "the line of the file; the first key"]


class SimilarRow(Located):
    """A line for each photo, the most alike first."""

    score: Annotated[float, "cosine"]
    photo_id: int


class CopyFile(Located):
    """One file of a group."""

    photo_id: int


class DuplicatesRow(TypedDict):
    """A line for each group."""

    lane: Annotated[
        Literal["exact", "near", "burst"],
        "the same bytes; the same picture in another size, cut, tone or format; one moment shot several times",
    ]
    best: Annotated[str, "path of the one to keep"]
    best_b64: NotRequired[Annotated[str, _B64]]
    why: list[Reason]
    photos: Annotated[list[str], "paths, the best one first"]
    photos_b64: NotRequired[Annotated[list[str | None], _B64S]]
    photo_ids: Annotated[list[int], "of each path; files of the same bytes are one photo"]
    files: list[CopyFile]


class TakenField(TypedDict):
    """What a photo takes over from others."""

    tags: list[str]
    albums: list[str]
    rating: Annotated[int | None, "1 to 5"]
    title: str | None
    caption: str | None
    taken_at: Annotated[str | None, "as in `info`"]
    latitude: float | None
    longitude: float | None


class DiscardRow(DuplicatesRow):
    """A line for each group, also those that were left alone."""

    action: Annotated[Literal["discard"] | None, "null where the group was left alone"]
    discarded: Annotated[list[int], "`photo_id` of those that were, or with `--dry-run` would be"]
    taken: Annotated[
        TakenField | None,
        "what the best one did not have, and takes over; null where the group was left alone",
    ]


class ApartRow(TypedDict):
    """One line."""

    apart: Annotated[list[int], "`photo_id` of each"]
    history_id: Annotated[int | None, "what `undo` takes; null where it was known already"]


class SuggestedTag(TypedDict):
    """One tag of a file."""

    name: str
    confidence: Annotated[
        float | None, "probability from 0 to 1; null where the model says nothing of it"
    ]
    state: State
    why: Annotated[list[Reason], "descriptors, where they were measured to be real reasons"]
    like: Annotated[list[int], "`photo_id` of the nearest photos that were confirmed"]
    estimated: Annotated[bool, "this model's confidence has not been measured"]


class TagRow(Located):
    """A line for each file of the folders that were named, or for each photo."""

    tags: list[SuggestedTag]


class CorrectionRow(Located):
    """A line for each photo."""

    tag: Annotated[str, "the tag's own name, whatever it was called by"]
    state: Literal["confirmed", "rejected"]


class TagCountRow(TypedDict):
    """A line for each tag of the vocabulary."""

    name: str
    parent: Annotated[str | None, "null at the top"]
    suggested: Annotated[int, "photos"]
    confirmed: int
    rejected: int


class PackRow(TypedDict):
    """A line for each pack."""

    pack: str
    on: bool
    tags: int


class KeywordsRow(TypedDict):
    """One line."""

    keywords: int
    photos: Annotated[int, "that have them"]
    others: Annotated[int, "photos without"]
    suggested: Annotated[int | None, "keywords that are suggested; null before `--suggest`"]


class TagFileRow(TypedDict):
    """One line."""

    file: str
    tags: int


class TagDefinitionRow(TypedDict):
    """One line: the tag as it is now."""

    name: str
    parent: str | None
    aliases: list[str]
    sentences: list[str]
    descriptors: list[str]


class TagSwitchRow(TypedDict):
    """A line for each tag."""

    name: str
    enabled: bool


class TagNameRow(TypedDict):
    """One line."""

    name: str


class AlbumRow(TypedDict):
    """A line for each album of every level, saved searches last."""

    id: Annotated[int, "below zero for saved searches"]
    name: str
    kind: Literal["event", "theme", "manual", "smart"]
    parent: Annotated[int | None, "null at the top"]
    size: int
    cover: Annotated[str | None, "path of the cover; null in an empty album"]
    cover_b64: NotRequired[Annotated[str, _B64]]
    why: list[Reason]
    names: Annotated[list[str], "names that would do as well"]
    photos: Annotated[list[str], "paths, only in albums that hold no others"]
    photos_b64: NotRequired[Annotated[list[str | None], _B64S]]


class AlbumChangeRow(TypedDict):
    """One line: the album that was made or changed."""

    id: int
    name: str
    kind: Literal["event", "theme", "manual", "smart"]
    size: int


class ApartWordRow(TypedDict):
    """A line for each word that sets them apart."""

    text: str
    of_these: Share
    of_rest: Share


class SuggestionRow(TypedDict):
    """A line for each suggestion."""

    id: int
    album: str
    new: Annotated[bool, "the album would be made"]
    joins: Annotated[list[str], "paths of the photos that would join it"]
    joins_b64: NotRequired[Annotated[list[str | None], _B64S]]


class AnswerRow(TypedDict):
    """A line for each suggestion that was answered."""

    id: int
    applied: bool


class DateAndPlaceRow(Located):
    """A line for each photo, with `--dry-run` as it would be."""

    taken_at: Annotated[
        str | None,
        "wall-clock time, ISO 8601, as exactly as it is known (1985, 1985-07); null where nothing is",
    ]
    precision: Precision | None
    offset_min: Annotated[int | None, "minutes east of UTC"]
    latitude: float | None
    longitude: float | None
    place: str | None


class TagOnPhotoField(TypedDict):
    """A tag that somebody decided on."""

    name: str
    confidence: float | None
    state: State


class FileField(Located):
    """A file of the photo."""

    role: Literal["original", "raw", "motion", "edited"]
    state: Literal["present", "missing", "offline", "unreadable"]
    reason: Annotated[str, 'why it cannot be used, or ""']


class InfoRow(DateAndPlaceRow):
    """A line for each photo."""

    photo_id: int
    taken_source: Annotated[str | None, "what told the date"]
    file_date: Annotated[str | None, "the time of its oldest file, often that of a copy"]
    camera: str | None
    lens: str | None
    width: int | None
    height: int | None
    kind: str
    rating: Annotated[int | None, "stars; -1 is rejected"]
    flag: Literal["pick", "discard"] | None
    title: str | None
    caption: str | None
    people: Annotated[list[str], "names in the file's own regions"]
    tags: list[TagOnPhotoField]
    albums: list[str]
    files: list[FileField]


class CopyMetadataRow(Located):
    """A line for each photo that is given it."""

    given: TakenField


class RotateRow(Located):
    """A line for each photo."""

    orientation: Annotated[
        int | None,
        "EXIF orientation, 1 to 8, that its shown file was given; null without a rotation",
    ]
    width: Annotated[int | None, "as shown"]
    height: Annotated[int | None, "as shown"]


class RateRow(Located):
    """A line for each photo."""

    rating: Annotated[int | None, "stars as shown now; null where nobody gave any"]


class FlagRow(Located):
    """A line for each photo."""

    flag: Literal["pick", "discard"] | None


class DescribeRow(Located):
    """A line for each photo."""

    title: str | None
    caption: str | None


class KindRow(Located):
    """A line for each photo."""

    kind: Annotated[str, "photo, video, screenshot, received or document"]


class StackRow(Located):
    """A line for each photo."""

    photo_id: Annotated[int, "survives moves, is never used again"]
    stack: Annotated[list[int], "photos of its stack, the one on top first; empty without a stack"]
    on_top: Annotated[bool, "it is the one that is seen of its stack"]


class TrashRow(Located):
    """A line for each file, also those beside photos."""

    gone: Annotated[bool, "false where it would go with `--yes`, or stays"]
    reason: Annotated[str | None, "why the photo stays; null where it goes"]


class ProblemRow(Located):
    """A line for each file that could not be used."""

    reason: str


# "from" is a word of Python's own.
ExportRow = TypedDict(
    "ExportRow",
    {
        "from": str,
        "from_b64": NotRequired[Annotated[str, _B64]],
        "to": str,
        "to_b64": NotRequired[Annotated[str, _B64]],
    },
)
ExportRow.__doc__ = "A line for each copy."

ImportRow = TypedDict(
    "ImportRow",
    {
        "from": str,
        "from_b64": NotRequired[Annotated[str, _B64]],
        "to": Annotated[str, "the copy; of a file that was skipped, where its bytes are already"],
        "to_b64": NotRequired[Annotated[str, _B64]],
        "skipped": Annotated[
            Literal["library", "target", "source"] | None,
            "the bytes are in the library, in DIR though not in the library, or twice in FROM; null: copied, or with"
            " `--dry-run` would be",
        ],
    },
)
ImportRow.__doc__ = "A line for each file, keyword files included."


class ModelRow(TypedDict):
    """A line for each encoder that is here or could be."""

    name: str
    licence: Annotated[str | None, "null where nobody says"]
    dim: int | None
    size_mb: float | None
    languages: list[str]
    installed: bool
    in_use: bool
    photos_per_second: Annotated[float | None, "null before it was measured"]
    rung: Annotated[str, "what it is for"]
    quality: Annotated[int | None, "1 to 5; null where nobody measured"]
    commercial_use: bool | None


class UndoRow(TypedDict):
    """A line for each entry of the history."""

    id: int
    at: Annotated[str, "ISO 8601, UTC"]
    action: str
    undone: bool


class BackupRow(TypedDict):
    """A line for each copy."""

    id: str
    at: Annotated[str, "ISO 8601, UTC"]
    size: Annotated[int, "bytes"]
    photos: Annotated[int | None, "null where the copy is damaged"]


class RootRow(Located):
    """A line for each folder."""

    photos: int


class ForgetRow(TypedDict):
    """One line."""

    photos: int
    still_there: Annotated[int, "those of which a file lies in a folder of the library"]
    forgotten: Annotated[bool, "false without --yes"]
    backups: Annotated[int, "copies of the library that forgot them, too"]
    out_of_reach: Annotated[list[str], "copies that could not"]


class CheckRow(TypedDict):
    """A line for each part that was checked."""

    part: str
    ok: bool
    detail: str


# By command, its action, and the option that makes it answer otherwise. An action that is not here answers as its command.
ROWS: dict[str, type | None] = {
    "app": None,
    "index": IndexRow,
    "import": ImportRow,
    "search": SearchRow,
    "search --queries-from": QueryRow,
    "similar": SimilarRow,
    "duplicates": DuplicatesRow,
    "duplicates --keep": DiscardRow,
    "duplicates --apart": ApartRow,
    "tag": TagRow,
    "tag --confirm": CorrectionRow,
    "tag --reject": CorrectionRow,
    "tags": TagCountRow,
    "tags packs": PackRow,
    "tags keywords": KeywordsRow,
    "tags import": TagFileRow,
    "tags export": TagFileRow,
    "tags add": TagDefinitionRow,
    "tags edit": TagDefinitionRow,
    "tags enable": TagSwitchRow,
    "tags disable": TagSwitchRow,
    "tags remove": TagNameRow,
    "albums": AlbumRow,
    "albums --apart": ApartWordRow,
    "albums make": AlbumChangeRow,
    "albums add": AlbumChangeRow,
    "albums take-out": AlbumChangeRow,
    "albums split": AlbumChangeRow,
    "albums merge": AlbumChangeRow,
    "albums rename": AlbumChangeRow,
    "albums keep": AlbumChangeRow,
    "albums remove": AlbumChangeRow,
    "albums suggestions": SuggestionRow,
    "albums apply": AnswerRow,
    "albums dismiss": AnswerRow,
    "date": DateAndPlaceRow,
    "place": DateAndPlaceRow,
    "copy-metadata": CopyMetadataRow,
    "rotate": RotateRow,
    "rate": RateRow,
    "flag": FlagRow,
    "describe": DescribeRow,
    "kind": KindRow,
    "stack": StackRow,
    "unstack": StackRow,
    "trash": TrashRow,
    "info": InfoRow,
    "problems": ProblemRow,
    "export": ExportRow,
    "models": ModelRow,
    "undo": UndoRow,
    "backup": BackupRow,
    "restore": BackupRow,
    "roots": RootRow,
    "forget": ForgetRow,
    "check": CheckRow,
}
