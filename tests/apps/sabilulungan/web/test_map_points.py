"""The map point of an organisation's seat: typed, public, compared (F05) and held against its kelurahan (F08)."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from test_submission import ORGANISATION

import build
from core import maps
from sabilulungan.domain import flags, points
from sabilulungan.domain.recipients import rename
from sabilulungan.models import Flag, Recipient

HERE = (Decimal("-6.914744"), Decimal("107.609810"))


def in_coblong():
    return next(place.code for place in build.villages() if place.code.startswith("32.73.02."))


def north(metres):
    return (HERE[0] + Decimal(metres) / 111_320).quantize(Decimal("0.000001")), HERE[1]


def seat(applicant, position, **changes):
    (code,) = maps.parts_at(float(HERE[0]), float(HERE[1]), "villages")
    return build.organisation(applicant, position=position, **{"village_code": code, **changes})


@pytest.fixture
def ani(db, clock):
    return build.user("ani")


@pytest.fixture
def filed(ani):
    """Return three proposals whose seats lie 0, 20 and 45 m north of a point."""
    return [build.send(build.draft(seat(ani, north(far)), ani), ani) for far in (0, 20, 45)]


def signals(case, rule):
    return [(flag.severity, flag.other, flag.sentence) for flag in case.flags.filter(rule=rule)]


def test_seats_less_than_30_m_apart_are_flagged_in_both_directions(filed):
    first, near, far = filed
    told = "Titik peta kurang dari 30 m dari penerima lain."
    assert signals(first, "F05") == [("YELLOW", near, told)]
    assert signals(near, "F05") == [("YELLOW", first, told), ("YELLOW", far, told)]
    assert signals(far, "F05") == [("YELLOW", near, told)]
    assert not Flag.objects.filter(rule="F08").exists()
    assert flags.scan(near) == []


def test_the_search_is_served_by_the_index(filed):
    rows = Recipient.objects.filter(latitude__range=(-6.92, -6.91), longitude__range=(107.6, 107.61))
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # of three rows it would read the whole table, index or not
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = rows.explain()
    assert "sab_recipient_point" in plan


def test_a_point_outside_the_stated_kelurahan_is_red(ani):
    other = next(place for place in build.villages() if not points.fits((float(HERE[0]), float(HERE[1])), {place.code}))
    recipient = seat(ani, HERE, village_code=other.code)
    case = build.send(build.draft(recipient, ani), ani)
    assert signals(case, "F08") == [("RED", None, "Titik peta alamat di luar kelurahan atau desa yang disebut.")]
    assert "F08" in flags.blocking_sentence(case)


def test_the_point_is_public_of_organisations_and_goes_with_the_address(client, filed):
    recipient = filed[0].recipient
    shown = "-6.914744, 107.609810"
    assert shown in client.get(f"/penerima/{recipient.public_id}/").content.decode()
    same = {part: getattr(recipient, part) for part in ("address", "rt", "rw", "village_code")}
    rename(recipient, {**same, "name": "Yayasan Nama Baru"})
    assert recipient.position == (-6.914744, 107.60981)
    rename(recipient, {**same, "name": "Yayasan Nama Baru", "address": "Jl. Lain Nomor 1"})
    assert shown not in client.get(f"/penerima/{recipient.public_id}/").content.decode()


def test_of_a_person_the_database_keeps_no_point(ani):
    with pytest.raises(IntegrityError), transaction.atomic():
        build.person(ani, name="Orang Lain", position=HERE)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("-6.9", "Tulis lintang dan bujur"), ("utara, timur", "Tulis lintang dan bujur"),
        ("107.609810, -6.914744", "Titik itu di luar Indonesia"), ("NaN, NaN", "Titik itu di luar Indonesia"),
    ],
)  # fmt: skip
def test_a_point_that_is_none_is_refused_beside_its_field(client, ani, typed, told):
    client.force_login(ani)
    data = {**ORGANISATION, "village_code_4": in_coblong(), "position": typed}
    answer = client.post("/daftar-penerima/organisasi/", data)
    page = answer.content.decode()
    assert (answer.status_code, told in page, f'value="{typed}"' in page) == (422, True, True)


def test_a_typed_point_is_kept(client, ani):
    client.force_login(ani)
    data = {**ORGANISATION, "village_code_4": in_coblong(), "position": "-6.914744,107.60981"}
    assert client.post("/daftar-penerima/organisasi/", data).status_code == 302
    assert Recipient.objects.latest("pk").position == (-6.914744, 107.60981)
