"""The closed-form part of the starter's fit: the ridge map, its damping, the classes' texts and the visual space."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
import yaml
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from benchmarks.vectors import Seen, minilm_vectors
from photosort.embed.starter import load_picture_model
from photosort.embed.starter_space import (
    CONSE_TEMPERATURE,
    EVIDENCE_TEMPERATURE,
    StarterSpace,
    map_input,
    visual_input,
)
from photosort.paths import resources

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating]

SCENE_DIM = 256
GROUPS = 512
VISUAL_DIM = 256

# Strengths of the ridge, of the damping and of the whitening, each relative to the mean eigenvalue.
# Chosen on the fitting photos of the splits; the figures are flat around them (docs/encoders.md).
RIDGE = 3.0
DAMPING = 4.0
WHITENING = 1.0
# A broader word for a class ("fish" for a tench) is less its name than its own name is.
BROADER_PENALTY = 0.2
# What a class is mistaken for is not its name either, but it is what such photos are seen as.
SEEN_AS_PENALTY = 0.1
MIDDLE_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class Examples:
    """Photos with captions, as both models see them.

    Attributes:
        seen: features of the photos.
        captions: float32 array, shape (captions, 384), unit length.
        photo: int array, shape (captions,), the photo of each caption.
    """

    seen: Seen
    captions: NDArray[np.float32]
    photo: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ClassTexts:
    """What the resources say of ImageNet's classes, as vectors.

    Attributes:
        names: float32 array, shape (names, 384): each name and each broader word once.
        row, of_class, penalty: shape (pairs,): which name belongs to which class, and how little it is its own.
        own: int array, shape (1000,), the row of each class's own name.
        sentences: float32 array, shape (1000, 384), mean over each class's sentences.
        group: int array, shape (1000,), classes that the classifier can hardly tell apart share a number.
    """

    names: NDArray[np.float32]
    row: NDArray[np.int64]
    of_class: NDArray[np.int64]
    penalty: NDArray[np.float32]
    own: NDArray[np.int64]
    sentences: NDArray[np.float32]
    group: NDArray[np.int64]


@functools.cache
def class_texts() -> ClassTexts:
    """Reads and encodes `resources/starter/classes_*.yaml` and `seen_as.yaml`."""
    folder = resources() / "starter"
    entries = [
        entry
        for path in sorted(folder.glob("classes_*.yaml"))
        for entry in yaml.safe_load(path.read_text("utf-8"))
    ]
    entries.sort(key=lambda entry: int(entry["index"]))
    index_of = {str(entry["name"]): int(entry["index"]) for entry in entries}
    pairs = [
        (str(name), int(entry["index"]), 0.0 if i == 0 else BROADER_PENALTY)
        for entry in entries
        for i, name in enumerate([entry["name"], *entry.get("also", [])])
    ]
    pairs += [
        (str(word), index_of[name], SEEN_AS_PENALTY)
        for thing in yaml.safe_load((folder / "seen_as.yaml").read_text("utf-8"))
        for word in thing["words"]
        for name in thing["classes"]
    ]
    names = list(dict.fromkeys(name for name, _, _ in pairs))
    place = {name: i for i, name in enumerate(names)}
    sentences = [str(text) for entry in entries for text in entry["texts"]]
    owner = np.array([int(entry["index"]) for entry in entries for _ in entry["texts"]])
    vectors = minilm_vectors(sentences)
    return ClassTexts(
        names=minilm_vectors(names),
        row=np.array([place[name] for name, _, _ in pairs]),
        of_class=np.array([index for _, index, _ in pairs]),
        penalty=np.array([penalty for _, _, penalty in pairs], np.float32),
        own=np.array([place[name] for name in index_of]),
        sentences=np.stack([vectors[owner == i].mean(0) for i in range(len(entries))]),
        group=_groups(),
    )


def fit(examples: Examples, classes: ClassTexts) -> dict[str, torch.Tensor]:
    """Fits what has a closed form of what `StarterSpace` applies.

    Args:
        examples: the only photos that are used; at least a few hundred.
        classes: what is known of the classifier's classes.

    Returns:
        Name to tensor, floats rounded to float16 as they are shipped.
    """
    seen = examples.seen.tensors()
    inputs = map_input(seen).numpy().astype(np.float64)
    scale = _map_scale(inputs)
    centre = inputs.mean(0)
    text_centre = examples.captions.mean(0)
    own = np.stack(
        [examples.captions[examples.photo == i].mean(0) for i in range(len(inputs))]
    ).astype(np.float64)
    weight, left_out = _ridge((inputs - centre) * scale, own - own.mean(0))

    residuals = examples.captions - text_centre - left_out[examples.photo]
    damping = _power(residuals.T @ residuals / len(residuals), DAMPING, -0.5)
    texts = _unit((examples.captions - text_centre) @ damping)
    basis = damping @ leading(texts.T @ texts, SCENE_DIM)

    map_weight = scale[:, None] * (weight @ basis)
    described = (classes.names[classes.own] + classes.sentences) @ basis
    soft = torch.softmax(seen.logits / CONSE_TEMPERATURE, 1).numpy()
    grouped = _grouped(torch.softmax(seen.logits / EVIDENCE_TEMPERATURE, 1).numpy(), classes.group)
    visual = visual_input(seen).numpy().astype(np.float64)
    centred = visual - visual.mean(0)
    fitted = {
        "map.weight": map_weight,
        "map.bias": -centre @ map_weight,
        "conse.weight": described,
        "conse.bias": -soft.mean(0) @ described,
        "evidence.centre": grouped.mean(0),
        "text.centre": text_centre,
        "text.weight": basis,
        "names.vectors": _unit(classes.names - text_centre),
        "names.penalty": classes.penalty,
        "sentences.vectors": _unit(classes.sentences - text_centre),
        "visual.mean": visual.mean(0),
        "visual.basis": _whitening(centred),
    }
    tensors = {
        # Through float16 and back, so that what is measured is what is shipped.
        name: torch.from_numpy(np.ascontiguousarray(array, dtype=np.float16))
        for name, array in fitted.items()
    }
    tensors["evidence.group"] = torch.from_numpy(classes.group.astype(np.int16))
    tensors["names.row"] = torch.from_numpy(classes.row.astype(np.int16))
    tensors["names.class"] = torch.from_numpy(classes.of_class.astype(np.int16))
    return tensors


def with_references(fitted: dict[str, torch.Tensor], examples: Examples) -> dict[str, torch.Tensor]:
    """Adds the means and the second moment over the photos that were fitted on, for centring."""
    space = StarterSpace(
        {
            name: tensor.float() if tensor.is_floating_point() else tensor
            for name, tensor in fitted.items()
        }
    )
    seen = examples.seen.tensors()
    semantic = space.semantic(seen).numpy()
    centred = _unit(semantic - semantic.mean(0))
    references = {
        "reference.semantic": semantic.mean(0),
        "reference.visual": space.visual(seen).numpy().mean(0),
        "reference.covariance": centred.T @ centred / len(centred),
    }
    halved = {
        name: torch.from_numpy(array.astype(np.float16)) for name, array in references.items()
    }
    return {**fitted, **halved}


def _map_scale(inputs: Floats) -> Floats:
    """Weights of the map's inputs: the two kinds of features even, the middle ones each of variance one."""
    pooled = inputs[:, :1280]
    spread = np.sqrt(((pooled - pooled.mean(0)) ** 2).sum(1).mean())
    deviation = inputs[:, 1280:].std(0) + 1e-6
    # Each block's features together weigh MIDDLE_WEIGHT, the pooled ones 1.
    per_block = len(deviation) / 2
    return np.concatenate(
        [np.full(1280, 1 / spread), MIDDLE_WEIGHT / (deviation * np.sqrt(per_block))]
    )


