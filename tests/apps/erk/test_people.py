"""Who decides on whom: one answer for a single save, for a page, and for the clock, whoever is missing."""

import datetime as dt

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from world import MONDAY, fresh, user_of

from core import dates
from erk.domain.people import Chain, needs_second_step, placement_on, positions_below, superior_of
from erk.enums import JenisPenempatan, Role
from erk.models import Jabatan, Pegawai, Penempatan

WHO = ("ana", "budi", "kabid", "kepala", "camat", "cici", "sekda")


def everybody() -> list[tuple[Pegawai, Jabatan]]:
    rows = ((person, placement_on(person, MONDAY)) for person in Pegawai.objects.filter(aktif=True))
    return [(person, row.jabatan) for person, row in rows if row]


def test_the_tree_as_it_is(world):
    chain = Chain(MONDAY)
    names = {person.nama: chain.superior(post.pk, person.pk) for person, post in everybody()}
    titles = dict(Jabatan.objects.values_list("pk", "nama"))
    assert {name: titles.get(above) for name, above in names.items()} == {
        "Ana": "Kepala Bidang Pelayanan",
        "Budi": "Kepala Bidang Pelayanan",
        "Kabid": "Kepala Dinas",
        "Kepala": "Sekretaris Daerah",
        "Camat": "Sekretaris Daerah",
        "Cici": "Camat",
        "Asisten": "Sekretaris Daerah",
        "Sekda": "Asisten Administrasi Umum",
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(absent=st.sets(st.sampled_from(WHO)), acting=st.tuples(st.sampled_from(WHO), st.sampled_from(WHO)))
def test_all_three_ways_agree_whoever_is_missing_or_acting(world, absent, acting):
    before = transaction.savepoint()
    try:
        agree(world, absent, acting)
    finally:
        transaction.savepoint_rollback(before)


def agree(world, absent: set[str], acting: tuple[str, str]) -> None:
    deputy, place_of = (getattr(world, name) for name in acting)
    post = place_of.penempatan.get().jabatan
    Penempatan.objects.filter(pegawai__in=[getattr(world, name) for name in absent]).update(akhir=dt.date(2026, 9, 30))
    Penempatan.objects.create(pegawai=deputy, jabatan=post, mulai=MONDAY, akhir=MONDAY, jenis=JenisPenempatan.PLH)
    chain = Chain(MONDAY)
    for person, position in everybody():
        above = chain.superior(position.pk, person.pk)
        assert superior_of(position, person, MONDAY) == above
        if above is None:
            continue
        holders = set(Penempatan.objects.on(MONDAY).filter(jabatan_id=above).values_list("pegawai_id", flat=True))
        assert holders - {person.pk}
        if person != deputy:
            assert position.pk in positions_below([above], MONDAY)


def test_approvers_and_the_personnel_agency_need_a_second_step(world):
    finance = user_of("Keuangan", (Role.KEUANGAN, ""))
    region = user_of("Admin", (Role.ADMIN_WILAYAH, ""))
    asked = [world.sekda.user, world.kepala.user, world.kabid.user, world.camat.user, world.bkpsdm, region]
    spared = [world.ana.user, world.budi.user, world.cici.user, finance]
    assert [needs_second_step(fresh(user)) for user in asked] == [True] * 6
    assert [needs_second_step(fresh(user)) for user in spared] == [False] * 4
    post = world.kabid.penempatan.get().jabatan
    today = dates.today()
    Penempatan.objects.create(pegawai=world.ana, jabatan=post, mulai=today, akhir=today, jenis=JenisPenempatan.PLH)
    assert needs_second_step(fresh(world.ana.user))


def test_nobody_without_a_position_has_a_team(world):
    assert positions_below([], MONDAY) == set()
