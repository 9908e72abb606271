"""The demo story: believable, the same every time, loaded once, for any region."""

import json

import pytest
import time_machine

import support
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


def sumbawa_barat():
    """Return region data of a kabupaten in WITA with desa, and no consideration team."""
    data = {**region.plain(region.region())}
    data["region"] = {**data["region"], "code": "52.07", "kind": "kabupaten", "name": "Kabupaten Sumbawa Barat"}
    data["region"]["short_name"] = "Sumbawa Barat"
    data["terms"] = {**data["terms"], "head": "Bupati", "government_long": "Pemerintah Kabupaten Sumbawa Barat"}
    data["locale"] = {**data["locale"], "timezone": "Asia/Makassar", "tz_label": "WITA"}
    return data


PLACES = """code,parent,level,kind,name,postal_code
52.07.01,52.07,3,kecamatan,Jereweh,
52.07.02,52.07,3,kecamatan,Taliwang,
52.07.01.2001,52.07.01,4,desa,Beru,84456
52.07.01.2002,52.07.01,4,desa,Goa,84456
52.07.02.1001,52.07.02,4,kelurahan,Kuang,84455
52.07.02.1002,52.07.02,4,kelurahan,Dalam,84455
"""


def test_check_14_the_same_software_for_a_kabupaten(tmp_path, monkeypatch, november, client):
    from regions import six_steps

    data = {**sumbawa_barat(), "grants": {**six_steps(), "regulation": "Peraturan Bupati Nomor 5 Tahun 2024"}}
    data["app"] = {**data["app"], "legal_basis": ["Peraturan Bupati Nomor 5 Tahun 2024"]}
    (tmp_path / "region.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "wilayah.csv").write_text(PLACES, encoding="utf-8")
    holidays = (support.BOOTSTRAP / "core/holidays.csv").read_text(encoding="utf-8")
    (tmp_path / "holidays.csv").write_text(holidays, encoding="utf-8")
    monkeypatch.setenv("KIT_REGION_DIRS", str(tmp_path))
    region.forget()
    loaded()
    case = Proposal.objects.filter(state=State.DISETUJUI, recipient__type="ORMAS").first()
    assert case.number.startswith("5207-")
    assert find(case.recipient.village_code).kind in ("desa", "kelurahan")
    shown = public.case(case)
    assert len(shown.path) == 11
    page = client.get(f"/usulan/{case.number}/").content.decode()
    assert "Disetujui Bupati" in page
    assert "Wali Kota" not in page
    assert "Tim Pertimbangan" not in page
