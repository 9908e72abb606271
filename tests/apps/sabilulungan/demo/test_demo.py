"""The demo story: believable, the same every time, loaded once, for any region."""

import json
import os

import pytest
import rendered
import time_machine

from core import audit, region
from core.demo import DemoAccounts
from core.wilayah import find
from sabilulungan.domain.demo import load
from sabilulungan.domain.queries import lists, public
from sabilulungan.enums import Role, State
from sabilulungan.models import Flag, Proposal, Recipient

pytestmark = pytest.mark.django_db

NOVEMBER = "2026-11-25T03:00:00+00:00"


def loaded(known=None):
    accounts = DemoAccounts(known)
    load(accounts)
    return {account.username: account for account in accounts.made}


@pytest.fixture
def november():
    with time_machine.travel(NOVEMBER, tick=False):
        yield


def test_the_story_once_and_again(november, client, settings):
    accounts = loaded()
    first = list(Proposal.objects.order_by("pk").values_list("number", "state", "amount_asked", "amount_approved"))
    assert 55 <= len(first) <= 65
    states = {state for _, state, _, _ in first}
    assert states >= {
        State.DRAF,
        State.DIAJUKAN,
        State.PERBAIKAN,
        State.DISPOSISI,
        State.EVALUASI,
        State.PERSETUJUAN,
        State.DISETUJUI,
        State.DITARIK,
    }
    assert audit.verify() == []
    assert Recipient.objects.filter(type__in=["INDIVIDU", "KELUARGA"]).count() >= 6
    assert not Flag.objects.filter(severity="RED").exists()
    again = loaded({name: account.password for name, account in accounts.items()})
    assert again == accounts
    assert first == list(
        Proposal.objects.order_by("pk").values_list("number", "state", "amount_asked", "amount_approved")
    )
    roles = {account.role for account in accounts.values()}
    assert roles == {
        Role.PEMOHON, Role.OPERATOR, Role.TU, Role.KDH, Role.TP, Role.OPD, Role.TAPD, Role.KEU, Role.INSPEKTORAT,
        Role.PENGAWAS, Role.ADMIN_WILAYAH,
    }  # fmt: skip
    for account in accounts.values():
        assert client.login(username=account.username, password=account.password)
        assert client.get("/mulai/", follow=True).status_code == 200


def test_everybody_at_the_desk_has_work(november):
    from core.models import User

    accounts = loaded()
    waiting = {
        account.role: lists.queue_counts(User.objects.get(username=account.username))["all"]
        for account in accounts.values()
        if account.role in (Role.TU, Role.KDH, Role.TP, Role.TAPD, Role.OPD)
    }
    assert min(waiting.values()) >= 1, waiting
    assert lists.needs_applicant(User.objects.get(username="pemohon")) == 2


@pytest.mark.parametrize(
    ("code", "prefix", "head", "other_heads"),
    [
        (rendered.SUMBAWA_BARAT, "5207-", "Bupati", ("Wali Kota", "Gubernur")),
        (rendered.BANTEN, "36-", "Gubernur", ("Wali Kota", "Bupati")),
    ],
)
def test_check_14_the_same_software_for_another_region(monkeypatch, november, client, code, prefix, head, other_heads):
    monkeypatch.setenv("KIT_REGION_DIRS", rendered.dirs("sabilulungan", code))
    region.forget()
    loaded()
    case = Proposal.objects.filter(state=State.DISETUJUI, recipient__type="ORMAS").first()
    assert case.number.startswith(prefix)
    assert find(case.recipient.village_code).code.startswith(code)
    page = client.get(f"/usulan/{case.number}/").content.decode()
    assert f"Disetujui {head}" in page
    assert [word for word in (*other_heads, "Bandung Wetan") if word in page] == []


def test_a_kabupaten_without_a_consideration_team(tmp_path, monkeypatch, november, client):
    from regions import six_steps

    made = rendered.folders(rendered.SUMBAWA_BARAT)
    own = json.loads((made["sabilulungan"] / "sabilulungan.json").read_text(encoding="utf-8"))
    (tmp_path / "sabilulungan.json").write_text(json.dumps({**own, "grants": six_steps()}), encoding="utf-8")
    monkeypatch.setenv("KIT_REGION_DIRS", os.pathsep.join([str(made["core"]), str(tmp_path)]))
    region.forget()
    loaded()
    case = Proposal.objects.filter(state=State.DISETUJUI, recipient__type="ORMAS").first()
    assert find(case.recipient.village_code).kind in ("desa", "kelurahan")
    assert len(public.case(case).path) == 11
    page = client.get(f"/usulan/{case.number}/").content.decode()
    assert "Disetujui Bupati" in page
    assert "Tim Pertimbangan" not in page
