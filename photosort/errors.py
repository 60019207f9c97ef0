"""The two families of expected errors: the environment failed, or the input was wrong. Anything else is a bug."""

from __future__ import annotations


class PhotosortError(Exception):
    """An expected failure that a person can be told about in one sentence.

    Attributes:
        user_message: one sentence: what happened, what was kept, what to do.
        detail: technical text for the "details" button and the log, or "".
    """

    def __init__(self, user_message: str, detail: str = "") -> None:
        super().__init__(user_message)
        self.user_message = user_message
        self.detail = detail


class EnvironmentProblem(PhotosortError):
    """The surroundings failed: disk, permission, a locked library."""


class InputProblem(PhotosortError):
    """What the user gave cannot be used: a file, a folder, a query.

    Attributes:
        position: index of the character in the input that the message points at, or None.
    """

    def __init__(self, user_message: str, detail: str = "", *, position: int | None = None) -> None:
        super().__init__(user_message, detail)
        self.position = position


class LibraryDamaged(EnvironmentProblem):
    """The library file is damaged, emptied or gone; what can be had back is brought back by `recovery`."""


class LibraryTooNew(PhotosortError):
    """The library was written by a newer version of Photosort."""


class ModelUnavailable(PhotosortError):
    """An encoder's weights are absent, damaged or of another revision."""


class JobCancelled(Exception):
    """Raised inside a job when the user cancelled it; never shown."""
