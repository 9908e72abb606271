"""Nominative lists: one for each office and form, decided at once or line by line, all or none."""

import copy

import pytest
import time_machine

import build
from core.errors import Refused
from core.models import AuditEntry
from core.money import rupiah
from sabilulungan.domain import dnc, flow
from sabilulungan.enums import State
from sabilulungan.models import NominativeList, Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_open_day():
    with time_machine.travel(build.OPEN_DAY, tick=False):
        yield


@pytest.fixture(scope="module")
def _made(rows_of_file):
    with time_machine.travel(build.OPEN_DAY, tick=False):
        ani, staff = build.user("ani"), build.Staff()
        money = [
            build.walk(build.send(build.draft(build.organisation(ani), ani), ani), staff, State.PERSETUJUAN)
            for _ in range(2)
        ]
        goods = build.send(build.draft(build.organisation(ani), ani, form="BARANG"), ani)
        return staff, [*money, build.walk(goods, staff, State.PERSETUJUAN)]


@pytest.fixture
def world(_made):
    return copy.deepcopy(_made)


@pytest.fixture
def staff(world):
    return world[0]


@pytest.fixture
def waiting(world):
    return world[1]


def make(client, staff):
    client.force_login(staff.budget)
    return client.post("/meja/dnc/", {"kelompok": "2027:HIBAH:UANG:disdik"})


def sign(client, staff, found, name="Ema Sumarna", words="satu"):
    """File the scan of the list the secretary signed."""
    client.force_login(staff.budget)
    sent = {"pindaian": "ya", "scan": build.pdf(words), "name": name}
    return client.post(f"/meja/dnc/{found.pk}/", sent)


def states(cases):
    return [Proposal.objects.get(pk=case.pk).state for case in cases]


def test_one_list_for_each_office_and_form_and_none_twice(client, staff, waiting):
    client.force_login(staff.budget)
    page = client.get("/meja/dnc/").content.decode()
    assert "Hibah, uang, Disdik, 2027" in page
    assert "Hibah, barang, Disdik, 2027" in page
    assert make(client, staff).status_code == 302
    found = NominativeList.objects.get()
    assert (found.number, found.lines.count()) == ("900/4/BPKAD/2026", 2)  # three recommendations before
    again = make(client, staff)
    assert (again.status_code, "Tidak ada lagi usulan" in again.content.decode()) == (409, True)
    answer = client.get(f"/meja/dnc/{found.pk}/pdf/")
    assert answer.content.startswith(b"%PDF-1.7")
    client.force_login(staff.head)
    assert client.post("/meja/dnc/", {"kelompok": "x"}).status_code == 403


def test_the_head_decides_the_whole_list_with_every_line_in_sight(client, staff, waiting, monkeypatch):
    make(client, staff)
    found = NominativeList.objects.get()
    sign(client, staff, found)
    client.force_login(staff.head)
    page = client.get(f"/meja/dnc/{found.pk}/").content.decode()
    for case in waiting[:2]:
        assert case.recipient.name in page
    assert rupiah(24_000_000) in page
    lines = [str(line.pk) for line in found.lines.all()]
    wrong = client.post(f"/meja/dnc/{found.pk}/", {"lines": lines[:1], "approval_number": "", "approved_on": "x"})
    assert wrong.status_code == 422
    assert wrong.content.decode().count(" checked") == 1
    data = {"lines": lines, "approval_number": "978/5", "approved_on": "10/3/2026"}
    assert client.post(f"/meja/dnc/{found.pk}/", data).status_code == 302
    assert states(waiting) == [State.DISETUJUI, State.DISETUJUI, State.PERSETUJUAN]
    assert {Proposal.objects.get(pk=case.pk).approval_number for case in waiting[:2]} == {"978/5"}
    sheet = f"/meja/dnc/{found.pk}/persetujuan/pdf/?nomor=978/5"
    assert sheet in client.get(f"/meja/dnc/{found.pk}/").content.decode()
    drawn = []
    monkeypatch.setattr(dnc.documents, "render", lambda name, said, at: drawn.append(said) or b"%PDF-1.7")
    assert client.get(sheet).content == b"%PDF-1.7"
    (said,) = drawn
    assert (said["nomor"], said["jumlah"][-1], said["penanda"]["post"]) == (
        "978/5",
        "Rp24.000.000",
        "Wali Kota Bandung",
    )
    assert {row[1] for row in said["baris"]} == {case.recipient.name for case in waiting[:2]}
    assert client.get(sheet.replace("978/5", "978/6")).status_code == 404


