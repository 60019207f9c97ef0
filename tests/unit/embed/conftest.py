from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch

from photosort.embed.load import load_encoder
from tests.fixtures import tiny_clip

if TYPE_CHECKING:
    from photosort.domain.encoders import Encoder


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tiny_folder() -> Path:
    return tiny_clip.cached()


@pytest.fixture(scope="session")
def tiny(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return load_encoder(
        str(tiny_folder), models_dir=tmp_path_factory.mktemp("models"), device="cpu"
    )


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return load_encoder(models_dir=tmp_path_factory.mktemp("models"))
