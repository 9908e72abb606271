"""F06: a proposal that says or asks for nearly the same as another recipient's is flagged, found by an index."""

from decimal import Decimal

import pytest
import time_machine

import build
from sabilulungan.domain import drafts, flags
from sabilulungan.models import LikenessMark, Proposal

pytestmark = pytest.mark.django_db
STORY = (
    "Warga RW kami belum punya tempat belajar komputer sehingga anak muda sulit mencari kerja. Karena itu kami "
    "mengadakan pelatihan dua puluh kali di balai warga dengan pelatih dari sekolah kejuruan setempat, agar setiap "
    "peserta dapat membuat surat, menyusun laporan penjualan, dan memasarkan hasil usahanya sendiri."
)
LINES = [
    drafts.LineData(what, Decimal(4), "unit", price)
    for what, price in (("Sewa proyektor", 350_000), ("Cetak modul", 45_000), ("Honor pelatih", 275_000))
]


@pytest.fixture(autouse=True)
def _open():
    with time_machine.travel(build.OPEN_DAY, tick=False):
        yield


def filed(recipient, applicant, story=STORY, lines=LINES):
    draft = build.draft(recipient, applicant, background=story)
    return build.send(drafts.save_lines(draft, lines, draft.version), applicant)


def alike(case):
    return [(flag.severity, flag.score, flag.other, flag.sentence) for flag in case.flags.filter(rule="F06")]


def test_nearly_the_same_words_and_the_same_plan():
    ani, budi = build.user("ani"), build.user("budi")
    first = filed(build.organisation(ani), ani)
    second = filed(build.organisation(budi), budi, STORY.replace("dua puluh", "tiga puluh"))
    other_words = " ".join(sorted(STORY.split()))
    other_plan = [*LINES[:2], drafts.LineData("Sewa", Decimal(1), "hari", 9_000)]
    third = filed(build.organisation(budi), budi, other_words, other_plan)
    (text, plan) = alike(second)
    assert text[:3] == ("YELLOW", text[1], first)
    assert 80 <= text[1] < 100
    assert text[3] == f"Latar belakang dan tujuan {text[1]}% sama dengan usulan penerima lain."
    assert plan == ("YELLOW", 100, first, "Rincian biaya 100% sama dengan usulan penerima lain.")
    assert [(severity, score, other) for severity, score, other, _ in alike(first)] == [
        ("YELLOW", text[1], second), ("YELLOW", 100, second),
    ]  # fmt: skip
    assert alike(third) == []
    assert flags.scan(second) == []  # known already
    assert "value" in LikenessMark.objects.filter(value__in=[1, 2]).explain()


def test_the_same_recipient_may_say_the_same_and_changed_words_are_remembered():
    ani = build.user("ani")
    body = build.organisation(ani)
    first = filed(body, ani)
    held = set(first.likeness_marks.values_list("value", flat=True))
    assert len(held) == 16
    flags.scan(first)
    assert set(first.likeness_marks.values_list("value", flat=True)) == held
    Proposal.objects.filter(pk=first.pk).update(background="Singkat.")
    first.refresh_from_db()
    flags.scan(first)
    assert first.likeness_marks.count() == 8  # of the plan only
    assert alike(first) == []
