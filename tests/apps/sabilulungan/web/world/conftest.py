"""One filed world for the pages: organisations, a family, cases in several states, and staff."""

import copy
import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine

import build
import support
from sabilulungan.domain import flow
from sabilulungan.enums import Action, RecipientType, Role, State


@pytest.fixture(scope="package")
def _made(django_db_setup, django_db_blocker):
    with support.rows_until_the_end(django_db_blocker):
        with time_machine.travel(build.OPEN_DAY, tick=False):
            made = _build()
        yield made


@pytest.fixture
def world(_made, db, clock):
    """Return people and cases: an organisation in four states, a person, a family, a draft. Changes do not last."""
    return copy.deepcopy(_made)


def _build():
    ani, budi = build.user("ani"), build.user("budi")
    staff = build.Staff()
    body = build.organisation(ani, name="Yayasan Cahaya Ilmu", address="Jl. Melati Nomor 9")
    other = build.organisation(budi, name="Yayasan Bakti Ibu")
    third = build.organisation(budi, name="Karang Taruna Muda")
    person = build.person(ani)
    family = build.person(budi, type=RecipientType.KELUARGA, name="Maman Sukirman", address="Gang Mawar Nomor 4")
    cases = SimpleNamespace(
        approved=build.walk(build.send(build.draft(body, ani), ani), staff, State.DISETUJUI),
        evaluated=build.walk(
            build.send(build.draft(other, budi, title="Kursus menjahit"), budi), staff, State.EVALUASI
        ),
        filed=build.send(build.draft(third, budi, title="Turnamen voli"), budi),
        person=build.walk(build.send(build.draft(person, ani), ani), staff, State.PERSETUJUAN),
        family=build.send(build.draft(family, budi), budi),
        draft=build.draft(build.organisation(ani, name="Sanggar Rancage"), ani, title="Pentas seni desa"),
    )
    returned = build.send(build.draft(build.organisation(budi, name="PKBM Harapan"), budi, title="Kejar paket"), budi)
    cases.returned = flow.perform(
        returned, Action.KEMBALIKAN, staff.tu, data={"items": [("DOMISILI", "Tidak terbaca.")]}
    )
    more = SimpleNamespace(
        loket=build.user("loket", Role.OPERATOR),
        kesehatan=build.user("kesehatan", (Role.OPD, "dinkes")),
        keuangan=build.user("keuangan", Role.KEU),
        inspektur=build.user("inspektur", Role.INSPEKTORAT),
        pengawas=build.user("pengawas", Role.PENGAWAS),
        admin=build.user("admin-wilayah", Role.ADMIN_WILAYAH),
        lurah=build.user("lurah", (Role.WILAYAH, "32.73.02.1001")),
        camat=build.user("camat", (Role.WILAYAH, cases.approved.recipient.district_code)),
        homelurah=build.user("lurah-rumah", (Role.WILAYAH, cases.approved.recipient.village_code)),
        kesbang=build.user("kesbang", Role.KESBANGPOL),
        ketuatp=build.user("ketua-tp", Role.KETUA_TP),
        baru=build.user("warga-baru"),
    )
    return SimpleNamespace(ani=ani, budi=budi, staff=staff, cases=cases, more=more, today=dt.date(2026, 3, 10))
