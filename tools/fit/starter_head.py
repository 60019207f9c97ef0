"""Trains the starter's head: a pair of small networks that brings photos and their captions together.

Both networks below stay as they are, so photos and captions are encoded once, and the head trains in five minutes of
one core. The loss is contrastive in both directions over all five captions of a photo. A little of each caption's weight
goes to photos whose captions mean nearly the same, because they are right, too. Half of the epochs draw photos that
are alike into one batch. Words and pairs of words that many photos' captions have are texts as well, with all photos
that have them as matches, so that a single word is read as well as a sentence. Photos are mirrored at random, and
mixed in pairs in half of the steps. What is kept is the mean over the second half of the steps, which quiets the last
ones' noise.

Sources: Zhai et al. 2022 (LiT) for heads on frozen networks, Faghri et al. 2018 (VSE++) for hard negatives, Zhang
et al. 2018 (mixup).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import dropout, gelu, layer_norm, normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.floating]
    Ints = NDArray[np.int64]

OUT = 256
_FIRST, _INNER = 512, 1024
_SEED = 0
_EPOCHS = 70
_BATCH = 256
_RATE = 1e-3
_DECAY = 0.1
_WARM_UP = 0.05
_TEMPERATURE = 20.0
_CAPTIONS = 2
# Of a caption's weight, what goes to photos whose captions mean the same, and how sharply that falls off.
_SOFT, _SHARPNESS = 0.1, 20.0
# In these steps photos are mixed in pairs, mostly a little: of the beta distribution.
_MIXED_STEPS, _MIXTURE = 0.5, 0.4
_HARD_EPOCHS, _ALIKE = 0.5, 4
_PHRASES, _PHRASE_WEIGHT = 64, 0.25
_LEAST_PHOTOS = 12
_KEPT = 0.02
_FRAMES = ("{}", "a {}", "a photo of {}")
# What captions call people; nobody writes "person" of a boy.
_CHILDREN = "boy boys girl girls child children kid kids toddler toddlers baby babies"
_MEN, _WOMEN = "man men guy guys gentleman", "woman women lady ladies"
_PEOPLE = (
    f"{_CHILDREN} {_MEN} {_WOMEN} people person player players couple crowd rider biker skier snowboarder surfer"
    " climber hiker hikers cyclist skateboarder swimmer runner runners dancer teenager teenagers adult adults"
)
BROADER = {
    "people": _PEOPLE,
    "person": _PEOPLE,
    "child": _CHILDREN,
    "children": _CHILDREN,
    "man": _MEN,
    "woman": _WOMEN,
    "baby": "baby babies infant toddler toddlers",
    "adult": f"{_MEN} {_WOMEN} adult adults",
    "group of people": "group crowd people men women children kids boys girls team players",
    "animal": "dog dogs puppy cat cats horse horses bird birds animal animals cow cows sheep duck ducks",
    "water": "water ocean sea lake river pool pond wave waves surf stream creek",
    "snow": "snow snowy snowboarder snowboard skier skiing snowboarding ski",
    "beach": "beach sand shore",
    "street": "street sidewalk road city crosswalk",
    "grass": "grass grassy lawn field",
    "mountain": "mountain mountains mountainside hill cliff",
    "forest": "forest woods trees wooded",
    "building": "building buildings house tower",
    "vehicle": "car cars truck trucks bus motorcycle motorbike bike bicycle van boat",
}
_SMALL_WORDS = (
    "a an the is are in on of and with to at by from for his her its their while as that it two three one another some"
    " up down out into over through near next front there this be has have he she they who off onto around behind"
    " under above other each all very being"
)


class Shown(NamedTuple):
    """Photos and their captions, as the frozen networks encode them.

    Attributes:
        views: float32 tensor, shape (views, photos, inputs): as they are, and mirrored.
        captions: float32 tensor, shape (captions, 384).
        photo: int array, shape (captions,), the photo of each caption.
    """

    views: Tensor
    captions: Tensor
    photo: Ints


@dataclass(frozen=True, slots=True)
class Phrases:
    """Short texts and what photos show of them.

    Attributes:
        texts: the phrases, each in all frames, frame by frame.
        shown: int8 array, shape (photos, phrases): 1 shown, 0 not, -1 all words there but apart.
    """

    texts: list[str]
    shown: NDArray[np.int8]


class Head(nn.Module):
    """One side: a projection, its norm, and a residual layer."""

    def __init__(self, inputs: Tensor, scale: Tensor, first_drop: float, drop: float) -> None:
        """Takes the training inputs, for their mean.

        Args:
            inputs: shape (n, inputs).
            scale: shape (inputs,), what each input is multiplied by.
            first_drop: share of inputs that are dropped.
            drop: share of inner values that are dropped.
        """
        super().__init__()
        self._mean, self._scale = inputs.mean(0), scale
        self._drops = first_drop, drop
        self.first = nn.Linear(inputs.shape[1], _FIRST)
        self.up, self.down = nn.Linear(_FIRST, _INNER), nn.Linear(_INNER, OUT)
        self.skip = nn.Linear(_FIRST, OUT, bias=False)
        nn.init.zeros_(self.down.weight)

    def forward(self, inputs: Tensor) -> Tensor:
        """Unit vectors, shape (n, OUT)."""
        first_drop, drop = self._drops
        x = dropout((inputs - self._mean) * self._scale, first_drop, self.training)
        x = dropout(layer_norm(self.first(x), (_FIRST,)), drop / 2, self.training)
        inner = dropout(gelu(self.up(x)), drop, self.training)
        return normalize(self.skip(x) + self.down(inner), dim=1)

    def folded(self) -> dict[str, Tensor]:
        """The weights as `photosort.embed.starter_space.head` applies them, mean and scale inside."""
        weight = self._scale[:, None] * self.first.weight.T
        tensors = {
            "first.weight": weight,
            "first.bias": self.first.bias - self._mean @ weight,
            "up.weight": self.up.weight.T,
            "up.bias": self.up.bias,
            "down.weight": self.down.weight.T,
            "down.bias": self.down.bias,
            "skip.weight": self.skip.weight.T,
        }
        return {name: tensor.detach() for name, tensor in tensors.items()}


def phrases(captions: Sequence[str], photo: Ints, count: int) -> Phrases:
    """The words, and the pairs of words that stand together, of at least a dozen photos' captions.

    Args:
        captions: of all photos.
        photo: the photo of each.
        count: photos.
    """
    small = frozenset(_SMALL_WORDS.split())
    words: list[set[str]] = [set() for _ in range(count)]
    holders: dict[str, set[int]] = defaultdict(set)
    for caption, place in zip(captions, photo.tolist(), strict=True):
        found = re.findall(r"[a-z']+", caption.lower())
        words[place].update(found)
        for first, second in zip(found, [*found[1:], ""], strict=True):
            if len(first) > 2 and first not in small:
                holders[first].add(place)
                if len(second) > 2 and second not in small:
                    holders[f"{first} {second}"].add(place)
    has_word = {
        word: np.array([word in own for own in words]) for word in sorted(set().union(*words))
    }
    names, columns = [], []
    for name in sorted(holders):
        if len(holders[name]) >= _LEAST_PHOTOS and name not in BROADER:
            column = -np.logical_and.reduce([has_word[word] for word in name.split()]).astype(
                np.int8
            )
            column[list(holders[name])] = 1
            names.append(name)
            columns.append(column)
    for name, narrower in BROADER.items():
        own = set(narrower.split())
        names.append(name)
        columns.append(np.array([bool(own & found) for found in words], np.int8))
    texts = [frame.format(name) for frame in _FRAMES for name in names]
    return Phrases(texts, np.stack(columns, axis=1))


def train(shown: Shown, short: Phrases, short_vectors: Tensor) -> tuple[Head, Head]:
    """The heads of both sides.

    Args:
        shown: the photos that are trained on.
        short: of the same photos.
        short_vectors: float32 tensor, shape (texts of `short`, 384).

    Returns:
        The heads for photos and for texts.
    """
    torch.manual_seed(_SEED)
    rng = np.random.default_rng(_SEED)
    count = shown.views.shape[1]
    sides = _new_heads(shown)
    meaning = _Meaning(shown, count)
    temperatures = nn.Parameter(torch.full((2,), float(np.log(_TEMPERATURE))))
    weights = [p for side in sides for p in side.parameters()]
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in weights if p.ndim > 1], "weight_decay": _DECAY},
            {"params": [*(p for p in weights if p.ndim == 1), temperatures], "weight_decay": 0.0},
        ],
        lr=_RATE,
    )
    steps = count // _BATCH
    total = steps * _EPOCHS
    kept: list[Tensor] = []
    for step in range(total):
        if step % steps == 0:
            order = meaning.order(rng)
            turns = rng.permutation(steps)
        for group in optimiser.param_groups:
            rise = min(1.0, (step + 1) / (_WARM_UP * total))
            group["lr"] = _RATE * rise * (0.5 + 0.5 * np.cos(np.pi * step / total))
        rows = order[turns[step % steps] * _BATCH :][:_BATCH]
        inputs = shown.views[rng.integers(len(shown.views), size=_BATCH), rows]
        asked = meaning.captions(rows, rng)
        targets = meaning.targets(asked, rows)
        if rng.random() < _MIXED_STEPS:
            share, others = _mixture(rng)
            inputs = share * inputs + (1 - share) * inputs[others]
            targets = share * targets + (1 - share) * targets[:, others]
        photos = sides[0](inputs)
        products = sides[1](shown.captions[asked]) @ photos.T
        loss = _contrast(temperatures[0].exp() * products, targets)
        chosen = _some_phrases(short.shown[rows], rng)
        frames = rng.integers(len(_FRAMES), size=len(chosen)) * short.shown.shape[1]
        products = sides[1](short_vectors[chosen + frames]) @ photos.T
        right = torch.from_numpy(short.shown[rows][:, chosen].T)
        loss = loss + _PHRASE_WEIGHT * _of_phrases(temperatures[1].exp() * products, right)
        optimiser.zero_grad()
        torch.autograd.backward([loss])
        optimiser.step()
        if step == total // 2:
            kept = [p.detach().clone() for p in weights]
        for mean, now in zip(kept, weights, strict=False):
            mean.lerp_(now.detach(), _KEPT)
    with torch.no_grad():
        for now, mean in zip(weights, kept, strict=True):
            now.copy_(mean)
    return sides[0].eval(), sides[1].eval()


class _Meaning:
    """What captions mean, for batches and targets."""

    def __init__(self, shown: Shown, count: int) -> None:
        centred = shown.captions - shown.captions.mean(0)
        sums = torch.zeros(count, centred.shape[1]).index_add_(
            0, torch.from_numpy(shown.photo), centred
        )
        self._photos, self._captions = normalize(sums, dim=1), normalize(centred, dim=1)
        self._alike = (self._photos @ self._photos.T).topk(2 * _ALIKE, dim=1).indices.numpy()
        self._own = np.argsort(shown.photo, kind="stable").reshape(count, -1)

    def order(self, rng: np.random.Generator) -> Ints:
        """All photos once; in every second epoch some that are alike stand together."""
        count = len(self._alike)
        if rng.random() >= _HARD_EPOCHS:
            return rng.permutation(count)
        free = np.ones(count, bool)
        order: list[int] = []
        for first in rng.permutation(count).tolist():
            if free[first]:
                free[first] = False
                near = [one for one in self._alike[first].tolist() if free[one]][: _ALIKE - 1]
                free[near] = False
                order += [first, *near]
        return np.array(order)

    def captions(self, rows: Ints, rng: np.random.Generator) -> Ints:
        """Some captions of each photo, first one of each."""
        drawn = rng.random((len(rows), self._own.shape[1])).argsort(1)[:, :_CAPTIONS]
        return np.asarray(np.take_along_axis(self._own[rows], drawn, axis=1).T.ravel())

    def targets(self, captions: Ints, rows: Ints) -> Tensor:
        """What share of each caption belongs to each photo: shape (captions, photos)."""
        alike = (self._captions[captions] @ self._photos[rows].T * _SHARPNESS).softmax(1)
        return (1 - _SOFT) * torch.eye(len(rows)).repeat(_CAPTIONS, 1) + _SOFT * alike


def _new_heads(shown: Shown) -> tuple[Head, Head]:
    inputs, captions = shown.views[0], shown.captions
    scale = torch.full((inputs.shape[1],), 45.0)
    scale[1280:] = 0.7 / (inputs[:, 1280:].std(0) + 1e-6)
    spread = torch.full((captions.shape[1],), float(1 / captions.std(0).mean()))
    return Head(inputs, scale, 0.4, 0.4), Head(captions, spread, 0.2, 0.4)


def _mixture(rng: np.random.Generator) -> tuple[float, Ints]:
    """How much a photo keeps of itself when mixed with another, and with which."""
    share = float(rng.beta(_MIXTURE, _MIXTURE))
    return max(share, 1 - share), rng.permutation(_BATCH)


def _contrast(products: Tensor, targets: Tensor) -> Tensor:
    of_captions = -(targets * products.log_softmax(1)).sum(1).mean()
    of_photos = -(targets / targets.sum(0) * products.log_softmax(0)).sum(0).mean()
    return (of_captions + of_photos) / 2


def _some_phrases(shown: NDArray[np.int8], rng: np.random.Generator) -> Ints:
    """Phrases that photos of a batch show, seldom ones as well as common ones."""
    odds = 1 / np.sqrt((shown == 1).sum(0) + 1.0)
    chosen = set()
    for photo in rng.choice(len(shown), _PHRASES, replace=False):
        own = np.flatnonzero(shown[photo] == 1)
        if len(own):
            sums = odds[own].cumsum()
            chosen.add(int(own[np.searchsorted(sums, rng.random() * sums[-1])]))
    return np.array(sorted(chosen))


def _of_phrases(products: Tensor, shown: Tensor) -> Tensor:
    """Each photo that shows a phrase against all that do not."""
    far = -1e4
    others = products.masked_fill(shown != 0, far).logsumexp(1, keepdim=True)
    each = (torch.logaddexp(products, others) - products) * (shown == 1)
    return (each.sum(1) / (shown == 1).sum(1)).mean()
