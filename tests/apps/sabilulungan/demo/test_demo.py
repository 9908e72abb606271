"""The demo of other regions: the same software, their own words, places and steps."""

import json
import os

import pytest
import rendered
import time_machine

import support
from core import region
from core.demo import DemoAccounts
from core.wilayah import find
from sabilulungan.domain.demo import load
from sabilulungan.domain.queries import public
from sabilulungan.enums import State
from sabilulungan.models import Agreement, Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def november():
    with time_machine.travel("2026-11-25T03:00:00+00:00", tick=False):
        yield


@pytest.mark.skipif(not support.WHOLE, reason=support.OTHER_REGIONS)
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
    load(DemoAccounts())
    case = Proposal.objects.filter(state=State.DISETUJUI, recipient__type="ORMAS").first()
    assert case.number.startswith(prefix)
    assert find(case.recipient.village_code).code.startswith(code)
    page = client.get(f"/usulan/{case.number}/").content.decode()
    assert f"Disetujui {head}" in page
    signed = set(Agreement.objects.filter(number__isnull=False).values_list("giver_post", flat=True))
    by_office = code == rendered.BANTEN  # there the office's head signs decree and agreement
    assert signed
    assert all(post.startswith("Kepala " if by_office else f"{head} ") for post in signed)
    assert [word for word in (*other_heads, "Bandung Wetan") if word in page] == []


@pytest.mark.skipif(not support.WHOLE, reason=support.OTHER_REGIONS)
def test_a_kabupaten_without_a_consideration_team(tmp_path, monkeypatch, november, client):
    from regions import six_steps

    made = rendered.folders(rendered.SUMBAWA_BARAT)
    own = json.loads((made["sabilulungan"] / "sabilulungan.json").read_text(encoding="utf-8"))
    (tmp_path / "sabilulungan.json").write_text(json.dumps({**own, "grants": six_steps()}), encoding="utf-8")
    monkeypatch.setenv("KIT_REGION_DIRS", os.pathsep.join([str(made["core"]), str(tmp_path)]))
    region.forget()
    load(DemoAccounts())
    case = Proposal.objects.filter(state=State.DISETUJUI, recipient__type="ORMAS").first()
    assert find(case.recipient.village_code).kind in ("desa", "kelurahan")
    assert len(public.case(case).path) == 11
    page = client.get(f"/usulan/{case.number}/").content.decode()
    assert "Disetujui Bupati" in page
    assert "Tim Pertimbangan" not in page
