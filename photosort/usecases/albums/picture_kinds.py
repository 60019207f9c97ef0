"""Which kinds of picture albums are made of."""

from __future__ import annotations

from photosort.domain.photos import Kind

# Screenshots, documents and received pictures are left out of themes, events, covers and names.
SHOWN_KINDS = (Kind.PHOTO, Kind.VIDEO)
