"""Sentences that the rooms below the window say to the user: English text, and what another language is made from."""

from __future__ import annotations


class Sentence(str):
    """A sentence in English that also knows how it was put together.

    The command line, the log and JSON take it as the text that it is. The window looks its template up in the
    translations and fills the same arguments in (`photosort.gui.words.said`).

    Attributes:
        template: the English text with a `{name}` for each argument; its own key in the translations.
        arguments: what is filled in, by name; sentences among them are translated too.
    """

    template: str
    arguments: dict[str, object]

    def __new__(cls, template: str, /, **arguments: object) -> Sentence:
        """Puts a sentence together.

        Args:
            template: written out in the source, where the translations are gathered from.
            arguments: what is filled in.
        """
        made = super().__new__(cls, template.format(**arguments))
        made.template = template
        made.arguments = arguments
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """Copies are put together from the same parts."""
        return (self.template,), self.arguments
