"""Lane RUJUK: a number of OSS or SIMBG is written down, compared, struck; what stands in the public register."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse

from build import outside_number, person
from core import dates, wilayah
from core.errors import NotAllowed, Refused
from core.models import Notification
from hayu.domain import referrals, retention
from hayu.domain.referrals import TABLE, machine
from hayu.enums import Outside, State
from hayu.enums import ReferralAction as Act
from hayu.enums import ReferralState as S
from hayu.models import Referral
from hayu.rules import kbli

PBG = "PBG-327305-12012026-01"
WHY = "Nomor ini tidak ada di OSS."


def test_rows_of_the_table():
    assert [(row.source, row.action, row.target) for row in TABLE] == [
        (("",), Act.CATAT, S.TERCATAT), ((S.TERCATAT,), Act.COCOKKAN, S.COCOK),
        ((S.TERCATAT, S.COCOK), Act.CORET, S.DICORET),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "912009900001"}, "number"), ({"number": "siup lama"}, "number"),
        ({"system": Outside.SIMBG, "number": "PBG"}, "number"), ({"name": "  "}, "name"),
        ({"village_code": "99.99.99.9999"}, "village_code"), ({"consent": " "}, "consent"),
    ],
)  # fmt: skip
def test_all_or_nothing_is_written(world, change, field):
    with pytest.raises(Refused) as refusal:
        outside_number(world.desk if "consent" in change else world.owner, **change)
    assert [fault.field for fault in refusal.value.faults] == [field]
    assert Referral.objects.count() == 0


def test_numbers_are_written_as_their_system_does():
    assert referrals.normalise(Outside.OSS, "9120 0990 00017") == "9120099000017"
    assert referrals.normalise(Outside.SIMBG, " pbg-327305-12012026-01 ") == PBG


def test_once_until_it_is_struck(world):
    first = outside_number(world.owner)
    with pytest.raises(Refused, match="Perbaiki yang ditandai"):
        outside_number(world.stranger, "9120 0990 00017")
    struck = machine.perform(first.pk, Act.CORET, world.owner, note="Salah ketik.")
    assert (struck.state, struck.ended_on) == (S.DICORET, dates.today())
    assert outside_number(world.stranger).state == S.TERCATAT


def test_compared_by_another_and_told(world):
    row = outside_number(world.owner)
    both = person("loket_verifikator", "LOKET")
    both.assignments.create(role="VERIFIKATOR", valid_from=dt.date(2020, 1, 1))
    own = outside_number(both, "9120099000025", consent="Lisan di loket")
    assert list(referrals.waiting(world.checker)) == [row, own]
    assert list(referrals.waiting(both)) == [row]
    client = Client()
    client.force_login(world.checker)
    assert "2 hal menunggu Anda" in client.get("/tugas/").content.decode()
    for actor in (world.owner, world.stranger, world.auditor):
        with pytest.raises(NotAllowed):
            machine.perform(row.pk, Act.COCOKKAN, actor)
    with pytest.raises(NotAllowed, match="petugas lain"):
        machine.perform(own.pk, Act.COCOKKAN, both)
    done = machine.perform(row.pk, Act.COCOKKAN, world.checker)
    assert (done.state, done.checked_on) == (S.COCOK, dates.today())
    told = Notification.objects.get(event="rujukan.cocok")
    assert (told.user, told.link) == (world.owner, f"/rujukan/{row.public_id}/")
    machine.perform(row.pk, Act.CORET, world.checker, note=WHY)
    assert WHY in Notification.objects.get(event="rujukan.dicoret").body


def test_from_the_wizard_to_the_public_register(world):
    """What the wizard knew goes along; the register names business and place, not the owner; struck ones are gone."""
    client = Client()
    address = f"{reverse('hayu:referral_record')}?sistem=OSS&kbli=2025-47721"
    page = client.get("/mulai/?keperluan=usaha&kbli=2025-47721").content.decode()
    assert address.replace("&", "&amp;") in page
    assert (
        f"{reverse('hayu:referral_record')}?sistem=SIMBG" in client.get("/mulai/?keperluan=bangunan").content.decode()
    )
    client.force_login(world.owner)
    place = wilayah.villages()[0]
    typed = {"system": "OSS", "number": "9120", "name": "Apotek Sehat", "village_code_3": place.parent,
             "village_code_4": place.code}  # fmt: skip
    page = client.post(address, typed).content.decode()
    assert "NIB terdiri dari 13 angka; yang tertulis 4 tanda." in page
    assert 'value="9120"' in page
    answer = client.post(address, typed | {"number": "9120 0990 00017"})
    row = Referral.objects.get()
    assert answer.url == reverse("hayu:referral", args=[row.public_id])
    assert (row.kbli_code, row.applicant, row.channel, row.consent) == ("47721", world.owner, "WEB", "")
    assert "Apotek Sehat" in client.get("/saya/").content.decode()
    anybody = Client()
    for public in (
        "/daftar-rujukan/",
        "/daftar-rujukan/?ekspor=csv",
        "/daftar-rujukan/?ekspor=json",
        "/api/v1/rujukan",
    ):
        answer = anybody.get(public)
        said = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        assert "9120099000017" in said
        assert "Apotek Sehat" in said
        assert "Ani" not in said
        assert world.owner.nik not in said
    assert json.loads(anybody.get("/api/v1/rujukan?sistem=SIMBG").content)["jumlah"] == 0
    assert "9120099000017" not in anybody.get("/daftar-rujukan/?keadaan=COCOK").content.decode()
    machine.perform(row.pk, Act.CORET, world.owner, note="Usaha pindah.")
    assert "Belum ada nomor yang dicatat." in anybody.get("/daftar-rujukan/").content.decode()


def test_a_report_that_has_grown_gets_its_number(world):
    """Only its owner; the form knows the business; officers read the number on the report."""
    report = world.report(State.DIRUJUK_OSS)
    client, address = Client(), f"{reverse('hayu:referral_record')}?laporan="
    client.force_login(world.stranger)
    assert client.get(address + report.public_id).status_code == 404
    client.force_login(world.owner)
    assert address + report.public_id in client.get(reverse("hayu:report", args=[report.public_id])).content.decode()
    assert 'value="Laundry Bu Ani"' in client.get(address + report.public_id).content.decode()
    typed = {"system": "OSS", "number": "9120099000017", "name": "Laundry Ani", "village_code_3": report.district_code,
             "village_code_4": report.village_code}  # fmt: skip
    client.post(address + report.public_id, typed)
    row = report.referrals.get()
    assert (row.kbli_code, row.activity) == (report.kbli_code, kbli.find(report.kbli_code))
    for user, link in ((world.owner, True), (world.inspector, False)):
        client.force_login(user)
        page = client.get(reverse("hayu:report", args=[report.public_id])).content.decode()
        assert "9120099000017" in page
        assert (f"/rujukan/{row.public_id}/" in page) == link
        assert "Catat NIB usaha ini" not in page


def test_where_the_region_keeps_none(world, monkeypatch):
    monkeypatch.setattr(referrals, "is_open", lambda: False)
    client = Client()
    assert "Sudah punya nomornya" not in client.get("/mulai/?keperluan=bangunan").content.decode()
    client.force_login(world.owner)
    assert client.get(reverse("hayu:referral_record")).status_code == 404


def test_lists_take_the_same_queries_for_one_and_three(world, django_assert_max_num_queries):
    client = Client()
    outside_number(world.owner)
    client.force_login(world.checker)
    for address in ("/rujukan/", "/daftar-rujukan/"):
        client.get(address)
        with django_assert_max_num_queries(16) as one:
            client.get(address)
        made = [outside_number(world.owner, f"91200990000{number}") for number in (31, 49)]
        with django_assert_max_num_queries(len(one.captured_queries)):
            page = client.get(address).content.decode()
        assert page.count("9120099000") == 3
        for row in made:
            machine.perform(row.pk, Act.CORET, world.owner, note="Salah ketik.")


def test_a_struck_number_is_forgotten_in_its_time(world):
    row = outside_number(world.owner)
    machine.perform(row.pk, Act.CORET, world.owner, note="Salah ketik.")
    day = dates.today().replace(year=dates.today().year - 10, day=1) - dt.timedelta(days=1)
    Referral.objects.update(ended_on=day)
    assert retention.run(dates.today())["RUJUKAN"] == 1
    row.refresh_from_db()
    assert (row.name, row.number, row.applicant, row.filed_by) == ("Data dihapus", f"anonimkan-{row.pk}", None, None)
    assert retention.run(dates.today())["RUJUKAN"] == 0
