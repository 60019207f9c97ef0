"""Models from files: recognised, checked, never run."""

import json
import os
import pickle
import shutil

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from photosort.embed.hub.catalogue import installed_models
from photosort.embed.hub.checkpoints import check_folder, import_checkpoint
from photosort.embed.load import load_encoder
from photosort.errors import InputProblem, ModelUnavailable

WEIGHTS = "open_clip_model.safetensors"


@pytest.fixture
def models(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


@pytest.fixture
def model(tiny_folder, tmp_path):
    """A copy of the tiny model that may be damaged."""
    folder = tmp_path / "mine"
    shutil.copytree(tiny_folder, folder)
    return folder


@pytest.fixture
def tensors(tiny_folder):
    return load_file(tiny_folder / WEIGHTS)


def nothing_left(models):
    incoming = models / ".incoming"
    return [card.name for card in installed_models(models)] == ["starter"] and not (
        incoming.exists() and list(incoming.iterdir())
    )


def same_vectors(models, name, encoder):
    pixels = np.random.default_rng(0).integers(0, 256, (3, 64, 64, 3), dtype=np.uint8)
    found = load_encoder(name, models_dir=models, device="cpu").encode_images(pixels)["semantic"]
    expected = encoder.encode_images(pixels)["semantic"]
    return float((found * expected).sum(1).min()) > 0.999


def test_a_folder_is_imported_and_sees_the_same(model, models, tiny):
    imported = import_checkpoint(model, models)
    assert imported.folder == models / "mine"
    assert same_vectors(models, "mine", tiny)
    assert [card.name for card in installed_models(models)] == ["starter", "mine"]


def test_a_file_beside_its_description_too(model, models, tiny):
    imported = import_checkpoint(model / WEIGHTS, models)
    assert imported.folder.name == "mine"
    assert import_checkpoint(model / WEIGHTS, models).folder.name == "mine-2"
    assert same_vectors(models, "mine-2", tiny)


def test_a_plain_checkpoint_becomes_safetensors(model, models, tensors, tiny):
    (model / WEIGHTS).unlink()
    torch.save(
        {"epoch": 3, "state_dict": {f"module.{key}": value for key, value in tensors.items()}},
        model / "epoch_3.pt",
    )
    imported = import_checkpoint(model / "epoch_3.pt", models)
    assert sorted(path.suffix for path in imported.folder.iterdir()) == [
        ".json",
        ".json",
        ".safetensors",
    ]
    assert same_vectors(models, "epoch_3", tiny)


def test_a_malicious_pickle_is_refused_and_never_run(model, models, tmp_path):
    ran = tmp_path / "ran"

    class Malicious:
        def __reduce__(self):
            return os.system, (f"touch {ran}",)

    (model / WEIGHTS).unlink()
    for name, write in (
        ("old.pt", lambda path: path.write_bytes(pickle.dumps({"state_dict": Malicious()}))),
        ("new.pt", lambda path: torch.save({"state_dict": Malicious()}, path)),
    ):
        write(model / name)
        with pytest.raises(ModelUnavailable, match="could run code") as refused:
            import_checkpoint(model / name, models)
        assert "not opened" in refused.value.user_message
    assert not ran.exists()
    assert nothing_left(models)
    pickle.loads(pickle.dumps({"state_dict": Malicious()}))
    assert ran.exists()  # it would have


@pytest.mark.parametrize("keep", [0, 7, 4000, -5])
def test_a_truncated_file_is_refused(model, models, keep):
    content = (model / WEIGHTS).read_bytes()
    (model / WEIGHTS).write_bytes(content[:keep])
    with pytest.raises(ModelUnavailable, match="damaged or incomplete"):
        import_checkpoint(model, models)
    assert nothing_left(models)


def test_a_truncated_checkpoint_is_refused(model, models, tensors):
    (model / WEIGHTS).unlink()
    torch.save(tensors, model / "weights.bin")
    content = (model / "weights.bin").read_bytes()
    (model / "weights.bin").write_bytes(content[: len(content) // 2])
    with pytest.raises(ModelUnavailable, match="damaged or incomplete"):
        import_checkpoint(model, models)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_weight_that_is_not_a_number_is_refused(model, models, tensors, value):
    key = next(key for key in tensors if key.endswith("conv1.weight"))
    tensors[key].view(-1)[5] = value
    save_file(tensors, model / WEIGHTS)
    with pytest.raises(ModelUnavailable, match="not numbers"):
        import_checkpoint(model, models)
    assert nothing_left(models)


def test_another_architecture_is_refused(model, models):
    with pytest.raises(InputProblem, match="is not a ViT-B-32"):
        import_checkpoint(model / WEIGHTS, models, architecture="ViT-B-32")
    with pytest.raises(InputProblem, match="no architecture nonsense"):
        import_checkpoint(model / WEIGHTS, models, architecture="nonsense")
    (model / "open_clip_config.json").unlink()
    with pytest.raises(InputProblem, match="no architecture that Photosort knows"):
        import_checkpoint(model / WEIGHTS, models)
    assert nothing_left(models)


def test_a_description_of_another_model_is_refused(model, models):
    config = json.loads((model / "open_clip_config.json").read_text())
    config["model_cfg"]["embed_dim"] = 32
    (model / "open_clip_config.json").write_text(json.dumps(config))
    with pytest.raises(InputProblem, match="does not fit the description"):
        import_checkpoint(model, models)
    with pytest.raises(ModelUnavailable, match="not the model that it should be"):
        check_folder(model)


def test_a_model_without_its_tokenizer_is_refused(model, models):
    config = json.loads((model / "open_clip_config.json").read_text())
    config["model_cfg"]["text_cfg"]["hf_tokenizer_name"] = "somebody/tokenizer"
    (model / "open_clip_config.json").write_text(json.dumps(config))
    with pytest.raises(InputProblem, match="tokenizer"):
        import_checkpoint(model, models)
    assert nothing_left(models)


def test_what_is_no_model_is_refused(models, tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "empty").mkdir()
    for path, sentence in (
        (tmp_path / "holiday.jpg", "is no model"),
        (tmp_path / "empty", "no weights"),
        (tmp_path / "nowhere", "no file"),
    ):
        with pytest.raises(InputProblem, match=sentence):
            import_checkpoint(path, models)
