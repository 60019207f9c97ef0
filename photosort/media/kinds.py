"""A first guess at what sort of picture a file is, from its name, place and facts; never from its pixels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from photosort.domain.photos import Kind
from photosort.media.formats import extension_of

if TYPE_CHECKING:
    from photosort.domain.photos import Metadata
    from photosort.media.formats import Media

# Names that phones and desktops give to screenshots, in the languages that most of them speak.
_SCREENSHOT_NAME = re.compile(
    r"^(screen[ _-]?shots?|screen[ _-]?capture|screen[ _-]?recording|scrnshot|bildschirmfoto|"
    r"capture d[’' ]?[ée]cran|captura de (pantalla|tela|ecr[ãa])|schermafbeelding|schermata|"
    r"istantanea|sk[äa]rmavbild|zrzut ekranu|snimek obrazovky|снимок экрана|скриншот|"
    r"スクリーンショット|截屏|截图|屏幕截图|스크린샷)",
    re.IGNORECASE,
)
_SCREENSHOT_FOLDERS = frozenset(
    {"screenshots", "screenshot", "screen shots", "screencaptures", "bildschirmfotos", "captures"}
)
# "IMG-20220430-WA0001.jpg" and the folders that messengers save into.
_RECEIVED_NAME = re.compile(
    r"^((img|vid|ptt)-\d{8}-wa\d+|whatsapp (image|video)|telegram|photo_\d+_\d{4}|signal-\d{4}|"
    r"fb_img_|received_\d+|viber_image|line_)",
    re.IGNORECASE,
)
_RECEIVED_FOLDERS = frozenset(
    {
        "whatsapp images",
        "whatsapp video",
        "whatsapp",
        "telegram images",
        "telegram",
        "signal",
        "viber",
        "messenger",
        "wechat",
        "weixin",
        "line",
        "received",
    }
)
_DOCUMENT_NAME = re.compile(
    r"^(scan|scanned|scn|adobe scan|camscanner|genius scan|receipt|invoice|rechnung|beleg|document|doc)"
    r"([ _.-]|\d|$)",
    re.IGNORECASE,
)
_DOCUMENT_FOLDERS = frozenset(
    {"scans", "scanned", "scan", "documents", "receipts", "invoices", "camscanner", "adobe scan"}
)
_SCREENSHOT_SOFTWARE = re.compile(
    r"screenshot|gnome-screenshot|spectacle|flameshot|greenshot|snipping|sharex|ksnip|shutter\b",
    re.IGNORECASE,
)
_LOSSLESS = frozenset({".png", ".apng", ".webp", ".bmp"})

# Widths and heights of common displays, either way up; a photo of exactly this size without camera is rare.
_SCREENS_PX = frozenset(
    {
        (640, 1136), (720, 1280), (720, 1520), (720, 1600), (750, 1334), (828, 1792), (1080, 1920),
        (1080, 2160), (1080, 2220), (1080, 2280), (1080, 2310), (1080, 2316), (1080, 2340), (1080, 2376),
        (1080, 2400), (1080, 2408), (1080, 2412), (1080, 2460), (1125, 2436), (1170, 2532), (1179, 2556),
        (1206, 2622), (1220, 2712), (1242, 2208), (1242, 2688), (1284, 2778), (1290, 2796), (1320, 2868),
        (1344, 2992), (1440, 2560), (1440, 2880), (1440, 2960), (1440, 3040), (1440, 3088), (1440, 3120),
        (1440, 3200), (1536, 2048), (1620, 2160), (1640, 2360), (1668, 2224), (1668, 2388), (2048, 2732),
        (768, 1024), (800, 1280), (1200, 1920), (1600, 2560), (768, 1366), (900, 1440), (900, 1600),
        (1050, 1680), (1024, 1280), (1080, 2560), (1440, 3440), (2160, 3840), (1800, 2880), (1864, 2880),
        (1964, 3024), (2234, 3456), (1664, 2560), (1692, 3008), (2304, 4096), (2880, 5120), (1440, 2304),
    }
)  # fmt: skip


def guess_kind(relative: str, media: Media, metadata: Metadata) -> Kind:
    """What sort of picture a file most likely is; the user can correct it.

    Args:
        relative: path below the root.
        media: what the file's name promises.
        metadata: what is known of it; a camera speaks against every kind but photo.
    """
    if media == "video":
        return Kind.VIDEO
    if media == "raw":
        return Kind.PHOTO
    parts = [part.casefold() for part in relative.split("/")]
    name, folders = parts[-1], frozenset(parts[:-1])
    taken_with_lens = metadata.exposure_s is not None or metadata.f_number is not None
    if not taken_with_lens and _is_screenshot(name, folders, metadata):
        return Kind.SCREENSHOT
    if _RECEIVED_NAME.match(name) or folders & _RECEIVED_FOLDERS:
        return Kind.RECEIVED
    if _DOCUMENT_NAME.match(name) or folders & _DOCUMENT_FOLDERS:
        return Kind.DOCUMENT
    return Kind.PHOTO


def _is_screenshot(name: str, folders: frozenset[str], metadata: Metadata) -> bool:
    if _SCREENSHOT_NAME.match(name) or folders & _SCREENSHOT_FOLDERS:
        return True
    if _SCREENSHOT_SOFTWARE.search(metadata.software or ""):
        return True
    if metadata.camera_model or extension_of(name) not in _LOSSLESS:
        return False
    if metadata.width is None or metadata.height is None:
        return False
    short, long = sorted((metadata.width, metadata.height))
    return (short, long) in _SCREENS_PX
