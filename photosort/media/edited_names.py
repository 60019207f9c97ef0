"""Names of edited copies: which names their originals may have, by what phones and export tools append."""

from __future__ import annotations

import re

# What Google Photos appends after "-", in the language of the account: met in public trackers of Takeout tools up to 2025,
# or how Google Photos calls an edited photo in that language.
_GOOGLE_WORDS = (
    "edited", "bearbeitet", "bewerkt", "modifié", "modificato", "editado", "editada",
    "ha editado", "editat", "editată", "edytowane", "redigerad", "redigeret", "redigert",
    "muokattu", "upraveno", "upravené", "szerkesztve", "szerkesztett", "düzenlendi",
    "düzenlenmiş", "измененный", "изменено", "отредактировано", "змінено", "відредаговано",
    "редактирано", "επεξεργασμένο", "uređeno", "urejeno", "redaguota", "rediģēts", "muudetud",
    "diedit", "telah diedit", "đã chỉnh sửa", "編集済み", "편집됨", "수정됨", "已编辑", "已修改", "已編輯",
    "modificata", "modifiée", "편집", "编辑", "編輯", "修改", "ערוך", "effects", "smile",
    "แก้ไขแล้ว", "תמונה ערוכה", "נערך", "معدلة", "تم التعديل", "संपादित",
)  # fmt: skip
# Google cuts a name, without its extension, to this many characters, its own word included.
_GOOGLE_LIMIT = 47
# osxphotos appends "_edited".
_KNOWN = re.compile(rf"^(.+)(?:-(?:{'|'.join(_GOOGLE_WORDS)})|_edited)$", re.IGNORECASE | re.DOTALL)
_ANY_WORD = re.compile(r"^(.+)-([^\W\d_][^\d_]{0,30})$", re.DOTALL)
_NUMBER = re.compile(r"^(.+?)( ?\(\d+\))$", re.DOTALL)
# What Google Photos saves beside IMG_1.jpg on a phone is IMG_1~2.jpg.
_SAVED_COPY = re.compile(r"^(.*\d.*)~[2-9]$", re.DOTALL)
# Apple's edited copy of IMG_1234 is IMG_E1234, with the same text before and after the number in both.
_APPLE = re.compile(r"^((?:.*[^a-z])?img_)e(\d{4,})(\D.*)?$", re.IGNORECASE | re.DOTALL)


def split_number(stem: str) -> tuple[str, str]:
    """A name and the number in brackets that made it unique ("IMG (1)": "IMG", " (1)")."""
    match = _NUMBER.match(stem)
    return (match[1], match[2]) if match else (stem, "")


def originals_of(stem: str) -> tuple[str, ...]:
    """Names that the original of an edited copy may have, the likeliest first.

    Args:
        stem: a name in composed form, without extension.

    Returns:
        Names without extension; none where this is not the name of an edited copy.
    """
    apple = _APPLE.match(stem)
    if apple:
        return (f"{apple[1]}{apple[2]}{apple[3] or ''}",)
    saved = _SAVED_COPY.match(stem)
    if saved:
        return (saved[1],)
    core, number = split_number(stem)
    match = _KNOWN.match(core)
    if match:
        return _numbered(match[1], number)
    cut = _ANY_WORD.match(core)
    if cut and len(core) == _GOOGLE_LIMIT and _begins_a_word(cut[2]):
        return _numbered(cut[1], number)
    return ()


def takeout_originals_of(stem: str) -> tuple[str, ...]:
    """Like `originals_of`, for a picture that a Takeout gave no JSON: there only edited copies have none.

    So any word counts, in whatever language.
    """
    core, number = split_number(stem)
    match = _ANY_WORD.match(core)
    return originals_of(stem) or (_numbered(match[1], number) if match else ())


def _numbered(core: str, number: str) -> tuple[str, ...]:
    return (core + number, core) if number else (core,)


def _begins_a_word(text: str) -> bool:
    return any(word.startswith(text.lower()) for word in _GOOGLE_WORDS)
