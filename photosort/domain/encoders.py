"""The interface of every picture model: bytes and arrays in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from photosort.domain.pictures import Box, InputSpec

Space = Literal["semantic", "visual"]


@dataclass(frozen=True, slots=True)
class EncoderInfo:
    """What an encoder is.

    Attributes:
        name: its name in the catalogue ("starter", "ViT-B-32-256/datacomp_s34b_b86k").
        version: hex SHA-256 over weights and preprocessing revision; vectors of another version are not
            comparable.
        dims: dimension of each space; the text space is always "semantic". An encoder with one space
            gives the same vectors under both names, and its `stored_spaces` is ("semantic",).
        stored_spaces: the spaces that must be kept; the others are equal to "semantic".
        input: the pixels it wants.
        languages: ISO 639-1 codes of the languages its texts may be in.
        device: "cpu", "cuda" or "mps".
        dtype: "float32", "bfloat16" or "float16".
        knows_looks: tells black and white, night and drawings from the pictures themselves; where not, they are
            measured from the pixels beside it.
        max_tokens: longest text it reads; longer ones are split by the caller, never cut silently.
        batch: photos that one call should bring, as measured on its device.
        note: one sentence for the user where it runs otherwise than it was meant to, or "".
    """

    name: str
    version: str
    dims: Mapping[Space, int]
    stored_spaces: tuple[Space, ...]
    input: InputSpec
    languages: tuple[str, ...] = ("en",)
    licence: str = ""
    device: str = "cpu"
    dtype: str = "float32"
    max_tokens: int = 77
    knows_looks: bool = True
    batch: int = 8
    note: str = ""


@dataclass(frozen=True, slots=True)
class Logistic:
    """Turns how well a text fits a photo into a probability: sigmoid of a weighted sum.

    Attributes:
        standing_out: weight of (cosine - background mean) / background spread.
        cosine: weight of the cosine itself.
        bias: constant part.
        estimated: not fitted on labelled photos for this encoder; the window says so.
    """

    standing_out: float
    cosine: float
    bias: float
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class TextOffsets:
    """What is added to a search's log-odds, known for some texts and carried over to those that mean nearly the same.

    Photos that show people fit "people" less well than photos that show a zebra fit "zebra", and there are more of them; and
    no photo fits a sentence as well as its name. One logistic for all texts would call none of them a match
    (docs/decisions/0030-cutoff.md).

    Attributes:
        vectors: float32 array, shape (texts, dim), unit length, centred, as a search makes them.
        weights: float32 array, shape (texts,), in log-odds, each times how near the query is.
        length: cosine below 1 at which a text speaks for the query by a factor of e less.
        sentence: log-odds of a long text.
        words: words at which a text is half a sentence.
        width: words within which names become sentences.
    """

    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]
    length: float
    sentence: float
    words: float
    width: float


@dataclass(frozen=True, slots=True)
class Cut:
    """Where good matches end, and what tells a library that shows nothing of the kind, fitted on retrieval itself.

    Each is the weights of a logistic, the constant last (`photosort/search/cutoff.py` says of what): of names, and of
    sentences.

    Attributes:
        match: float32 array, shape (2, 5), for a photo.
        presence: float32 array, shape (2, 9), for a library.
        words: words at which a text is half a sentence.
        width: words within which names become sentences.
    """

    match: NDArray[np.float32]
    presence: NDArray[np.float32]
    words: float
    width: float


@dataclass(frozen=True, slots=True)
class Prompting:
    """Shares of the kinds of text in a tag's vector; a tag that lacks a kind does without it.

    What helps one encoder need not help another, so it is names alone where nobody measured
    (docs/notes/tags.md).

    Attributes:
        names: of the name in templates.
        sentences: of the sentences of what photos show.
        descriptors: of the descriptors.
    """

    names: float = 1.0
    sentences: float = 0.0
    descriptors: float = 0.0


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of pictures that an encoder gives vectors of, in the look that it takes at the whole.

    Attributes:
        count: parts of a picture.
        fit: changes whenever the codes of parts would be others.
        scale: a part's codes are its centred unit vector in the semantic space times this, rounded.
        covariance: float32 array, shape (dim, dim): second moment of the centred, renormalised parts of the
            encoder's reference photos.
    """

    count: int
    fit: str
    scale: float
    covariance: NDArray[np.float32]

    @property
    def codes(self) -> int:
        """How many numbers all parts of a picture have together."""
        return self.count * len(self.covariance)


