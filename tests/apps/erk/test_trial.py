"""The trial of a draft: the month is computed by it as it would have been, whatever the draft changes."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from test_months import OCTOBER, approved, october, recap_of  # noqa: F401  (a fixture)
from test_rulebook import ABSENCES, computed, draft  # noqa: F401  (a fixture)
from world import fresh, user_of

from core import dates
from core.errors import Refused
from core.models import AuditEntry
from erk.domain import months, recount, rulebook, summaries, trials
from erk.domain.facts import MonthReader
from erk.domain.records import Minutes
from erk.domain.trial import Reckoning, try_on
from erk.enums import CorrectionState, Role, Skema
from erk.models import Aktivitas, Koreksi, Penempatan, Rekap, UjiKebijakan
from erk.rules.minutes import between, count


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"policy": "AMBANG_PENUH"},
        {"policy": "BERTINGKAT", "steps": [{"at_least": "80", "factor": "95"}, {"at_least": "30", "factor": "20"}]},
        {"gate": "PRODUKTIVITAS", "threshold": "40"},
        {"productivity": "70", "discipline": "30", "missed_assembly": "3"},
        {"minutes_per_month": 4500},
        {"target_mode": "KALENDER", "minutes_per_day": 210},
        {"daily_cap": 330, "daily_cap_overtime": 380},
        {"free_text_share": "1", "short_illness_days": 1},
        {"absences": [rule | {"credit": 120, "factor": "40", "cut": "3", "cut_from_day": 2} for rule in ABSENCES]},
        {"lateness": [{"up_to": 60, "cut": "2"}, {"up_to": None, "cut": "4"}]},
        {"tpp_classes": [{"grade": grade, "workload": grade * 1_000_003, "other": 500_001} for grade in range(1, 18)]},
    ],
)
def test_a_trial_costs_what_the_month_would_have_cost(world, computed, rules_changed, changes):  # noqa: F811
    values = draft(**changes)
    trial = try_on(OCTOBER, rulebook.checked(values))
    assert (trial.before, trial.people) == (sum(computed.values()), 8)
    assert dict(Rekap.objects.values_list("pegawai__nama", "tpp")) == computed
    rules_changed(**{name: value for name, value in values.items() if name not in ("regulation", "valid_from")})
    months.compute(OCTOBER)
    after = dict(Rekap.objects.values_list("pegawai__nama", "tpp"))
    assert trial.after == sum(after.values())
    assert (trial.more, trial.less) == (
        sum(after[name] > computed[name] for name in after),
        sum(after[name] < computed[name] for name in after),
    )
    assert trial.classes == []
    assert (trial.after != trial.before) is bool(changes)


def test_a_trial_pays_a_scheme_that_only_the_draft_pays_and_the_other_way_round(world, computed, rules_changed):  # noqa: F811
    Penempatan.objects.filter(pegawai__in=[world.ana, world.cici]).update(skema=Skema.BLUD)
    Rekap.objects.filter(pegawai__in=[world.ana, world.cici]).delete()
    without = dict(Rekap.objects.values_list("pegawai__nama", "tpp"))
    trial = try_on(OCTOBER, rulebook.checked(draft(blud_percent="70")))
    rules_changed(blud_percent="70")
    months.compute(OCTOBER)
    paid = dict(Rekap.objects.values_list("pegawai__nama", "tpp"))
    assert (set(paid) - set(without), paid["Ana"] > 0) == ({"Ana", "Cici"}, True)
    assert (trial.people, trial.before, trial.after) == (8, sum(without.values()), sum(paid.values()))
    assert (trial.more, trial.less, trial.nothing) == (sum(paid[name] > 0 for name in ("Ana", "Cici")), 0, 0)
    back = try_on(OCTOBER, rulebook.checked(draft(blud_percent="0")))
    assert (back.people, back.before, back.after) == (8, sum(paid.values()), sum(without.values()))
    assert (back.more, back.less, back.nothing) == (0, trial.more, trial.more)


def clocked(world, who, day, start: str, end: str, *, volume: str, lowered: int | None = None, item=None) -> None:
    """Store an approved entry with true clock times, counted by its norm and the factor of today."""
    row = approved(world, who, day, 1, item=item)
    row.mulai, row.selesai, row.volume = dt.time.fromisoformat(start), dt.time.fromisoformat(end), Decimal(volume)
    worked = between(row.mulai, row.selesai)
    listed, longest = not row.katalog.bebas, row.katalog.norma_maks
    done = count(row.mulai, row.selesai, row.katalog.norma, row.volume, longest=longest) if listed else None
    row.menit_hitung = done.counted if done else worked
    row.menit_setuju = row.menit_hitung if lowered is None else lowered
    row.save()


@pytest.mark.parametrize(("percent", "longest"), [("100", None), ("110", None), ("217.25", None), ("110", 44)])
def test_a_trial_of_the_norm_factor_counts_every_entry_again(world, october, percent, longest):  # noqa: F811
    world.katalog.norma_maks = longest
    world.katalog.save()
    for start, end, volume, lowered in (
        ("08:00", "09:00", "1", None), ("09:00", "09:20", "1", None), ("10:00", "12:00", "1.15", None),
        ("13:00", "14:40", "2.05", None), ("15:00", "16:00", "1", 35), ("16:00", "16:40", "0.5", 20),
    ):  # fmt: skip
        clocked(world, world.ana, october[0], start, end, volume=volume, lowered=lowered)
    clocked(world, world.ana, october[1], "08:00", "08:40", volume="1", item=world.lain)
    months.compute(OCTOBER)
    rules = rulebook.checked(draft(norm_factor=percent))
    expected = 0
    for row in Aktivitas.objects.filter(katalog__bebas=False):
        most = count(row.mulai, row.selesai, 30, row.volume, rules.norm_factor, longest).counted
        expected += min(row.menit_setuju, most) if row.menit_setuju < row.menit_hitung else most
    reader = MonthReader(OCTOBER, rules, approved=recount.approved_by(rules.norm_factor))
    assert reader.read([world.ana.pk]).logged[world.ana.pk] == {
        october[0]: Minutes(expected, 0, 0), october[1]: Minutes(0, 40, 0)
    }  # fmt: skip
    assert (expected == reader_today(october)[0]) is False
    assert try_on(OCTOBER, rules).people == 8


def reader_today(days) -> tuple[int, int]:
    """Return the minutes by the catalogue and outside it that count today."""
    rows = Aktivitas.objects.filter(tanggal__in=days[:2]).values_list("katalog__bebas", "menit_setuju")
    return sum(n for free, n in rows if not free), sum(n for free, n in rows if free)


def test_a_trial_shows_bands_and_who_is_near_the_threshold(world, computed):  # noqa: F811
    assert try_on(OCTOBER, rulebook.checked(draft())).bands == []
    summaries.refresh(OCTOBER)
    trial = try_on(OCTOBER, rulebook.checked(draft(bands_under_used="1", bands_loose="2", bands_full="3")))
    assert {cell.label: (cell.before, cell.after) for cell in trial.bands} == {
        "kelebihan beban": (0, 0), "penuh": (0, 1), "longgar": (0, 0), "kurang terpakai": (0, 0), "menganggur": (3, 2),
    }  # fmt: skip
    everybody = try_on(OCTOBER, rulebook.checked(draft(cliff_low="0", cliff_high="100")))
    assert (
        everybody.warned,
        try_on(OCTOBER, rulebook.checked(draft(cliff_low="99.99", cliff_high="99.99"))).warned,
    ) == (8, 0)


def test_a_trial_of_a_city_goes_on_each_minute_and_is_begun_once(world, computed, monkeypatch, at):  # noqa: F811
    admin = fresh(user_of("Admin-wilayah", (Role.ADMIN_WILAYAH, "")))
    values, expected = draft(policy="AMBANG_PENUH"), try_on(OCTOBER, rulebook.checked(draft(policy="AMBANG_PENUH")))
    monkeypatch.setattr(trials, "AT_ONCE", 7)
    row = trials.begin(admin, values, OCTOBER)
    assert trials.begin(admin, values, OCTOBER).pk == row.pk
    other = trials.begin(fresh(user_of("Kedua", (Role.ADMIN_WILAYAH, ""))), values, OCTOBER)
    assert (row.selesai_pada, row.perangkat, row.dihitung, other.pk == row.pk) == (None, 3, [], False)
    client = Client()
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("erk:trial", args=[row.pk])
    assert "Sedang dihitung" in client.get(address).content.decode()
    assert client.get(reverse("erk:trial", args=[other.pk])).status_code == 404
    at("2026-11-21 09:00")
    now = dates.now()
    assert [trials.go_on(UjiKebijakan.objects.get(pk=row.pk), until=now) for _ in range(3)] == [1, 1, 1]
    assert trials.run_waiting() == 3
    assert trials.run_waiting() == 0
    for pk in (row.pk, other.pk):
        assert trials.result(UjiKebijakan.objects.get(pk=pk, selesai_pada__isnull=False)) == expected
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    assert "Seandainya berlaku pada Oktober 2026" in client.get(address).content.decode()
    assert trials.begin(admin, values, OCTOBER).pk != row.pk
    assert AuditEntry.objects.filter(action="uji_aturan", actor=admin).count() == 2
    assert dict(Rekap.objects.values_list("pegawai__nama", "tpp")) == computed


def test_a_trial_that_breaks_off_says_so_and_holds_up_none_behind_it(world, computed, monkeypatch, caplog):  # noqa: F811
    admin, other = (fresh(user_of(name, (Role.ADMIN_WILAYAH, ""))) for name in ("Admin-wilayah", "Kedua"))
    monkeypatch.setattr(trials, "AT_ONCE", 7)
    broken = trials.begin(admin, draft(policy="AMBANG_PENUH"), OCTOBER)
    behind = trials.begin(other, draft(minutes_per_month=4500), OCTOBER)
    reckon = Reckoning.add

    def add(reckoning, trial, agency):
        reckon(reckoning, trial, agency)
        if reckoning.rules.allowance.kind == "AMBANG_PENUH" and agency == reckoning.agencies()[1]:
            raise ZeroDivisionError("planted")

    monkeypatch.setattr(Reckoning, "add", add)
    assert trials.run_waiting() == 3
    broken.refresh_from_db()
    behind.refresh_from_db()
    assert (broken.terputus, broken.selesai_pada is None, behind.terputus, len(behind.dihitung)) == (
        True, False, False, 3
    )  # fmt: skip
    assert f"trial {broken.pk} of 2026-10-01 broke off" in caplog.text
    assert trials.run_waiting() == 0
    client = Client()
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("erk:trial", args=[broken.pk])).content.decode()
    told = [words in page for words in ("Uji coba ini terputus", "Biaya semula", "Lihat kemajuannya")]
    assert told == [True, False, False]
    assert "Terputus" in client.get(reverse("erk:draft_rules")).content.decode()


def test_a_month_without_recaps_is_not_tried(world, computed):  # noqa: F811
    admin = fresh(user_of("Admin-wilayah", (Role.ADMIN_WILAYAH, "")))
    with pytest.raises(Refused) as refusal:
        trials.begin(admin, draft(), dt.date(2026, 9, 1))
    assert [fault.field for fault in refusal.value.faults] == ["bulan"]
    assert not UjiKebijakan.objects.exists()


def test_who_is_not_rated_is_named_not_guessed(world, computed):  # noqa: F811
    rules = rulebook.checked(draft(weight_activity="90", weight_skp="10"))
    assert (try_on(OCTOBER, rules).people, try_on(OCTOBER, rules).unrated) == (0, 8)


def test_a_trial_compares_with_what_corrections_left(world, computed):  # noqa: F811
    recap = recap_of(world.ana)
    Koreksi.objects.create(
        rekap=recap, alasan="Salah", tpp_lama=recap.tpp, tpp_baru=1_000_000, selisih=1_000_000 - recap.tpp,
        state=CorrectionState.SELESAI, kebijakan=recap.kebijakan,
    )  # fmt: skip
    trial = try_on(OCTOBER, rulebook.checked(draft()))
    assert trial.before == sum(computed.values()) - computed["Ana"] + 1_000_000
    assert (trial.after, trial.more) == (sum(computed.values()), 1)


def test_a_class_without_pay_is_counted_not_guessed(world, computed):  # noqa: F811
    trial = try_on(OCTOBER, rulebook.checked(draft(tpp_classes=[{"grade": 6, "workload": 1, "other": 0}])))
    assert (trial.people, trial.unpaid) == (1, 7)
