"""Drafts: one for a wish, saved, thrown away."""

import pytest

from build import draft
from core import audit
from core.errors import Refused, Stale
from core.models import AuditEntry
from hayu.domain import drafts
from hayu.enums import State
from hayu.models import Report
from hayu.rules import kbli


def test_a_second_begin_opens_the_same_empty_draft(world):
    first = drafts.begin(world.owner, kbli.find("96100"), capital=5_000_000)
    second = drafts.begin(world.owner, kbli.find("96100"), capital=7_000_000)
    assert first.pk == second.pk
    assert Report.objects.get().capital == 7_000_000


def test_own_data_are_filled_in(world):
    report = drafts.begin(world.owner, kbli.find("96100"))
    assert (report.holder_name, report.nik) == ("Ani Suryani", world.owner.nik)


def test_the_desk_never_fills_in_its_own_data(world):
    report = drafts.begin(world.desk, kbli.find("96100"), desk=True)
    assert (report.holder_name, report.nik, report.applicant) == ("", "", None)


def test_too_many_drafts(world):
    for code in list(kbli.activities())[:10]:
        drafts.begin(world.owner, kbli.find(code))
    with pytest.raises(Refused, match="10 draf"):
        drafts.begin(world.owner, kbli.find("96100"))


def test_two_windows(world):
    report = draft(world.owner)
    drafts.save(report, {"workers": 4}, world.owner, version=report.version)
    with pytest.raises(Stale):
        drafts.save(report, {"workers": 5}, world.owner, version=report.version)
    assert Report.objects.get().workers == 4


def test_a_sent_report_is_no_draft(world):
    report = world.report()
    with pytest.raises(Refused):
        drafts.save(report, {"capital": 1}, world.owner)
    with pytest.raises(Refused):
        drafts.discard(report, world.owner)


def test_discarding_leaves_a_trace(world):
    report = draft(world.owner)
    drafts.discard(report, world.owner)
    assert Report.objects.count() == 0
    assert AuditEntry.objects.order_by("-seq").first().action == "buang"
    assert audit.verify() == []


def test_draft_state(world):
    assert draft(world.owner).state == State.DRAF
