"""Tags: things to be seen in a picture, their states and reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from photosort.domain.texts import folded


class TagState(StrEnum):
    """Who says that a tag belongs to a photo. Machines only ever say `SUGGESTED`."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a vocabulary.

    Attributes:
        name: what the user reads; unique in the vocabulary, compared case-folded.
        parent: name of the parent tag, or None at the top.
        prompt: the most frequent synonym, used in texts for the encoder; "" = the name.
        aliases: other words for it, for search and for mapping the user's own keywords.
        sentences: what photos of it show, a whole sentence each.
        descriptors: visible features, each to be read after "which has" or "which is".
        often: how often personal photos show it: 3 many, 2 some, 1 few, 0 hardly any.
        packs: the packs that switch it on.
        is_group: only holds children; never suggested itself.
        hand_only: applied by hand only (a person's name).
    """

    name: str
    parent: str | None = None
    prompt: str = ""
    aliases: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    descriptors: tuple[str, ...] = ()
    often: int = 1
    packs: tuple[str, ...] = ("everyday",)
    is_group: bool = False
    hand_only: bool = False

    @property
    def key(self) -> str:
        """What two spellings of one tag share."""
        return folded(self.name)


@dataclass(frozen=True, slots=True)
class Reason:
    """One signed piece of evidence, for `why`."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class TagOnPhoto:
    """A tag as it stands on one photo.

    Attributes:
        confidence: a probability.
        why: descriptors for and against, the strongest first.
        like: ids of the most similar photos on which the user confirmed the tag, nearest first.
        estimated: nobody measured what the confidence is worth, and the user's answers do not say yet.
    """

    name: str
    confidence: float | None
    state: TagState
    why: tuple[Reason, ...] = ()
    like: tuple[int, ...] = ()
    estimated: bool = False
