"""The same picture is known again when it is encoded anew, made smaller or trimmed; unlike pictures are not alike."""

import random

import pytest
from PIL import Image

from core.likeness import Look, is_near, look_of
from core.pictures import place_of
from tests.core.photos import encoded, photo, trimmed

PICTURES = 24


@pytest.fixture(scope="module")
def photos() -> list[Image.Image]:
    return [photo(seed) for seed in range(PICTURES)]


@pytest.fixture(scope="module")
def looks(photos: list[Image.Image]) -> list[Look]:
    return [look_of(encoded(each)) for each in photos]


def alike(one: Look, other: Look) -> bool:
    assert one.whole is not None
    assert other.whole is not None
    whole, other_whole = one.whole, other.whole
    return any(is_near(whole, each) for each in other.hashes) or any(is_near(other_whole, each) for each in one.hashes)


def test_the_same_picture_in_another_form_is_known_again(photos: list[Image.Image], looks: list[Look]) -> None:
    for picture, look in zip(photos, looks, strict=True):
        for other in (
            encoded(picture, quality=40),
            encoded(picture, kind="PNG"),
            encoded(picture.resize((320, 240)), quality=60),
            encoded(picture.point(lambda grey: min(255, int(grey * 1.15) + 8))),
        ):
            assert alike(look, look_of(other))


def test_a_picture_that_was_trimmed_a_little_is_known_again_whichever_came_first(
    photos: list[Image.Image], looks: list[Look]
) -> None:
    chance = random.Random(7)
    found = [
        alike(look_of(encoded(trimmed(each, 0.05, chance), 60)), look) for each, look in zip(photos, looks, strict=True)
    ]
    assert sum(found) >= PICTURES - 1
    more = [
        alike(look_of(encoded(trimmed(each, 0.1, chance), 60)), look) for each, look in zip(photos, looks, strict=True)
    ]
    assert sum(more) >= PICTURES // 2


def test_unlike_pictures_are_not_alike(looks: list[Look]) -> None:
    """276 pairs; the nearest of them differ by more than twice of what counts as alike."""
    for at, one in enumerate(looks):
        for other in looks[:at]:
            assert not alike(one, other)


def test_a_covered_lens_looks_like_nothing() -> None:
    assert look_of(encoded(Image.new("RGB", (640, 480), "#202020"))).whole is None


def test_the_place_is_read_where_the_camera_told_it() -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (25.0, 26.0, 6.0), 3: "E", 4: (81.0, 50.0, 45.6)}
    place = place_of(encoded(photo(1), exif=exif))
    assert place == pytest.approx((25.435, 81.846), abs=0.001)
    assert place_of(encoded(photo(1))) is None
    assert place_of(b"no picture") is None
    exif[0x8825] = {1: "N", 2: (999.0, 0.0, 0.0), 3: "E", 4: (81.0, 50.0, 45.6)}
    assert place_of(encoded(photo(1), exif=exif)) is None
