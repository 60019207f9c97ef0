"""Which processor an encoder runs on, and why not the GPU."""

from __future__ import annotations

import platform
from dataclasses import dataclass


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
        why = (
            f"The installed torch {torch.__version__} was built without GPU support; "
            "install a CUDA build to use an NVIDIA GPU."
        )
    elif platform.system() == "Darwin":
        why = "This Mac or its torch has no Metal support."
    else:
        why = "torch was built for GPUs, but finds none with a working driver."
    return DeviceReport("cpu", platform.processor() or platform.machine(), why)


def set_threads(threads: int) -> None:
    """Threads that one call of an encoder computes with, for every encoder of this process."""
    import torch

    torch.set_num_threads(threads)
