"""What keyword files are to say: the library's words, what of them is missing there, and what is ours there afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from photosort.domain.photos import File, FileState, Role
from photosort.domain.tags import TagState
from photosort.media.formats import media_of
from photosort.media.sidecar_facts import ORIENTATION, Facts
from photosort.media.sidecar_writing import (
    SidecarChange,
    SidecarWords,
    last_level,
)
from photosort.store.tables import files, photos, tags
from photosort.store.tables.photos import UserValues
from photosort.store.tables.sidecars import RATING, Wish, Written
from photosort.store.tables.tags import AssignedTag
from photosort.usecases.sidecars.external_changes import (
    facts_of,
    words_of_tags,
)

if TYPE_CHECKING:
    from photosort.store.db.database import Store


@dataclass(frozen=True, slots=True)
class Want:
    """What the library says of one photo, for its keyword files.

    Attributes:
        tags: what was confirmed, and suggestions that were asked for.
        rejected: words of the tags that got a "no".
        rating: the user's own stars.
        facts: the user's own date and place; of one file its orientation, too.
        embedded: keywords inside the photo that nobody rejected.
        disowns: there is a keyword inside the photo that was rejected.
        given_back: tags of other programs that are written again where they are missing.
    """

    tags: tuple[AssignedTag, ...]
    rejected: frozenset[str]
    rating: int | None
    facts: Facts
    embedded: tuple[str, ...]
    disowns: bool
    given_back: tuple[AssignedTag, ...]

    @property
    def is_something(self) -> bool:
        """Whether there is anything to write, besides what is to be taken out."""
        return (
            bool(self.tags)
            or self.rating is not None
            or any(text is not None for text in self.facts.values())
        )

    @property
    def repeats_embedded(self) -> bool:
        """Programs that find keywords in a sidecar look no further than there."""
        return self.is_something or self.disowns


def wants_of(store: Store, wishes: Mapping[int, Wish]) -> dict[int, Want]:
    """What the library says of photos, by their ids."""
    said = tags.tag_paths(store, wishes)
    user = photos.user_values(store, wishes)
    from_files = files.metadata_of_files(store, wishes)
    found = {}
    for photo_id, wish in wishes.items():
        of_photo = said.get(photo_id, [])
        confirmed = [tag for tag in of_photo if tag.state is TagState.CONFIRMED]
        known = frozenset(word for tag in of_photo for word in tag.words)
        suggested = [tag for tag in tags.by_names(store, wish.also) if not tag.words & known]
        rejected = words_of_tags(of_photo, TagState.REJECTED)
        inside = dict.fromkeys(
            keyword for one in from_files.get(photo_id, ()) for keyword in one.from_file.keywords
        )
        embedded = [keyword for keyword in inside if last_level(keyword) not in rejected]
        own = user.get(photo_id, UserValues())
        wanted = tuple(_as_embedded(tag, embedded) for tag in (*confirmed, *suggested))
        inside_words = frozenset(map(last_level, inside))
        beside = [
            tag
            for tag in of_photo
            if tag.state is TagState.IMPORTED and not tag.words & inside_words
        ]
        found[photo_id] = Want(
            wanted,
            rejected,
            own.rating,
            facts_of(own),
            tuple(embedded),
            disowns=len(embedded) < len(inside),
            given_back=tuple(beside) if wish.gives_back else (),
        )
    return found


def with_turn(want: Want, file: File) -> Want:
    """What a file's keyword file is to say where the user rotated the photo: each file lies in its own way."""
    if file.user_orientation is None:
        return want
    turned: Facts = {ORIENTATION: str(file.user_orientation)}
    return replace(want, facts=want.facts | turned)