def test_one_line_that_cannot_be_approved_stops_all(client, staff, waiting):
    make(client, staff)
    found = NominativeList.objects.get()
    sign(client, staff, found)
    line = found.lines.last()
    from sabilulungan.models import DeclaredInterest

    DeclaredInterest.objects.create(user=staff.head, recipient=line.proposal.recipient, relation="Adik")
    client.force_login(staff.head)
    data = {
        "lines": [str(one.pk) for one in found.lines.all()], "approval_number": "978/5", "approved_on": "10/3/2026",
    }  # fmt: skip
    refused = client.post(f"/meja/dnc/{found.pk}/", data)
    assert refused.status_code == 422
    assert f"Baris 2, {line.proposal.recipient.name}:" in refused.content.decode()
    assert states(waiting) == [State.PERSETUJUAN] * 3
    data["lines"] = [str(found.lines.first().pk)]
    assert client.post(f"/meja/dnc/{found.pk}/", data).status_code == 302
    assert states(waiting).count(State.DISETUJUI) == 1


def test_a_list_is_decided_only_after_the_secretary_signed_it(client, staff, waiting):
    make(client, staff)
    found = NominativeList.objects.get()
    address, lines = f"/meja/dnc/{found.pk}/", [str(line.pk) for line in found.lines.all()]
    client.force_login(staff.head)
    page = client.get(address).content.decode()
    assert "Menunggu tanda tangan sekretaris daerah" in page
    assert "Unggah daftar yang bertanda tangan" not in page
    decided = {"lines": lines, "approval_number": "978/5", "approved_on": "10/3/2026"}
    told = f"Daftar nominatif {found.number} belum bertanda tangan sekretaris daerah."
    assert told in client.post(address, decided).content.decode()
    case = waiting[0]
    person, action, data, _ = staff.steps(case)[State.PERSETUJUAN]
    with pytest.raises(Refused) as refused:  # nor by itself, past the list
        flow.perform(case, action, person, data=data)
    assert [fault.sentence for fault in refused.value.faults] == [told]
    assert client.post(address, {"pindaian": "ya", "scan": build.pdf(), "name": "Saya"}).status_code == 403
    assert sign(client, staff, found, name="").status_code == 422
    photo = {"pindaian": "ya", "scan": build.photo(), "name": "Ema Sumarna"}
    refused_page = client.post(address, photo)
    assert (refused_page.status_code, "Ema Sumarna" in refused_page.content.decode()) == (422, True)
    assert states(waiting) == [State.PERSETUJUAN] * 3
    for words in ("satu", "dua"):
        assert sign(client, staff, found, words=words).status_code == 302
    assert client.get(f"{address}pdf/").content.endswith(b"dua")
    client.force_login(staff.head)
    assert client.post(address, decided).status_code == 302
    again = sign(client, staff, found, words="tiga")
    assert "sudah mulai diputuskan" in again.content.decode()
    assert client.get(f"{address}pdf/").content.endswith(b"dua")
    entry = AuditEntry.objects.filter(action="unggah_dnc_tertanda").last()
    assert (entry.actor, entry.role, entry.data["penanda_tangan"]) == (staff.budget, "TAPD", "Ema Sumarna")


@pytest.mark.parametrize("name", ["tu", "office", "sorter"])
def test_others_do_not_see_lists(client, staff, waiting, name):
    make(client, staff)
    client.force_login(getattr(staff, name))
    for address in ("/meja/dnc/", f"/meja/dnc/{NominativeList.objects.get().pk}/"):
        assert client.get(address).status_code == 404
