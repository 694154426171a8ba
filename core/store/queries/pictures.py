"""Kept pictures: how they look, which of them look alike, and with which complaints a file came."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, and_, bindparam, delete, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.complaints.evidence import Use
from core.likeness import Look, bands, is_near
from core.store.records import COMPLAINT
from core.store.staging import Stage
from core.store.tables import AlikeRow, AttachmentRow, FileUseRow, PictureBandRow, PictureHashRow, PictureRow, table_of

_PICTURE, _HASH, _BAND = table_of(PictureRow), table_of(PictureHashRow), table_of(PictureBandRow)
_ALIKE, _USE, _ATTACHMENT = table_of(AlikeRow), table_of(FileUseRow), table_of(AttachmentRow)
_KNOWN = select(_PICTURE.c.id).where(_PICTURE.c.sha256 == bindparam("of"))
_ADD_ALIKE = {
    "sqlite": sqlite_insert(_ALIKE).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(_ALIKE).on_conflict_do_nothing(),
}
_ADD_USE = {
    "sqlite": sqlite_insert(_USE).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(_USE).on_conflict_do_nothing(),
}
_DROP_USES = delete(_USE).where(_USE.c.complaint == bindparam("of"), _USE.c.brought.is_(False))
_MOST_ALIKE = 20
_USED = (
    select(_USE.c.sha256, _USE.c.brought, COMPLAINT.c.id, COMPLAINT.c.code, COMPLAINT.c.petition)
    .join_from(_USE, COMPLAINT, COMPLAINT.c.id == _USE.c.complaint)
    .where(_USE.c.sha256.in_(bindparam("of", expanding=True)))
    .order_by(COMPLAINT.c.id)
)
_LIKE = select(_ALIKE.c.other).where(_ALIKE.c.sha256.in_(bindparam("of", expanding=True)))
_KINDS = select(_ATTACHMENT.c.sha256, _ATTACHMENT.c.media_type).where(
    _ATTACHMENT.c.sha256.in_(bindparam("of", expanding=True))
)
_PLACES = select(_PICTURE.c.sha256, _PICTURE.c.latitude, _PICTURE.c.longitude).where(
    _PICTURE.c.sha256.in_(bindparam("of", expanding=True)), _PICTURE.c.latitude.is_not(None)
)
_BROUGHT = select(_USE.c.sha256).where(_USE.c.complaint == bindparam("of"), _USE.c.brought.is_(True))


def keep_picture(unit: Stage, sha256: str, look: Look, place: tuple[float, float] | None) -> None:
    """Stage how a picture looks and where it was taken; one that is known already stays as it is."""
    if unit.fresh(_KNOWN, {"of": sha256}).first() is not None:
        return
    id = unit.new_id("picture")
    latitude, longitude = place or (None, None)
    unit.insert(_PICTURE, {"id": id, "sha256": sha256, "latitude": latitude, "longitude": longitude})
    for cut, hash in enumerate(look.hashes):
        unit.insert(_HASH, {"picture": id, "cut": cut, "hash": f"{hash:032x}"})
        for band in bands(hash):
            unit.insert(_BAND, {"band": band, "cut": cut, "picture": id})


def pictures_alike(connection: Connection, sha256: str, look: Look) -> tuple[str, ...]:
    """sha256 of other kept pictures that look like this one, twenty at most; leans on picture_band's primary key.

    The whole of one is compared with the whole and the cut-outs of the other, both ways round: so it does not matter
    which of the two was trimmed.
    """
    if look.whole is None:
        return ()
    cut_outs = {band for hash in look.hashes[1:] for band in bands(hash)}
    shared = or_(
        _BAND.c.band.in_(bands(look.whole)),
        and_(_BAND.c.band.in_(cut_outs), _BAND.c.cut == 0),
    )
    found = (
        select(_PICTURE.c.sha256, _HASH.c.cut, _HASH.c.hash)
        .distinct()
        .join_from(_BAND, _HASH, and_(_HASH.c.picture == _BAND.c.picture, _HASH.c.cut == _BAND.c.cut))
        .join(_PICTURE, _PICTURE.c.id == _BAND.c.picture)
        .where(shared, _PICTURE.c.sha256 != sha256)
    )
    alike = {
        row.sha256: None
        for row in connection.execute(found)
        if any(is_near(int(row.hash, 16), hash) for hash in (look.hashes if row.cut == 0 else (look.whole,)))
    }
    return tuple(alike)[:_MOST_ALIKE]


def keep_alike(unit: Stage, sha256: str, others: Iterable[str]) -> None:
    """Stage that pictures look alike, both ways round."""
    statement = _ADD_ALIKE[unit.connection.dialect.name]
    for other in others:
        unit.write(statement, {"sha256": sha256, "other": other})
        unit.write(statement, {"sha256": other, "other": sha256})


def keep_uses(unit: Stage, complaint: int, files: Iterable[str], brought: bool) -> None:
    """Stage with which complaint files came."""
    statement = _ADD_USE[unit.connection.dialect.name]
    for sha256 in files:
        unit.write(statement, {"sha256": sha256, "complaint": complaint, "brought": brought})


def drop_uses(unit: Stage, complaint: int) -> None:
    """Stage that what the department had sent was taken back with its solution."""
    unit.write(_DROP_USES, {"of": complaint})


def uses_of(unit: Stage, files: Collection[str]) -> tuple[Use, ...]:
    """The complaints with which these files came, the oldest first; leans on the primary keys."""
    rows = unit.fresh(_USED, {"of": list(files)}) if files else ()
    return tuple(Use(row.sha256, row.id, row.code, row.petition, row.brought) for row in rows)


def alike_to(unit: Stage, files: Collection[str]) -> frozenset[str]:
    """sha256 of the pictures that look like one of these; leans on the primary key."""
    return frozenset(unit.fresh(_LIKE, {"of": list(files)}).scalars()) if files else frozenset()


def kinds_of(unit: Stage, files: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Those of these files that are pictures, and those that are papers; leans on the primary key."""
    rows = list(unit.fresh(_KINDS, {"of": list(files)})) if files else []
    pictures = frozenset(row.sha256 for row in rows if row.media_type.startswith("image/"))
    return pictures, frozenset(row.sha256 for row in rows) - pictures


def places_of(unit: Stage, files: Collection[str]) -> tuple[tuple[float, float], ...]:
    """Latitude and longitude of each of these pictures whose camera told them."""
    rows = unit.fresh(_PLACES, {"of": list(files)}) if files else ()
    return tuple((row.latitude, row.longitude) for row in rows)


def brought_with(unit: Stage, complaint: int) -> tuple[str, ...]:
    """sha256 of what the complainant sent with a complaint; leans on the index on complaint."""
    return tuple(unit.fresh(_BROUGHT, {"of": complaint}).scalars())
