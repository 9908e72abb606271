"""Unplanned social aid: its short track, the cash limit, the budget, the recap of 5 January, sums per village."""

import datetime as dt

import later
import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import Sum

import build
from core import audit, tasks
from core.errors import NotAllowed, Refused
from core.wilayah import villages
from sabilulungan.domain import aid as aids
from sabilulungan.enums import AidAction, AidState, Role
from sabilulungan.models import AidRecap, UnplannedAid

pytestmark = pytest.mark.django_db
DAY = later.at(2027, 4, 5)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(DAY, tick=False) as moved:
        yield moved


@pytest.fixture
def staff():
    found = later.LaterStaff()
    found.counter = build.user("loket", Role.OPERATOR)
    found.social = build.user("dinsos", (Role.OPD, "dinsos"))
    later.enact(found)
    return found


def values(amount=6_000_000, **changes):
    return {
        "office": "dinsos", "request_letter": "460/7/Kel", "name": "Rosidah Nurjanah", "nik": build.nik(),
        "nik_token": "x", "address": "Gang Mawar 4", "village_code": villages()[3].code, "purpose": "BENCANA",
        "need": "Rumah terbakar.", "amount": amount, **changes,
    }  # fmt: skip


def approved(staff, amount=6_000_000, **changes):
    aid = aids.begin(staff.counter, values(amount, **changes))
    aids.perform(aid, AidAction.PERIKSA, staff.social)
    aids.perform(aid, AidAction.TERUSKAN, staff.social, note="Sudah dilihat.")
    return aids.perform(aid, AidAction.SETUJUI, staff.head, data={"approval": "460/1"})


def given(staff, amount=2_000_000, **changes):
    payment = {"way": "TRANSFER", "receipt": "TRF/1", "paid_on": DAY.date()}
    return aids.perform(approved(staff, amount, **changes), AidAction.SALURKAN, staff.finance, data=payment)


def test_check_12_six_million_in_cash_is_refused_and_the_recap_is_the_sum(staff, clock):
    aid = approved(staff)
    cash = {"way": "TUNAI", "receipt": "K/1", "paid_on": DAY.date()}
    with pytest.raises(Refused) as error:
        aids.perform(aid, AidAction.SALURKAN, staff.finance, data=cash)
    assert [(fault.field, fault.sentence) for fault in error.value.faults] == [
        ("way", "Tunai paling banyak Rp5.000.000; bayar lewat rekening penerima.")
    ]
    with pytest.raises(IntegrityError, match="sab_aid_cash_limit"), transaction.atomic():
        UnplannedAid.objects.filter(pk=aid.pk).update(way="TUNAI")
    aids.perform(aid, AidAction.SALURKAN, staff.finance, data={**cash, "way": "TRANSFER"})
    given(staff, 1_500_000)
    approved(staff, 1_000_000)  # not given, so not in the recap
    clock.move_to(dt.datetime(2028, 1, 4, 16, 59, tzinfo=dt.UTC))  # 23.59 WIB on 4 January
    assert tasks.run("rekap_bansos_mendesak") == "nothing due"
    clock.move_to(later.at(2028, 1, 5))
    assert tasks.run("rekap_bansos_mendesak") == "2 cases, Rp7500000"
    assert tasks.run("rekap_bansos_mendesak") == "nothing due"
    recap = AidRecap.objects.get()
    assert recap.total == recap.cases.aggregate(total=Sum("amount"))["total"] == 7_500_000
    assert audit.verify() == []


def test_the_year_never_spends_more_than_is_set_aside(staff):
    approved(staff, 9_000_000)
    aid = aids.begin(staff.counter, values(1_000_001))
    aids.perform(aid, AidAction.PERIKSA, staff.social)
    aids.perform(aid, AidAction.TERUSKAN, staff.social, note="Layak.")
    with pytest.raises(Refused) as error:
        aids.perform(aid, AidAction.SETUJUI, staff.head, data={"approval": "460/2"})
    assert error.value.faults[0].sentence == "Melebihi sisa anggaran bantuan tidak terencana, Rp1.000.000."
    assert UnplannedAid.objects.get(pk=aid.pk).state == AidState.PERSETUJUAN_KDH


def test_another_office_and_the_one_who_entered_it_do_not_check(staff):
    aid = aids.begin(staff.social, values())
    with pytest.raises(NotAllowed, match="sudah bertindak pada tahap lain"):
        aids.perform(aid, AidAction.PERIKSA, staff.social)
    with pytest.raises(NotAllowed):
        aids.perform(aid, AidAction.PERIKSA, staff.office)
    assert list(aids.visible(staff.office)) == []


def test_pages_from_request_to_payment_and_nothing_personal_outside(client, staff):
    client.force_login(staff.counter)
    village = villages()[3]
    data = {
        "office": "dinsos", "request_letter": "460/7/Kel", "name": "Rosidah Nurjanah", "nik": build.nik(),
        "address": "Gang Mawar 4", "village_code_3": village.parent, "village_code_4": village.code,
        "purpose": "BENCANA", "need": "Rumah terbakar.", "amount": "2 juta",
    }  # fmt: skip
    wrong = client.post("/meja/bansos-mendesak/baru/", {**data, "nik": "123"})
    assert (wrong.status_code, 'value="Gang Mawar 4"' in wrong.content.decode()) == (422, True)
    assert client.post("/meja/bansos-mendesak/baru/", data).status_code == 302
    aid = UnplannedAid.objects.get()
    address = f"/meja/bansos-mendesak/{aid.number}/"
    for person, action, typed in (
        (staff.social, "PERIKSA", {}),
        (staff.social, "TERUSKAN", {"note": "Sudah dilihat."}),
        (staff.head, "SETUJUI", {"approval": "460/1"}),
        (staff.finance, "SALURKAN", {"way": "TUNAI", "receipt": "K/9", "paid_on": "5/4/2027"}),
    ):
        client.force_login(person)
        assert aid.number in client.get("/meja/bansos-mendesak/").content.decode()
        aid.refresh_from_db()
        answer = client.post(f"{address}tindakan/{action}/", {**typed, "version": aid.version})
        assert answer.status_code == 302, action
    aid.refresh_from_db()
    assert (aid.state, aid.receipt) == (AidState.DISALURKAN, "K/9")
    client.force_login(staff.office)
    assert client.get(address).status_code == 404
    client.logout()
    page = client.get("/bansos-mendesak/").content.decode()
    assert village.name in page
    assert "Rp2.000.000" in page
    assert [word for word in ("Rosidah", "Gang Mawar", "terbakar", aid.nik, aid.number) if word in page] == []
