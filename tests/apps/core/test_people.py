"""Accounts of officers: invited, given roles for a time, closed; every act in the audit chain."""

import datetime as dt
import io
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command

from core import audit, dates, people
from core.errors import NotAllowed, Refused
from core.models import Notification, RoleAssignment, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    user = User.objects.create(username="admin", full_name="Wawan Setiawan", email="admin@contoh.invalid")
    RoleAssignment.objects.create(user=user, role=people.ADMIN)
    return user


@pytest.fixture
def officer(admin):
    return people.invite(admin, username="ujang", full_name="Ujang Sastra", email="ujang@contoh.invalid")


@pytest.fixture
def signed_in(client, admin):
    client.force_login(admin)
    return client


def test_an_invited_officer_sets_a_password_through_a_link_that_dies(client, officer, settings):
    assert not officer.has_usable_password()
    link = people.one_time_link(officer)
    assert link.startswith(settings.BASE_URL)
    path = link.removeprefix(settings.BASE_URL)
    page = client.get(path, follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": "kuda-terbang-hijau-7", "password2": "kuda-terbang-hijau-7"})
    officer.refresh_from_db()
    assert officer.check_password("kuda-terbang-hijau-7")
    again = client.get(path, follow=True)
    assert 'name="password1"' not in again.content.decode()


def test_a_name_or_address_is_used_once(admin, officer):
    with pytest.raises(Refused, match="Nama pengguna UJANG sudah dipakai"):
        people.invite(admin, username="UJANG", full_name="Lain", email="lain@contoh.invalid")
    with pytest.raises(Refused, match="sudah dipakai akun lain"):
        people.invite(admin, username="lain", full_name="Lain", email="Ujang@contoh.invalid")


def test_a_role_is_given_for_a_time_on_a_basis(admin, officer):
    today = dates.today()
    row = people.grant(admin, officer, "PETUGAS", valid_to=today + dt.timedelta(30), basis="SK 1/2026")
    assert officer.roles() == {"PETUGAS"}
    entry = audit.history(officer).last()
    assert (entry.action, entry.actor, entry.data) == (
        "beri_peran",
        admin,
        {"role": "PETUGAS", "scope": "", "from": f"{today}", "to": f"{today + dt.timedelta(30)}", "basis": "SK 1/2026"},
    )
    with pytest.raises(Refused, match="sudah memegang peran itu"):
        people.grant(admin, officer, "PETUGAS")
    people.end(admin, row)
    officer.refresh_from_db()
    assert officer.roles() == frozenset()


@pytest.mark.parametrize(
    ("role", "limits", "sentence"),
    [
        ("PEMOHON", {}, "tidak diberikan lewat halaman ini"),
        ("RAJA", {}, "tidak diberikan lewat halaman ini"),
        ("PETUGAS", {"scope": "X"}, "seluruh daerah; kosongkan lingkupnya"),
        ("PETUGAS", {"valid_from": dt.date(2026, 2, 1), "valid_to": dt.date(2026, 1, 1)}, "mendahului tanggal mulai"),
    ],
)
def test_an_impossible_role_is_refused(admin, officer, role, limits, sentence):
    before = audit.head().seq
    with pytest.raises(Refused, match=sentence):
        people.grant(admin, officer, role, **limits)
    assert (audit.head().seq, RoleAssignment.objects.filter(user=officer).count()) == (before, 0)


def test_nobody_changes_his_own_roles_or_account(admin):
    with pytest.raises(NotAllowed):
        people.grant(admin, admin, "KEPALA")
    with pytest.raises(NotAllowed):
        people.end(admin, admin.assignments.get())
    with pytest.raises(NotAllowed):
        people.set_active(admin, admin, active=False, reason="coba")


def test_a_closed_account_is_out_at_once(client, admin, officer):
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/akun/").status_code == 200
    people.set_active(admin, officer, active=False, reason="Pindah tugas")
    assert client.get("/akun/").status_code == 302
    with pytest.raises(Refused, match="sudah ditutup"):
        people.set_active(admin, officer, active=False, reason="Pindah tugas")


def test_an_administrator_takes_off_the_second_step_of_a_lost_telephone(signed_in, admin, officer):
    address = f"/petugas/{officer.pk}/dua-langkah/"
    TOTP.activate(officer, generate_totp_secret())
    page = signed_in.get(f"/petugas/{officer.pk}/").content.decode()
    assert "Hapus masuk dua langkah" in page
    assert signed_in.post(address, {"langkah-reason": " "}).status_code == 409
    assert Authenticator.objects.filter(user=officer).count() == 1
    assert signed_in.post(address, {"langkah-reason": "Ponsel hilang"}).status_code == 302
    entry = audit.history(officer).last()
    assert (Authenticator.objects.count(), entry.action, entry.note) == (0, "hapus_langkah_kedua", "Ponsel hilang")
    (told,) = Notification.objects.filter(user=officer)
    assert (told.address, "Wawan Setiawan" in told.body, "Ponsel hilang" in told.body) == (officer.email, True, True)
    with pytest.raises(Refused, match="tidak memakai masuk dua langkah"):
        people.forget_second_step(admin, officer, reason="Ponsel hilang")
    TOTP.activate(admin, generate_totp_secret())
    assert signed_in.post(f"/petugas/{admin.pk}/dua-langkah/", {"langkah-reason": "Hilang"}).status_code == 403
    assert Authenticator.objects.filter(user=admin).count() == 1


def test_only_the_administrator_takes_off_a_second_step(client, officer):
    TOTP.activate(officer, generate_totp_secret())
    client.force_login(officer)
    assert client.post(f"/petugas/{officer.pk}/dua-langkah/", {"langkah-reason": "Hilang"}).status_code == 403
    assert Authenticator.objects.filter(user=officer).count() == 1


PAGES = ["/petugas/", "/petugas/baru/", "/petugas/{pk}/"]


@pytest.mark.parametrize("page", PAGES)
def test_only_the_administrator_sees_the_desk(client, officer, page):
    address = page.format(pk=officer.pk)
    assert client.get(address).status_code == 302
    client.force_login(officer)
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_sees_the_desk(signed_in, officer, page):
    response = signed_in.get(page.format(pk=officer.pk))
    assert response.status_code == 200


def test_the_desk_makes_an_officer_from_start_to_link(signed_in):
    made = signed_in.post("/petugas/baru/", {"full_name": "Neneng", "username": "neneng", "email": "n@contoh.invalid"})
    user = User.objects.get(username="neneng")
    assert made.url == f"/petugas/{user.pk}/"
    signed_in.post(f"/petugas/{user.pk}/", {"role": "PETUGAS", "basis": "SK 2/2026"})
    user.refresh_from_db()
    assert user.roles() == {"PETUGAS"}
    page = signed_in.post(f"/petugas/{user.pk}/tautan/").content.decode()
    assert re.search(r"/lupa-sandi/[0-9A-Za-z]+-[\w-]+/", page)
    row = user.assignments.get()
    signed_in.post(f"/petugas/peran/{row.pk}/akhiri/")
    signed_in.post(f"/petugas/{user.pk}/akun/", {"aktif": "tidak", "reason": "Selesai"})
    user.refresh_from_db()
    assert (user.roles(), user.is_active) == (frozenset(), False)
    assert [entry.action for entry in audit.history(user)] == [
        "undang_petugas", "beri_peran", "buat_tautan_masuk", "akhiri_peran", "tutup_akun",
    ]  # fmt: skip


def test_a_refusal_keeps_what_was_typed(signed_in, officer):
    page = signed_in.post("/petugas/baru/", {"full_name": "Neneng", "username": "ujang", "email": "n@contoh.invalid"})
    text = page.content.decode()
    assert "Nama pengguna ujang sudah dipakai" in text
    assert 'value="Neneng"' in text


def test_the_list_is_searched_by_name(signed_in, admin, officer):
    people.invite(admin, username="eman", full_name="Eman Suparman", email="eman@contoh.invalid")
    page = signed_in.get("/petugas/?cari=ujang&peran=").content.decode()
    assert ("Ujang Sastra" in page, "Eman Suparman" in page) == (True, False)


@pytest.mark.parametrize("number", [1, 3, 25])
def test_the_list_costs_the_same_for_many(signed_in, admin, number, django_assert_num_queries):
    for index in range(number):
        person = people.invite(admin, username=f"p{index}", full_name="P", email=f"p{index}@contoh.invalid")
        people.grant(admin, person, "PETUGAS")
    with django_assert_num_queries(7):
        signed_in.get("/petugas/")


def test_the_first_administrator_gets_a_link_until_a_password_is_set():
    first, second, third = io.StringIO(), io.StringIO(), io.StringIO()
    call_command("first_admin", "--email", "a@contoh.invalid", stdout=first)
    call_command("first_admin", "--email", "a@contoh.invalid", stdout=second)
    assert "/lupa-sandi/" in first.getvalue()
    assert "/lupa-sandi/" in second.getvalue()
    user = User.objects.get()
    assert user.roles() == {people.ADMIN}
    user.set_password("kuda-terbang-hijau-7")
    user.save()
    call_command("first_admin", "--email", "b@contoh.invalid", stdout=third)
    assert third.getvalue() == "An administrator has already set a password; ask that person for an account.\n"
    assert User.objects.count() == 1