def settled_by(own: Written, intended: Written, there: SidecarWords) -> Written:
    """What is ours in a keyword file that may have changed as intended, or not, or by somebody else besides."""
    facts = {}
    for key in own.facts.keys() | intended.facts.keys():
        before, after = own.facts.get(key), intended.facts.get(key)
        stands = there.facts.get(key)
        if after is not None and stands == after[0]:
            facts[key] = after
        elif before is not None and (after is not None or stands == before[0]):
            facts[key] = before
    return replace(
        intended,
        keywords=(
            *(
                keyword
                for keyword in own.keywords
                if keyword in intended.keywords or last_level(keyword) in there.words
            ),
            *(
                keyword
                for keyword in intended.keywords
                if keyword not in own.keywords and last_level(keyword) in there.words
            ),
        ),
        rating=intended.rating if there.rating == intended.rating else own.rating,
        facts=facts,
    )


def _as_embedded(tag: AssignedTag, embedded: Iterable[str]) -> AssignedTag:
    """A tag at the place in the tree where the photo itself has it, if it does."""
    own = next((keyword for keyword in embedded if last_level(keyword) in tag.words), tag.path)
    return replace(tag, path=own)


def speakers(held: Sequence[File]) -> list[File]:
    """The files of a photo that get a keyword file: of those of one name the raw file, else the one shown first."""
    by_name: dict[tuple[int, str], list[File]] = {}
    for file in held:
        if file.state in {FileState.PRESENT, FileState.OFFLINE}:
            stem = file.relative.rpartition(".")[0].casefold()
            by_name.setdefault((file.root_id, stem), []).append(file)
    chosen = [
        min(
            same,
            key=lambda file: (media_of(file.relative) != "raw", file.role is Role.MOTION),
        )
        for same in by_name.values()
    ]
    stills = [file for file in chosen if file.role is not Role.MOTION]
    return stills or chosen


def change_for(want: Want, own: Written, words: SidecarWords) -> SidecarChange:
    """What has to be written so that a keyword file says what the library wants."""
    there = words.words
    add: list[str] = []
    stale = dict.fromkeys(own.keywords)
    disputed = set(own.conflicts)
    for tag in want.tags:
        mine = [keyword for keyword in own.keywords if last_level(keyword) in tag.words]
        if tag.path in mine:
            stale.pop(tag.path, None)
        elif (mine or not tag.words & there) and not tag.words & disputed:
            add.append(tag.path)
    if want.repeats_embedded:
        for keyword in want.embedded:
            stale.pop(keyword, None)
            if last_level(keyword) not in there:
                add.append(keyword)
    add += [tag.path for tag in want.given_back if not tag.words & (there | disputed)]
    rating, removes = None, False
    if RATING not in disputed:
        if want.rating is not None:
            rating = want.rating if want.rating != words.rating else None
        else:
            removes = own.rating is not None and words.rating == own.rating
    return SidecarChange(
        add=tuple(dict.fromkeys(add)),
        remove=tuple(stale),
        remove_words=(want.rejected & there) - disputed,
        rating=rating,
        removes_rating=removes,
        facts=_changed_facts(want, own, words),
    )


def _changed_facts(want: Want, own: Written, words: SidecarWords) -> Facts:
    """What is wanted and stands there otherwise; what is wanted no more becomes what it was before."""
    there = words.facts
    changed = {key: text for key, text in want.facts.items() if there.get(key) != text}
    back = {
        key: before
        for key, (ours, before) in own.facts.items()
        if key not in want.facts and there.get(key) == ours
    }
    return changed | back


def ours_after(
    own: Written, change: SidecarChange, want: Want, words: SidecarWords, *, made: bool
) -> Written:
    """What is ours in a keyword file after a change of it; `made`: the file itself is, too."""
    kept = [
        keyword
        for keyword in own.keywords
        if keyword not in change.remove and last_level(keyword) not in change.remove_words
    ]
    rating = own.rating if RATING in own.conflicts or own.rating == want.rating else None
    if change.rating is not None:
        rating = change.rating
    theirs = {tag.path for tag in want.given_back}
    ours = (keyword for keyword in change.add if keyword not in theirs)
    facts = {}
    for key, text in want.facts.items():
        there = words.facts.get(key)
        written, before = own.facts.get(key, (None, there))
        facts[key] = (text, before if there == written else there)
    return replace(
        own,
        keywords=(*kept, *ours),
        rating=rating,
        made=made,
        facts={key: fact for key, fact in facts.items() if fact[0] != fact[1]},
    )
