"""The region's administrator finds the desk of officers and limits the head of an agency to that agency."""

import pytest
from world import user_of

from core import people
from core.errors import Refused
from erk.enums import Role

pytestmark = pytest.mark.django_db


def test_only_the_administrator_is_led_to_the_desk(world, client):
    client.force_login(user_of("Admin", (Role.ADMIN_WILAYAH, "")))
    assert 'href="/petugas/"' in client.get("/gambaran-umum/", follow=True).content.decode()
    client.force_login(world.kepala.user)
    assert 'href="/petugas/"' not in client.get("/gambaran-umum/", follow=True).content.decode()
    assert client.get("/petugas/").status_code == 403


def test_the_head_of_an_agency_is_limited_to_one(world):
    admin = user_of("Admin", (Role.ADMIN_WILAYAH, ""))
    assert ("DUKCAPIL", "Dinas Dukcapil") in people.scopes_of(Role.KEPALA_OPD)
    assert people.scopes_of(Role.KEUANGAN) == []
    for scope in ("", "TIDAK_ADA"):
        with pytest.raises(Refused):
            people.grant(admin, world.ana.user, Role.KEPALA_OPD, scope=scope, basis="SK 1/2026")
    row = people.grant(admin, world.ana.user, Role.KEPALA_OPD, scope="DUKCAPIL", basis="SK 1/2026")
    assert (row.role, row.scope) == ("KEPALA_OPD", "DUKCAPIL")


@pytest.mark.parametrize("role", [Role.PEGAWAI, Role.ATASAN])
def test_what_follows_from_a_position_is_never_given_by_hand(world, role):
    admin = user_of("Admin", (Role.ADMIN_WILAYAH, ""))
    assert role not in dict(people.assignable())
    with pytest.raises(Refused, match="tidak diberikan"):
        people.grant(admin, world.ana.user, role, basis="SK 1/2026")