@dataclass(frozen=True, slots=True)
class References:
    """Means over the encoder's own reference photos and texts, for centring at query time.

    Attributes:
        photos: space to float32 array, shape (dim,); zero where the encoder ships no reference.
        texts: float32 array, shape (dim,), in the semantic space.
        version: changes whenever a mean changes.
        covariance: float32 array, shape (dim, dim): second moment of centred, renormalised reference photos
            in the semantic space, from which a text's background is known in a library of any size; or None.
        search: cosine to probability for queries, or None where it was never fitted.
        search_offsets: what is added to that for texts that are known, or None.
        cut: where good matches end, or None where nobody fitted it: then `search` says it, and nothing is absent.
        tags: cosine to probability for tags, or None where it was never fitted.
        tag_offsets: name of a shipped tag to what is added to its log-odds, where it was measured.
        prompting: what a tag's vector is made of.
        reasons: names of the shipped tags whose descriptors were measured to be real reasons; None where nobody
            measured.
        offered: names of the shipped tags whose precision was measured and found good enough to be shown;
            None where nobody measured.
        parts: the parts of pictures that it can keep apart; None for an encoder that is no `KeepsParts`.
    """

    photos: Mapping[Space, NDArray[np.float32]]
    texts: NDArray[np.float32]
    version: str = field(default="0")
    covariance: NDArray[np.float32] | None = None
    search: Logistic | None = None
    search_offsets: TextOffsets | None = None
    cut: Cut | None = None
    tags: Logistic | None = None
    tag_offsets: Mapping[str, float] = field(default_factory=dict)
    prompting: Prompting = Prompting()
    reasons: frozenset[str] | None = None
    offered: frozenset[str] | None = None
    parts: Parts | None = None


class Encoder(Protocol):
    """Photos and texts to vectors.

    May be called from several threads at once; each call computes with `threads` threads, so that an index run
    can keep every core busy with calls of one thread each.
    """

    @property
    def info(self) -> EncoderInfo:
        """What this encoder is."""
        ...

    @property
    def references(self) -> References:
        """The means for centring."""
        ...

    def encode_images(self, images: NDArray[np.uint8]) -> dict[Space, NDArray[np.float32]]:
        """Vectors of pictures, not centred.

        Args:
            images: uint8 array, shape (n, edge_px, edge_px, 3), RGB, as `info.input` asks.

        Returns:
            For each of `info.stored_spaces` a float32 array, shape (n, dim), unit L2 norm, input order.
        """
        ...

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts, not centred, taken literally (prompt ensembles are the caller's).

        Returns:
            float32 array, shape (n, dim of "semantic"), unit L2 norm, input order.
        """
        ...


@runtime_checkable
class SeesParts(Protocol):
    """An encoder that also says what each part of a picture shows, for the heat map of a match."""

    def encode_parts(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Semantic vectors of the parts of pictures, not centred.

        Args:
            images: uint8 array, shape (n, edge, edge, 3), RGB; the edge may be a whole multiple of
                `info.input.edge_px`, which gives finer parts.

        Returns:
            float32 array, shape (n, rows, columns, dim of "semantic"), unit L2 norm.
        """
        ...


@runtime_checkable
class SeesBoxes(Protocol):
    """An encoder that sees a part of a picture with what is around it, for a search by that part."""

    def encode_box(self, images: NDArray[np.uint8], box: Box) -> dict[Space, NDArray[np.float32]]:
        """Vectors of what a box holds of each picture, as `Encoder.encode_images`.

        Args:
            images: uint8 array, shape (n, edge_px, edge_px, 3), RGB, whole pictures squashed to a square.
            box: the part of them; it is not empty.
        """
        ...


@runtime_checkable
class KeepsParts(Protocol):
    """An encoder that gives what the parts of a picture show with its vectors; `References.parts` tells which."""

    def encode_with_parts(
        self, images: NDArray[np.uint8]
    ) -> tuple[dict[Space, NDArray[np.float32]], NDArray[np.int8]]:
        """Vectors of pictures, as `Encoder.encode_images`, and the codes of their parts.

        Returns:
            The vectors, and an int8 array, shape (n, parts x dim of "semantic"), the parts side by side.
        """
        ...
