"""EfficientNet-Lite2 as plain convolutions: the picture half of the starter encoder.

Written here rather than taken from timm because the product starts with it: importing timm brings
torchvision and costs 2.5 s and 110 MB before the first photo, and with the batch normalisation folded
into the convolutions the forward pass is a third faster. A test holds it to timm's numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Mapping

    from photosort.domain.pictures import Box

# Source: Tan and Le 2019, table 1, with the depth of Lite2: (blocks, stride of the first) a stage.
STAGES = ((1, 1), (3, 2), (3, 2), (4, 2), (4, 1), (5, 2), (1, 1))
# Blocks whose outputs are worth as much for captions as the last features are: they still know scenes and
# actions, which the classifier of 1,000 things forgets (docs/encoders.md).
MIDDLE_BLOCKS = (18, 19)
# TensorFlow's EfficientNets were trained with this instead of PyTorch's 1e-5.
BATCH_NORM_EPS = 1e-3


class Features(NamedTuple):
    """What the network sees in n pictures.

    Attributes:
        pooled: float tensor, shape (n, 1280), means of the last feature map, none below zero.
        middle: float tensor, shape (n, 416), means of `MIDDLE_BLOCKS`.
        logits: float tensor, shape (n, 1000), of ImageNet's classes in their usual order.
    """

    pooled: Tensor
    middle: Tensor
    logits: Tensor


class _Convolution(nn.Module):
    """A convolution with TensorFlow's "same" padding and an optional ReLU6."""

    def __init__(
        self, weight: Tensor, bias: Tensor, *, stride: int, groups: int, relu: bool
    ) -> None:
        super().__init__()
        self.weight = nn.Parameter(weight, requires_grad=False)
        self.bias = nn.Parameter(bias, requires_grad=False)
        self.fused = False
        self._stride = stride
        self._groups = groups
        self._relu = relu

    def forward(self, x: Tensor) -> Tensor:
        kernel, stride = self.weight.shape[-1], self._stride
        height, width = (_same_padding(n, kernel, stride) for n in x.shape[-2:])
        # TensorFlow pads one more at the end where the padding is odd; a convolution cannot.
        if height % 2 or width % 2:
            x = functional.pad(
                x, (width // 2, width - width // 2, height // 2, height - height // 2)
            )
            height = width = 0
        padding = (height // 2, width // 2)
        if self.fused:
            fused: Tensor = torch.ops.mkldnn._convolution_pointwise(
                x,
                self.weight,
                self.bias,
                padding,
                (stride, stride),
                (1, 1),
                self._groups,
                *(("hardtanh", [0.0, 6.0], "") if self._relu else ("none", [], "")),
            )
            return fused
        x = functional.conv2d(x, self.weight, self.bias, stride, padding, groups=self._groups)
        return functional.relu6(x, inplace=True) if self._relu else x


class _Block(nn.Module):
    """An inverted residual block: expand, depthwise, project."""

    def __init__(self, weights: Mapping[str, Tensor], prefix: str, *, stride: int) -> None:
        super().__init__()
        layers: list[_Convolution] = []
        if f"{prefix}._expand_conv.weight" in weights:
            layers.append(_folded(weights, f"{prefix}._expand_conv", f"{prefix}._bn0"))
        layers.append(
            _folded(weights, f"{prefix}._depthwise_conv", f"{prefix}._bn1", stride=stride)
        )
        layers.append(_folded(weights, f"{prefix}._project_conv", f"{prefix}._bn2", relu=False))
        self.layers = nn.Sequential(*layers)
        # A depthwise convolution keeps its channels, so the first layer's count is the block's.
        entering = layers[0].weight.shape[1] if len(layers) == 3 else layers[0].weight.shape[0]
        self._residual = stride == 1 and entering == layers[-1].weight.shape[0]

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.layers(x)
        return y + x if self._residual else y


class EfficientNetLite(nn.Module):
    """The network from normalised pixels to features."""

    def __init__(self, weights: Mapping[str, Tensor]) -> None:
        """Builds the network from its weights, batch normalisation folded in.

        Args:
            weights: state dict with the names of the package `efficientnet_lite_pytorch`.

        Raises:
            KeyError: a weight is missing.
        """
        super().__init__()
        self.stem = _folded(weights, "_conv_stem", "_bn0", stride=2)
        strides = [stride if i == 0 else 1 for count, stride in STAGES for i in range(count)]
        self.blocks = nn.Sequential(
            *(_Block(weights, f"_blocks.{i}", stride=s) for i, s in enumerate(strides))
        )
        self.head = _folded(weights, "_conv_head", "_bn1")
        self.classifier = nn.Linear(weights["_fc.weight"].shape[1], weights["_fc.weight"].shape[0])
        self.classifier.load_state_dict(
            {"weight": weights["_fc.weight"], "bias": weights["_fc.bias"]}
        )
        self.requires_grad_(requires_grad=False).eval()

    def fuse(self) -> bool:
        """Lets oneDNN apply each ReLU6 inside its convolution, before the result goes to memory.

        In bfloat16 that is a third less time. The operator is the one that torch's compiler emits, so it is
        tried once and left alone where it is absent or answers otherwise. Call it on the CPU.

        Returns:
            Whether it is used.
        """
        parts = [part for part in self.modules() if isinstance(part, _Convolution)]
        pixels = torch.zeros(1, 3, 32, 32, dtype=self.classifier.weight.dtype)
        pixels[..., ::3] = 1
        with torch.inference_mode():
            plain = self(pixels).pooled
            for part in parts:
                part.fused = True
            try:
                if torch.allclose(self(pixels).pooled, plain, rtol=0.05, atol=0.05):
                    return True
            except (AttributeError, RuntimeError):  # an operator of another torch
                pass
        for part in parts:
            part.fused = False
        return False

    def forward(self, pixels: Tensor) -> Features:
        """Features of pictures.

        Args:
            pixels: shape (n, 3, edge, edge), normalised by `normalise`, of the weights' dtype.
        """
        last, middle = self._maps(pixels)
        return self._pooled(last, torch.cat(middle, dim=1))

    def with_quarters(self, pixels: Tensor) -> tuple[Features, Features]:
        """Features of pictures and of their quarters, in one look.

        Returns:
            Features of n pictures, and of 4 n quarters: upper left, upper right, lower left and lower right of
            each picture. They share the middle row and column of maps whose edge is odd.
        """
        last, middle = self._maps(pixels)
        between = torch.cat(middle, dim=1)
        half, other = last.shape[-1] // 2, -(-last.shape[-1] // 2)
        sides = (slice(0, other), slice(half, None))
        quarters = [
            self._pooled(last[..., rows, columns], between[..., rows, columns])
            for rows in sides
            for columns in sides
        ]
        stacked = (torch.stack(parts, dim=1).flatten(0, 1) for parts in zip(*quarters, strict=True))
        return self._pooled(last, between), Features(*stacked)

    def within(self, pixels: Tensor, box: Box) -> Features:
        """Features of the cells of the maps that lie in a box, which know what is around it."""
        last, middle = self._maps(pixels)
        rows = _cells(box.top, box.bottom, last.shape[-2])
        columns = _cells(box.left, box.right, last.shape[-1])
        return self._pooled(last[..., rows, columns], torch.cat(middle, dim=1)[..., rows, columns])

    def _pooled(self, last: Tensor, middle: Tensor) -> Features:
        pooled = last.mean((2, 3))
        return Features(pooled, middle.mean((2, 3)), self.classifier(pooled))

    def parts(self, pixels: Tensor, window: int) -> tuple[Features, tuple[int, int, int]]:
        """Features of the parts of pictures: each is the mean over a window that slides over the last map.

        Args:
            pixels: float tensor, shape (n, 3, edge, edge), normalised by `normalise`; the edge may be larger
                than what the network was trained on.
            window: edge of the window, in cells of the map (32 pixels each); odd.

        Returns:
            Features of n x rows x columns parts, and that shape.
        """
        last, middle = self._maps(pixels)
        maps = [
            functional.avg_pool2d(one, window, 1, window // 2, count_include_pad=False)
            for one in (last, torch.cat(middle, dim=1))
        ]
        count, _, rows, columns = maps[0].shape
        pooled, means = (one.permute(0, 2, 3, 1).flatten(0, 2) for one in maps)
        return Features(pooled, means, self.classifier(pooled)), (count, rows, columns)

    def _maps(self, pixels: Tensor) -> tuple[Tensor, list[Tensor]]:
        """The last feature map, and those of `MIDDLE_BLOCKS`."""
        x = self.stem(pixels)
        middle = []
        for number, block in enumerate(self.blocks):
            x = block(x)
            if number in MIDDLE_BLOCKS:
                middle.append(x)
        return self.head(x), middle


def normalise(images: Tensor, dtype: torch.dtype = torch.float32) -> Tensor:
    """Pixels as the network was trained on them.

    Args:
        images: uint8 tensor, shape (n, edge, edge, 3), RGB.
        dtype: of the result; bfloat16 holds every value exactly.

    Returns:
        Shape (n, 3, edge, edge), about -1 to 1, channels last in memory.
    """
    # A permuted view of (n, h, w, 3) is already in the memory order that convolutions like best.
    return images.permute(0, 3, 1, 2).to(dtype).sub_(127.0).div_(128.0)


def _cells(first: float, last: float, count: int) -> slice:
    """The cells of an edge that a stretch of it, from 0 to 1, mostly covers; at least one."""
    start = min(round(first * count), count - 1)
    return slice(start, max(start + 1, round(last * count)))


def _same_padding(length: int, kernel: int, stride: int) -> int:
    return max((-(-length // stride) - 1) * stride + kernel - length, 0)


def _folded(
    weights: Mapping[str, Tensor], conv: str, norm: str, *, stride: int = 1, relu: bool = True
) -> _Convolution:
    scale = weights[f"{norm}.weight"] / torch.sqrt(weights[f"{norm}.running_var"] + BATCH_NORM_EPS)
    kernel = weights[f"{conv}.weight"]
    return _Convolution(
        (kernel * scale[:, None, None, None]).contiguous(memory_format=torch.channels_last),
        weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale,
        stride=stride,
        groups=kernel.shape[0] if kernel.shape[1] == 1 else 1,
        relu=relu,
    )
