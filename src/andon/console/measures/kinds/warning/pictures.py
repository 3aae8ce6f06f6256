"""Pictures of wordings: read as pictures, written anew, so that nothing else travels with them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError

from andon.domain.errors import Refused

MOST_BYTES = 950_000  # Bluesky takes a million
MOST_SIDE = 2048
_MOST_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class Clean:
    """A picture as it will be posted."""

    content: bytes = field(repr=False)
    media_type: str


def clean(content: bytes) -> Clean:
    """The picture without place, time or camera, no larger than services take. Raises Refused for what is no picture or is far too large."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.format not in ("PNG", "JPEG", "WEBP") or opened.width * opened.height > _MOST_PIXELS:
                raise Refused(reason="warning_picture", name=str(opened.format))
            image = opened.convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise Refused(reason="warning_picture", name="") from error
    image.thumbnail((MOST_SIDE, MOST_SIDE))
    return _written(image)


def _written(image: Image.Image) -> Clean:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    if out.tell() <= MOST_BYTES:
        return Clean(out.getvalue(), "image/png")
    for quality in (90, 80, 70, 60, 50, 40):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MOST_BYTES:
            return Clean(out.getvalue(), "image/jpeg")
    raise Refused(reason="warning_picture", name="")
