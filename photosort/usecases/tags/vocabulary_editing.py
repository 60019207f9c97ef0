"""Edits the user's vocabulary: add, change, switch off, import and export tags. Everything can be undone."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from photosort.domain.tags import Tag, TagState
from photosort.errors import EnvironmentProblem, InputProblem
from photosort.safe_files import Folder, write_whole
from photosort.sentences import Sentence, reason_of
from photosort.store.tables import tags, vocabulary
from photosort.tagging.entries import clean_name
from photosort.tagging.entries_yaml import PACKS
from photosort.tagging.vocabulary import MAX_BYTES, Vocabulary, dump_text, dump_yaml, read_user_file
from photosort.usecases.models.vocabulary_vectors import current_vocabulary, update_shipped_tags
from photosort.usecases.session import backups
from photosort.usecases.tags.suggestions import ready_suggestions

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.store.tables.tags import KeptTag
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag as a page of tags shows it.

    Attributes:
        tag: all that belongs to it.
        enabled: the user did not switch it off.
        in_use: enabled, and one of its packs is on.
        origin: "shipped", "user" or "imported".
        confirmed: photos that a user or a file confirmed it on.
        rejected: photos that a user rejected it on.
        offered: the picture model in use is good enough at it to suggest it; None while nobody measured that.
    """

    tag: Tag
    enabled: bool
    in_use: bool
    origin: str
    confirmed: int
    rejected: int
    offered: bool | None


@dataclass(frozen=True, slots=True)
class PackRow:
    """A pack with the number of shipped tags that belong to it."""

    name: str
    on: bool
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All tags and packs.

    Attributes:
        tags: parents before children.
        packs: in display order.
        in_use: how many tags are in use, without groups.
        offered: how many of these are offered, or None while that is not known yet.
        grounds: why these are offered: the picture model was measured, the model before offered them, or only answers
            can show it.
        model: name of the picture model in use, or "" while it is not loaded.
    """

    tags: tuple[TagRow, ...]
    packs: tuple[PackRow, ...]
    in_use: int
    offered: int | None
    grounds: Literal["measured", "before", "answers"]
    model: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The result of importing a list of tags.

    Attributes:
        count: tags in the list.
        notes: corrections made while reading, a sentence each.
    """

    count: int
    notes: tuple[str, ...]
    change: ChangeSet


def load_vocabulary(session: Session) -> Overview:
    """All tags with their counts and state. Does not load the picture model."""
    update_shipped_tags(session)
    kept = session.read(tags.list_all)
    decided = session.read(tags.counts)
    offered = _offered(session)
    rows = tuple(
        TagRow(
            one.tag,
            one.enabled,
            one.in_use,
            one.origin,
            decided.get((one.tag.key, TagState.CONFIRMED), 0)
            + decided.get((one.tag.key, TagState.IMPORTED), 0),
            decided.get((one.tag.key, TagState.REJECTED), 0),
            None if offered is None else one.in_use and one.tag.key in offered,
        )
        for one in kept
    )
    used = [row for row in rows if row.in_use and not row.tag.is_group]
    return Overview(
        rows,
        _packs(session, kept),
        len(used),
        None if offered is None else sum(row.offered is True for row in used),
        _grounds(session),
        session.encoders.current.info.name if session.encoders.is_loaded else "",
    )


def packs(session: Session) -> tuple[PackRow, ...]:
    """The packs with their switches."""
    update_shipped_tags(session)
    return _packs(session, session.read(tags.list_all))


def switch_pack(session: Session, pack: str, *, on: bool) -> ChangeSet:
    """Switches a pack of shipped tags on or off; a tag of several packs stays while one of them is on.

    Raises:
        InputProblem: there is no such pack.
    """
    if pack not in PACKS:
        raise InputProblem(
            Sentence(
                "There is no pack '{pack}'; there are {known}.", pack=pack, known=", ".join(PACKS)
            )
        )
    update_shipped_tags(session)
    return session.write(
        lambda store: vocabulary.switch_pack(store, pack, on=on, actor=session.actor)
    )


def switch_tags(session: Session, names: Sequence[str], *, on: bool) -> ChangeSet:
    """Switches tags on or off. Their suggestions go with them; decisions on photos stay.

    Raises:
        InputProblem: there is no such tag.
    """
    update_shipped_tags(session)
    return session.write(lambda store: vocabulary.switch(store, names, on=on, actor=session.actor))


def tag_named(session: Session, name: str) -> Tag:
    """A tag of the library, in use or not.

    Raises:
        InputProblem: there is no such tag.
    """
    update_shipped_tags(session)
    for one in session.read(tags.list_all):
        if one.tag.key == name.strip().casefold():
            return one.tag
    raise InputProblem(Sentence("There is no tag '{name}'.", name=name))


