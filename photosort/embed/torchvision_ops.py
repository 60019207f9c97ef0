"""Makes `import torchvision` work where its compiled operators are missing.

open_clip and timm need only torchvision's Python transforms, but a torchvision wheel whose operators were
built for another torch (the CUDA build beside a CPU torch is the common case) fails at import with
"operator torchvision::nms does not exist": it registers shape functions for operators that nobody
declared. Declaring them is enough; calling them still fails, as it should.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

# Source: torchvision/csrc/ops/nms.cpp and quantized/cpu/qnms_kernel.cpp.
SCHEMA = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
OPERATORS = ("nms", "qnms")


def make_importable() -> None:
    """Declares the missing operators; does nothing where they are there, or after torchvision's import."""
    if "torchvision" in sys.modules or _load_compiled():
        return
    for name in OPERATORS:
        if not hasattr(torch.ops.torchvision, name):
            torch.library.define(f"torchvision::{name}", SCHEMA)


def _load_compiled() -> bool:
    """True if torchvision's own operators can be loaded, which is what its import does first."""
    found = importlib.util.find_spec("torchvision")
    if found is None or not found.submodule_search_locations:
        return False
    load: Callable[[str], None] = torch.ops.load_library
    for compiled in sorted(Path(found.submodule_search_locations[0]).glob("_C.*")):
        try:
            load(str(compiled))
        except (ImportError, OSError):
            continue
        return hasattr(torch.ops.torchvision, "nms")
    return False
