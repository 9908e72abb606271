"""The region's administrator finds the desk of officers and gives an evaluator the office it is limited to."""

from core.models import RoleAssignment


def test_only_the_administrator_is_led_to_the_desk(world, sign_in):
    assert 'href="/petugas/"' in sign_in(world.more.admin).get("/").content.decode()
    for person in (world.staff.tu, world.ani):
        page = sign_in(person)
        assert 'href="/petugas/"' not in page.get("/").content.decode()
        assert page.get("/petugas/").status_code == 403


def test_an_evaluator_is_limited_to_an_office_of_the_rules(world, sign_in):
    person = world.more.baru
    page = sign_in(world.more.admin)
    wrong = {"role": "OPD", "scope": "", "basis": "SK 1/2026"}
    refused = page.post(f"/petugas/{person.pk}/", wrong, follow=True).content.decode()
    assert "Pilih lingkup yang sesuai dengan peran itu." in refused
    assert not RoleAssignment.objects.filter(user=person).exists()
    page.post(f"/petugas/{person.pk}/", {**wrong, "scope": "disdik"})
    assert list(RoleAssignment.objects.filter(user=person).values_list("role", "scope")) == [("OPD", "disdik")]