def _ridge(inputs: Floats, targets: Floats) -> tuple[Floats, Floats]:
    """Weights of the ridge map, and what it says of each photo when that one is left out."""
    gram = inputs @ inputs.T
    count = len(gram)
    inverse = np.linalg.inv(gram + RIDGE * np.trace(gram) / count * np.eye(count))
    hat = gram @ inverse
    own = np.diag(hat)[:, None]
    return inputs.T @ (inverse @ targets), (hat @ targets - own * targets) / (1 - own)


def _power(covariance: Floats, shrinkage: float, power: float) -> Floats:
    dim = len(covariance)
    values, vectors = np.linalg.eigh(
        covariance + shrinkage * np.trace(covariance) / dim * np.eye(dim)
    )
    values /= values.mean()  # the scale is nobody's business, and float16 likes it near one
    return np.asarray((vectors * values**power) @ vectors.T)


def leading(moment: Floats, count: int) -> Floats:
    """The leading eigenvectors as columns."""
    return _signed(np.linalg.eigh(moment)[1][:, ::-1][:, :count])


def _signed(columns: Floats) -> Floats:
    """Eigenvectors with their largest entry positive: either sign is right, and files should agree."""
    largest = columns[np.abs(columns).argmax(0), np.arange(columns.shape[1])]
    return np.asarray(columns * np.sign(largest))


def _whitening(centred: Floats) -> Floats:
    lengths, directions = np.linalg.svd(centred, full_matrices=False)[1:]
    variances = lengths**2 / len(centred)
    shrunken = variances[:VISUAL_DIM] + WHITENING * variances.sum() / centred.shape[1]
    return np.asarray(_signed(directions[:VISUAL_DIM].T) / np.sqrt(shrunken))


def _groups() -> NDArray[np.int64]:
    """Classes merged by the likeness of their weights in the classifier, average linkage."""
    weights = load_picture_model().classifier.weight.numpy().astype(np.float64)
    unit = _unit(weights - weights.mean(0))
    apart = 1 - unit @ unit.T
    apart = np.maximum((apart + apart.T) / 2, 0)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), "average")
    return np.asarray(fcluster(tree, GROUPS, "maxclust"), np.int64) - 1


def _grouped(per_class: Floats, group: NDArray[np.int64]) -> Floats:
    sums = np.zeros((len(per_class), group.max() + 1))
    np.add.at(sums.T, group, per_class.T)
    return np.asarray(sums / np.sqrt(np.bincount(group)))


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12))
