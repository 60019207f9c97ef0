"""The window's language: texts by Qt Linguist, numbers and dates as the language writes them."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from photosort.paths import resources

# English needs a file too: it holds the plurals ("1 photo", "2 photos").
LANGUAGES = ("en", "de")
_installed: list[QTranslator] = []


def install(app: QApplication, language: str = "") -> QLocale:
    """Speaks a language from now on; windows that are open keep their texts.

    Args:
        app: the application.
        language: one of `LANGUAGES`, or "" for the system's; any other falls back to English.

    Returns:
        The locale in use.
    """
    locale = _locale(language)
    QLocale.setDefault(locale)
    app.setLayoutDirection(locale.textDirection())
    for old in _installed:
        app.removeTranslator(old)
    _installed.clear()
    code = QLocale.languageToCode(locale.language())
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (
        (f"qtbase_{code}", of_qt),
        (f"photosort_{code}", str(resources() / "translations")),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            _installed.append(translator)
    return locale


def _locale(language: str) -> QLocale:
    if language in LANGUAGES:
        system = QLocale.system()
        wanted = QLocale(language)
        # The system's own country decides how dates and numbers look, if it speaks the language.
        return system if system.language() == wanted.language() else wanted
    system = QLocale.system()
    code = QLocale.languageToCode(system.language())
    if code in LANGUAGES and system.language() != QLocale.Language.C:
        return system
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
