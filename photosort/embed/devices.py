"""Which processor an encoder runs on, and why not the GPU."""

from __future__ import annotations

import platform
import shutil
import time
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort.embed.steady import is_out_of_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from torch import Tensor, nn

# A gain smaller than this is within what a busy machine measures by chance.
WORTH_IT = 0.8
EXACT_ENOUGH = 0.99
# As PCI numbers makers and kinds of devices.
NVIDIA = "0x10de"
DISPLAY = "0x03"

# Photos of one call that are tried. On a processor several calls run beside each other, and 16 decoded photos
# of each are memory enough; a graphics card may use half of what it has free.
BATCHES: dict[str, Sequence[int]] = {
    "cpu": (2, 4, 8, 16),
    "mps": (8, 16, 32, 64),
    "cuda": (16, 32, 64, 128, 256, 512),
}
MEMORY_SHARE = 0.5
MEASURING_S = 2.0
# A larger batch must be this much faster to be worth its memory.
GAIN = 1.05


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """What runs the encoder.

    Attributes:
        device: "cpu", "cuda" or "mps".
        name: the processor's name, as its maker gives it.
        why_not_gpu: a sentence for the user where the device is "cpu", else "".
    """

    device: str
    name: str
    why_not_gpu: str = ""


def describe_device() -> DeviceReport:
    """The device that encoders use unless told otherwise. Imports torch."""
    import torch

    if torch.cuda.is_available():
        return DeviceReport("cuda", torch.cuda.get_device_name())
    if torch.backends.mps.is_available():
        return DeviceReport("mps", platform.processor() or "Apple GPU")
    if torch.version.cuda is None and torch.version.hip is None and platform.system() != "Darwin":
        why = unused_card() or (
            f"The installed torch {torch.__version__} was built without GPU support; "
            "install a CUDA build to use an NVIDIA GPU."
        )
    elif platform.system() == "Darwin":
        why = "This Mac or its torch has no Metal support."
    else:
        why = "torch was built for GPUs, but finds none with a working driver."
    return DeviceReport("cpu", platform.processor() or platform.machine(), why)


def unused_card(devices: Path = Path("/sys/bus/pci/devices")) -> str:
    """A sentence where a machine without a GPU build of torch has an NVIDIA card, else "". Imports nothing.

    Args:
        devices: where Linux lists what is plugged in.
    """
    has_card = shutil.which("nvidia-smi") is not None or any(
        _first_line(vendor) == NVIDIA and _first_line(vendor.with_name("class")).startswith(DISPLAY)
        for vendor in devices.glob("*/vendor")
    )
    if not has_card:
        return ""
    return (
        "This computer has an NVIDIA card that lies idle, because this build of Photosort computes on the processor; "
        "the build for CUDA uses the card."
    )


def _first_line(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except OSError:
        return ""


def set_threads(threads: int) -> None:
    """Threads that one call of an encoder computes with, for every encoder of this process."""
    import torch

    torch.set_num_threads(threads)


def best_dtype(tower: nn.Module, *, edge_px: int, device: str) -> str:
    """The fastest dtype in which a picture tower still says the same.

    On a CPU this is measured where torch has kernels for bfloat16: 2.5 times as fast where the processor
    multiplies it, slower where not. Elsewhere torch emulates it: one call of the starter takes 3.5 s instead of 0.17,
    so that the measurement itself would keep the first start of most computers waiting.

    Args:
        tower: from normalised pixels, float32, to vectors.
        edge_px: height and width of its input.
        device: "cpu", "cuda" or "mps".

    Returns:
        "float32", "bfloat16" or "float16".
    """
    import torch

    if device != "cpu":
        return "float16"
    if not _has_bfloat16_kernels():
        return "float32"
    pixels = torch.randn(2, 3, edge_px, edge_px, generator=torch.Generator().manual_seed(0))
    cast = deepcopy(tower).to(torch.bfloat16)
    with torch.inference_mode():
        exact, exact_s = _timed(tower, pixels)
        rounded, rounded_s = _timed(cast, pixels.to(torch.bfloat16))
        cosines = torch.nn.functional.cosine_similarity(exact, rounded.float())
    is_faster = rounded_s < WORTH_IT * exact_s
    return "bfloat16" if is_faster and float(cosines.min()) > EXACT_ENOUGH else "float32"


def best_batch(call: Callable[[int], object], *, device: str) -> int:
    """The smallest number of photos in one call that is about as fast as any, within the memory there is.

    Args:
        call: runs the model over that many photos and waits for the result.
        device: "cpu", "cuda" or "mps".

    Raises:
        RuntimeError: not even the smallest batch can be run.
    """
    best, best_rate = 1, 0.0
    started = time.perf_counter()
    for count in BATCHES[device]:
        try:
            call(count)  # the first call of a size also makes its plans
            begun = time.perf_counter()
            call(count)
            rate = count / (time.perf_counter() - begun)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            break
        if rate < best_rate * GAIN or not _is_within_memory(device):
            break
        best, best_rate = count, rate
        if time.perf_counter() - started > MEASURING_S:
            break
    return best


def _is_within_memory(device: str) -> bool:
    if device != "cuda":
        return True
    import torch

    free, _ = torch.cuda.mem_get_info()
    used = torch.cuda.max_memory_allocated()
    return used < MEMORY_SHARE * (free + torch.cuda.memory_reserved())


def _has_bfloat16_kernels() -> bool:
    import torch

    try:
        return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    except (AttributeError, RuntimeError):  # another torch
        return True


def _timed(tower: nn.Module, pixels: Tensor) -> tuple[Tensor, float]:
    tower(pixels)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        vectors = tower(pixels)
        times.append(time.perf_counter() - start)
    return vectors, min(times)


def as_tensor(images: NDArray[np.uint8]) -> Tensor:
    """The same pixels as a tensor, copied only where torch would warn: read-only or strided arrays."""
    import torch

    return torch.from_numpy(np.require(images, np.uint8, ["C_CONTIGUOUS", "WRITEABLE"]))
