"""October 2026 of two hundred people, every role acting, from the log to the pay list, recomputed apart to the rupiah.

Work of the story day goes through the log and the inbox; the routine of the other days is written as approved.
"""

import csv
from collections import Counter, defaultdict
from fractions import Fraction

from django.test import Client
from django.urls import reverse
from recompute import CEILINGS, Rules
from script import (
    CORRECTED,
    FROM_HOSPITAL,
    JOINED,
    LEFT,
    TO_HOSPITAL,
)
from scripted import OCTOBER, Script
from world import fresh

from erk.domain import (
    policy,
    rulebook,
)
from erk.domain.queries import paylist
from erk.domain.statements import of_recap
from erk.domain.trial import try_on
from erk.models import BulanOpd, Rekap


def pay_list(user) -> list[dict[str, str]]:
    """Return the pay list as finance downloads it."""
    client = Client()
    client.force_login(fresh(user), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("erk:listing", args=["daftar-bayar"]) + "?bulan=2026-10&ekspor=csv")
    return list(csv.DictReader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))


def test_the_month_of_two_hundred_people_is_paid_to_the_rupiah(db, at, rules_changed):
    classes = [{"grade": g, "workload": pk, "other": pl} for g, (pk, pl) in CEILINGS.items()]
    rules_changed(tpp_classes=classes, blud_percent="40")
    script = Script(at)
    for part in (script.arrive, script.work, script.routine, script.bring_the_rest, script.close):
        part()
    before = script.expected()
    computed = {row.pegawai.nip: row.tpp for row in Rekap.objects.select_related("pegawai")}
    assert computed == {number: total for number, (total, _) in before.items()}
    trials_agree(script)
    script.correct()
    after = script.expected()
    changed = {number for number in after if after[number] != before[number]}
    assert changed == {script.staff[CORRECTED].nip}

    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in pay_list(script.who["finance"]):
        key = "koreksi" if line["Uraian"].startswith("Koreksi") else line["Mata anggaran"]
        found[line["NIP"]][key] += int(line["Jumlah"])
    assert set(found) == {person.nip for person in script.staff}
    for number, (total, other) in before.items():
        lines = {"5.1.01.02.01": total - other, "5.1.01.02.03": other, "koreksi": after[number][0] - total}
        assert found[number] == Counter({key: amount for key, amount in lines.items() if amount}), number
    sums = sum(found.values(), Counter())
    assert sum(sums.values()) == sum(total for total, _ in after.values())
    assert sums["5.1.01.02.01"] + sums["5.1.01.02.03"] == sum(BulanOpd.objects.values_list("jumlah", flat=True))
    assert sum(row.amount for row in paylist.pay_lines(OCTOBER)) == sum(sums.values())
    varied(script, before)
    slips_stay(computed)


def trials_agree(script: Script) -> None:
    """What the month would have cost by every other policy, recomputed apart too."""
    tenths = (Fraction(7, 10), Fraction(2, 10), Fraction(1, 10))
    weights = {"weight_activity": "70", "weight_skp": "20", "weight_behaviour": "10"}
    for formula, others, rules in (
        ({"policy": "AMBANG_PENUH"}, {}, Rules(kind="AMBANG_PENUH")),
        ({"policy": "BERTINGKAT"}, {}, Rules(kind="BERTINGKAT")),
        ({"gate": "PRODUKTIVITAS"}, {}, Rules(gate="PRODUKTIVITAS")),
        (weights, {}, Rules(weights=tenths)),
        ({}, {"blud_percent": "0"}, Rules(blud=Fraction(0))),
        ({}, {"blud_percent": "72.5"}, Rules(blud=Fraction(29, 40))),
    ):
        values = policy.profile_values() | others
        values["formula"] |= formula
        trial = try_on(OCTOBER, rulebook.checked(values))
        assert trial.after == sum(total for total, _ in script.expected(rules).values()), (formula, others)


def varied(script: Script, paid: dict[str, tuple[int, int]]) -> None:
    """The script is worth its name: nobody paid, somebody in full, gates, parts of a month, cuts and caps."""
    recaps = {row.pegawai.nip: row for row in Rekap.objects.select_related("pegawai")}
    totals = [total for total, _ in paid.values()]
    assert totals.count(0) >= 5
    assert sum(row.tpp == row.pagu for row in recaps.values()) >= 3
    assert len(set(totals)) > 100
    assert {recaps[script.staff[index].nip].rincian["bagian_bulan"] == "1" for index in (JOINED, LEFT)} == {False}
    shares = {index: recaps[script.staff[index].nip].rincian["bagian_skema"] for index in (TO_HOSPITAL, FROM_HOSPITAL)}
    assert [share[:4] for share in shares.values()] == ["0.59", "0.80"]  # of 22 days 15, and 7, at two fifths
    assert any(row.rincian["di_atas_batas_harian"] for row in recaps.values())
    assert any(row.rincian["di_luar_katalog_lebih"] for row in recaps.values())


def slips_stay(computed: dict[str, int]) -> None:
    """Every stored slip comes out of its own inputs and rule version again, whatever has changed since."""
    rows = Rekap.objects.select_related("kebijakan", "jabatan__opd", "pegawai")
    again = {row.pegawai.nip: of_recap(row).slip.tpp for row in rows}
    assert again == computed
