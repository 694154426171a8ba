"""What a picture looks like, in a few numbers that stay nearly the same when it is encoded anew, made smaller or cut.

Source: docs/design.md §4, Life of a complaint (a picture used before); docs/rules.md C7. A hash tells for 8 x 8 fields
whether the next one to the right, and the next one below, is darker: 128 bits. A picture has one for the whole and one
for each of 18 slightly smaller cut-outs, so that what was trimmed by up to a tenth still meets one of them.

Measured on 60 pictures as tests/core/photos.py makes them: the same at quality 40, at half its size or brighter differs
by 0 to 4 bits, trimmed by up to 6% on each side by up to 11 (nine of ten by 7), by up to 10% by up to 17 (half of them
by 8); of 1,770 pairs of unlike pictures the nearest differed by 31 and one in a hundred by less than 39.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

FIELDS = 8
BITS = 2 * FIELDS * FIELDS
BAND_BITS = 16
CUTS = (0.05, 0.1)
"""By how much of its width and height a cut-out is smaller."""

PLACES = (0.0, 0.5, 1.0)
NEAR = 10
"""Most bits in which two hashes of one picture differ."""

LEAST_CONTRAST = 24
"""A picture whose greys all lie closer together is no picture of anything: a lens that was covered, a blank sheet."""

_SIDE = 128


@dataclass(frozen=True)
class Look:
    """The hashes of a picture: the first of the whole, the others of its cut-outs. Without any for a flat picture."""

    hashes: tuple[int, ...]

    @property
    def whole(self) -> int | None:
        """The hash of the whole picture."""
        return self.hashes[0] if self.hashes else None


def look_of(data: bytes) -> Look:
    """How the picture in `data` looks; it must be one that Pillow has decoded before (core.pictures)."""
    with Image.open(BytesIO(data)) as picture:
        picture.draft("L", (_SIDE, _SIDE))
        grey = ImageOps.exif_transpose(picture).convert("L")
    darkest, lightest = grey.getextrema()
    assert isinstance(darkest, int)
    assert isinstance(lightest, int)
    if lightest - darkest < LEAST_CONTRAST:
        return Look(())
    grey.thumbnail((_SIDE, _SIDE))
    return Look(tuple(_hash(grey, box) for box in _boxes(*grey.size)))


def bands(hash: int) -> tuple[int, ...]:
    """The hash in pieces of 16 bits, each with its place in it: two hashes that are near share one, as a rule."""
    pieces = BITS // BAND_BITS
    return tuple(place << BAND_BITS | hash >> place * BAND_BITS & 2**BAND_BITS - 1 for place in range(pieces))


def is_near(one: int, other: int) -> bool:
    """Whether two hashes are of one picture."""
    return (one ^ other).bit_count() <= NEAR


def _boxes(width: int, height: int) -> Iterator[tuple[float, float, float, float]]:
    yield (0, 0, width, height)
    for cut in CUTS:
        for across in PLACES:
            for down in PLACES:
                left, top = width * cut * across, height * cut * down
                yield (left, top, left + width * (1 - cut), top + height * (1 - cut))


def _hash(grey: Image.Image, box: tuple[float, float, float, float]) -> int:
    rows = grey.resize((FIELDS + 1, FIELDS), Image.Resampling.BOX, box=box).tobytes()
    columns = grey.resize((FIELDS, FIELDS + 1), Image.Resampling.BOX, box=box).tobytes()
    hash = 0
    for y in range(FIELDS):
        for x in range(FIELDS):
            at = y * (FIELDS + 1) + x
            hash = hash << 1 | (rows[at] > rows[at + 1])
    for at in range(FIELDS * FIELDS):
        hash = hash << 1 | (columns[at] > columns[at + FIELDS])
    return hash
