"""Every row of the catalogue against open_clip's own tables."""

import open_clip
import pytest
import torch
from open_clip.model import CLIP, CustomTextCLIP

from photosort.embed.hub.checkpoints import difference, recognise
from photosort.embed.hub.offers import find_offer, offers
from photosort.errors import InputProblem

# What the licences say; a row with another licence needs a decision first.
COMMERCIAL = {"MIT": True, "Apache-2.0": True, "apple-amlr": False}


def config_of(offer):
    return open_clip.get_model_config(offer.architecture)


def test_languages_are_codes():
    # YAML takes an unquoted code of Norwegian for "false".
    assert [
        code for offer in offers() for code in offer.languages if not isinstance(code, str)
    ] == []


@pytest.mark.parametrize("offer", offers(), ids=lambda offer: offer.name)
def test_a_row_says_what_open_clip_says(offer):
    config = config_of(offer)
    published = open_clip.get_pretrained_cfg(offer.architecture, offer.tag)
    assert published["hf_hub"].rstrip("/") == offer.repo
    assert config["embed_dim"] == offer.dim
    assert config["vision_cfg"]["image_size"] == offer.input_px
    assert COMMERCIAL[offer.licence] == offer.commercial_use
    needs_tokenizer = "hf_tokenizer_name" in config["text_cfg"]
    assert needs_tokenizer == ("tokenizer.json" in {file.name for file in offer.files})
    assert (len(offer.languages) > 1) == needs_tokenizer


@pytest.mark.parametrize("offer", offers()[:3], ids=lambda offer: offer.name)
def test_the_size_is_that_of_the_parameters_and_the_tensors_are_recognised(offer):
    settings = dict(config_of(offer))
    kind = CustomTextCLIP if settings.pop("custom_text", False) else CLIP
    with torch.device("meta"):
        model = kind(**settings)
    size_mb = sum(weight.numel() for weight in model.parameters()) * 4 / 1e6
    assert abs(size_mb - offer.size_mb) < 0.01 * size_mb
    shapes = {key: tuple(tensor.shape) for key, tensor in model.state_dict().items()}
    assert recognise(shapes)[0] == offer.architecture
    del shapes["logit_scale"]
    assert "1 tensors missing" in difference(config_of(offer), shapes)


def test_the_ladder_has_all_rungs_and_only_them():
    assert [offer.rung for offer in offers()] == sorted(
        (offer.rung for offer in offers()),
        key=["fast", "balanced", "multilingual", "best"].index,
    )
    assert {offer.rung for offer in offers()} == {"fast", "balanced", "multilingual", "best"}
    assert all(1 <= offer.quality <= 5 for offer in offers())
    assert len({offer.name for offer in offers()}) == len(offers())


def test_a_model_is_found_by_name_and_by_rung():
    assert find_offer("fast").name == "MobileCLIP2-S0"
    assert find_offer("vit-l-14-datacomp").tag == "datacomp_xl_s13b_b90k"
    with pytest.raises(InputProblem, match="MobileCLIP2-S0"):
        find_offer("nonsense")
