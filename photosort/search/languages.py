"""Guesses the language of a description from a few words."""

from __future__ import annotations

import re
import unicodedata

# Function words that the other languages here do not have, or hardly. "die", "in", "a" and their like say nothing.
_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the of and with on at is are his her their without under near while from by man woman dog beach"
        " no not people to over two three",
        "de": "der das und mit ein eine einem einen einer auf am im ist sind ohne unter bei hund strand mann frau",
        "fr": "le les des une avec sur dans est sont sans sous au aux du chien plage homme femme et",
        "es": "el los las una con sobre sin bajo y del perro playa hombre mujer en",
        "it": "il gli una con su sono senza sotto nel della cane spiaggia uomo donna e",
        "pt": "os uma com sobre sem sob no na do da cachorro cão praia homem mulher e em",
        "nl": "het een met op zijn zonder onder bij hond strand vrouw en",
        "pl": "na z ze w we przy pod bez jest są oraz nad pies plaży mężczyzna kobieta dziecko i",
        "sv": "och på med utan är ett hund stranden kvinna barn vid som i en av",
        "da": "og på med uden er et ved hunden stranden kvinde i en af",
        "no": "og på med uten er et ved hunden stranda kvinne i en av",
        "fi": "ja on koira rannalla mies nainen lapsi lapset kanssa ilman vieressä talon",
        "hu": "egy az és vagy nélkül kutya tengerparton férfi gyerek alatt mellett",
        "cs": "na se ve bez pod u je jsou pes pláži muž žena dítě nad",
        "ro": "și cu pe fără este sunt un o câine plajă bărbat femeie în lângă",
        "tr": "bir ve ile olmadan köpek sahilde plajda adam kadın çocuk altında üzerinde",
        "id": "di dan dengan tanpa yang anjing pantai pria wanita anak sebuah seekor pada",
        "vi": "trên và với không của một con chó bãi biển người đàn ông phụ nữ trong dưới",
    }.items()
}
# Scripts that mostly one language is written in; for the others the note names the script.
_SCRIPTS = {
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
    "THAI": "th",
}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None where the words do not tell.

    One word in Latin letters never tells: names and borrowed words are everywhere.
    """
    scripts = {_script(character) for character in text if character.isalpha()}
    if scripts & {"HIRAGANA", "KATAKANA"}:
        return "ja"
    for script in scripts:
        if script in _SCRIPTS:
            return _SCRIPTS[script]
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < 2:
        return None
    found = {code: sum(word in known for word in words) for code, known in _WORDS.items()}
    best = max(found.values())
    leading = [code for code, count in found.items() if count == best]
    return leading[0] if best and len(leading) == 1 else None


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]
