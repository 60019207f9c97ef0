"""A first guess at what kind of picture a file is, from facts about the file alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from photosort.domain.photos import Kind
from photosort.media.formats import extension_of

if TYPE_CHECKING:
    from photosort.domain.photos import Metadata
    from photosort.media.formats import Media

# As phones and systems name them in the languages of most users.
_SCREENSHOT = re.compile(
    r"screen[\s_-]?(shots?|captures?|cap)(?![a-z])|bildschirmfotos?|capture[\s_-]d['’_]?[ée]cran|"
    r"captura[\s_-]de[\s_-](pantalla|tela|ecr[ãa])|schermafbeelding|istantanea|schermata|sk[äa]rm(avbild|bild)|"
    r"zrzut[\s_-]ekranu|sn[íi]mek[\s_-]obrazovky|скриншот|снимок[\s_-]экрана|截屏|截图|螢幕截圖|スクリーンショット|스크린샷",
    re.IGNORECASE,
)
_RECEIVED_NAME = re.compile(
    r"^(IMG|VID)-\d{8}-WA\d+|^WhatsApp[\s_]|^FB_IMG_\d|^received_\d|^signal-\d{4}-\d\d-\d\d|^Snapchat-\d|"
    r"^photo_\d{4}-\d\d-\d\d_\d\d-\d\d|^mmexport\d|^IMG-\d{4}-\d+\.|^viber[_\s]image|^telegram[-_]cloud",
    re.IGNORECASE,
)
_RECEIVED_FOLDER = re.compile(
    r"^(whats\s?app(\s(images|video|animated\sgifs|documents))?|telegram(\s(images|desktop))?|signal|messenger|"
    r"viber(\simages)?|wechat|weixin|line|snapchat|facebook|received(\sfiles)?)$",
    re.IGNORECASE,
)
_DOCUMENT_NAME = re.compile(
    r"(^|[\W_])(scan(ned|s)?|camscanner|receipts?|invoices?|beleg|rechnung|quittung|document)\d*([\W_]|$)|"
    r"^(adobe|genius|tiny|google\sdrive)\s?scan|^office\s?lens",
    re.IGNORECASE,
)
_DOCUMENT_FOLDER = re.compile(
    r"^(scans?|scanned(\sdocuments)?|scanner|camscanner|adobe\sscan|office\slens|receipts?|invoices?|numérisations?|"
    r"escaneos?|scansioni|skeny|belege)$",
    re.IGNORECASE,
)
_SCANNER_SOFTWARE = re.compile(r"camscanner|adobe\sscan|genius\sscan|office\slens", re.IGNORECASE)

# Shorter and longer edge of screens; a PNG of exactly this size that no camera claims is a picture of one.
_SCREENS = frozenset(
    {
        # phones
        (640, 960), (640, 1136), (720, 1280), (720, 1520), (720, 1560), (720, 1600), (750, 1334), (828, 1792),
        (1080, 1920), (1080, 2160), (1080, 2220), (1080, 2240), (1080, 2280), (1080, 2340), (1080, 2400), (1080, 2408),
        (1125, 2436), (1170, 2532), (1179, 2556), (1206, 2622), (1220, 2712), (1242, 2208), (1242, 2688), (1260, 2800),
        (1284, 2778), (1290, 2796), (1320, 2868), (1344, 2992), (1440, 2560), (1440, 2880), (1440, 2960), (1440, 3040),
        (1440, 3088), (1440, 3120), (1440, 3200),
        # tablets
        (768, 1024), (800, 1280), (1200, 1920), (1200, 2000), (1488, 2266), (1536, 2048), (1600, 2560), (1620, 2160),
        (1640, 2360), (1668, 2224), (1668, 2388), (1752, 2800), (1848, 2960), (2048, 2732),
        # desktops
        (600, 1024), (768, 1280), (768, 1366), (800, 1440), (900, 1440), (900, 1600), (1024, 1280), (1050, 1680),
        (1080, 2560), (1200, 1600), (1440, 3440), (1504, 2256), (1600, 3840), (1664, 2560), (1800, 2880), (1824, 2736),
        (1964, 3024), (2000, 3000), (2160, 3840), (2234, 3456), (2304, 4096), (2520, 4480), (2880, 5120), (3384, 6016),
    }
)  # fmt: skip


def guess_kind(relative: str, media: Media, metadata: Metadata) -> Kind:
    """What kind of picture a file is, guessed from its name, folders, size and camera.

    Names speak before sizes. A photo that a camera claims is no screenshot, but it may well have been received
    or be of a document.

    Args:
        relative: path below the root.
        media: what its extension promises.
        metadata: what it and its sidecars say.
    """
    if media == "video":
        return Kind.VIDEO
    if media == "raw":
        return Kind.PHOTO
    *folders, name = relative.split("/")
    if _RECEIVED_NAME.search(name) or any(_RECEIVED_FOLDER.match(folder) for folder in folders):
        return Kind.RECEIVED
    has_camera = metadata.camera_model is not None or metadata.exposure_s is not None
    if not has_camera and (
        _SCREENSHOT.search(name) or any(_SCREENSHOT.search(folder) for folder in folders)
    ):
        return Kind.SCREENSHOT
    if (
        _DOCUMENT_NAME.search(name)
        or any(_DOCUMENT_FOLDER.match(folder) for folder in folders)
        or _SCANNER_SOFTWARE.search(metadata.software or "")
    ):
        return Kind.DOCUMENT
    if not has_camera and extension_of(name) == ".png" and _is_screen(metadata):
        return Kind.SCREENSHOT
    return Kind.PHOTO


def _is_screen(metadata: Metadata) -> bool:
    if metadata.width is None or metadata.height is None:
        return False
    size = (metadata.width, metadata.height)
    return (min(size), max(size)) in _SCREENS