def add_tag(session: Session, tag: Tag) -> ChangeSet:
    """Adds a tag of the user's own.

    Raises:
        InputProblem: its name cannot be one, one of its words is taken, or its parent does not exist.
    """
    update_shipped_tags(session)
    checked = _checked(tag)
    return session.write(lambda store: vocabulary.add(store, checked, actor=session.actor))


def edit_tag(session: Session, name: str, tag: Tag) -> ChangeSet:
    """Changes a tag; its decisions on photos stay.

    Args:
        session: the open library.
        name: the tag as it is called now.
        tag: its new definition.

    Raises:
        InputProblem: no such tag, a name that cannot be one, a word that is taken, or a parent below itself.
    """
    update_shipped_tags(session)
    checked = _checked(tag)
    return session.write(lambda store: vocabulary.edit(store, name, checked, actor=session.actor))


def remove_tag(session: Session, name: str) -> ChangeSet:
    """Removes a tag of the user's own with all its decisions.

    Raises:
        InputProblem: no such tag, or it came with Photosort.
    """
    update_shipped_tags(session)
    return session.write(lambda store: vocabulary.remove(store, name, actor=session.actor))


def import_tags(session: Session, path: Path) -> ImportResult:
    """Takes in a list of tags: text with one a line, a keyword list of Lightroom, or YAML.

    Raises:
        InputProblem: the file cannot be read, is empty, too large, or has a cycle.
    """
    update_shipped_tags(session)
    read = read_user_file(path)
    backups.make_before(session, len(read))
    action = Sentence("Imported {count:,} tags from {file}", count=len(read), file=path.name)
    change = session.write(
        lambda store: vocabulary.import_tags(store, read.tags, action=action, actor=session.actor)
    )
    return ImportResult(len(read), read.notes, change)


def export_tags(session: Session, path: Path) -> int:
    """Writes the tags in use into a file, YAML or text by its ending, and returns how many.

    Raises:
        EnvironmentProblem: the file cannot be written, or is there already and no text.
    """
    words: Vocabulary = current_vocabulary(session)
    is_yaml = path.suffix.casefold() in {".yaml", ".yml"}
    try:
        _must_be_text(path)
        write_whole(path, (dump_yaml(words) if is_yaml else dump_text(words)).encode())
    except OSError as error:
        raise EnvironmentProblem(
            Sentence(
                "The tags cannot be written to {path}: {reason}.",
                path=path,
                reason=reason_of(error),
            ),
            repr(error),
        ) from error
    return len(words)


def _must_be_text(path: Path) -> None:
    """Refuses to replace a photo, or whatever else is no text, whose name was given by mistake."""
    with Folder(path.parent) as folder:
        there = folder.read(path.name, limit_bytes=MAX_BYTES)
    try:
        (b"" if there is None else there.data).decode()
    except UnicodeDecodeError as error:
        raise OSError(errno.EEXIST, Sentence("there is a file of another kind"), path) from error


def _offered(session: Session) -> frozenset[str] | None:
    """Keys of the tags that are suggested: measured for the picture model, or proved by the user's answers."""
    suggested = ready_suggestions(session)
    if suggested is not None:
        scorer = suggested.scorer
        return frozenset(
            tag.key for tag, shown in zip(scorer.vocabulary, scorer.may_show, strict=True) if shown
        )
    offered = session.encoders.current.references.offered if session.encoders.is_loaded else None
    return None if offered is None else frozenset(name.casefold() for name in offered)


def _grounds(session: Session) -> Literal["measured", "before", "answers"]:
    suggested = ready_suggestions(session)
    if suggested is None:
        return "measured"
    scorer = suggested.scorer
    if scorer.is_matched:
        return "before"
    return "measured" if scorer.is_measured else "answers"


def _packs(session: Session, kept: Sequence[KeptTag]) -> tuple[PackRow, ...]:
    off = session.read(tags.packs_off)
    return tuple(
        PackRow(
            pack,
            pack not in off,
            sum(
                one.origin == "shipped" and not one.tag.is_group and pack in one.tag.packs
                for one in kept
            ),
        )
        for pack in PACKS
    )


def _checked(tag: Tag) -> Tag:
    """A tag with its texts in one spelling.

    Raises:
        InputProblem: its name is empty, too long, or has a vertical bar.
    """

    def cleaned(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))

    name = clean_name(tag.name, "The tag")
    aliases = [clean_name(alias, "An alias") for alias in cleaned(tag.aliases)]
    return replace(
        tag,
        name=name,
        prompt=" ".join(tag.prompt.split()),
        aliases=tuple(
            alias for alias in dict.fromkeys(aliases) if alias.casefold() != name.casefold()
        ),
        sentences=cleaned(tag.sentences),
        descriptors=cleaned(tag.descriptors),
    )
