"""Workload summaries: equal to the log, stale until the night after a late approval, written anew without harm."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from test_months import OCTOBER, approved, october, whole_month  # noqa: F401  (a fixture)
from world import act, fresh, log, submitted

from core import tasks
from erk.domain import activity, clock, summaries
from erk.domain.queries import workload, worklog
from erk.enums import ActivityState
from erk.models import Aktivitas, BebanOpd, BebanPegawai, Jabatan, Penempatan


def from_log(month: dt.date = OCTOBER) -> list[workload.AgencyLoad]:
    found = dict(worklog.measured(month))
    return workload.loads(month, {agency.pk: row for agency, row in found.items()}, found)


def minutes(person, month: dt.date = OCTOBER) -> int:
    found = (row for office in workload.agencies(month) for row in office.people if row.employee == person.pk)
    return next(found).minutes


def test_what_pages_read_is_what_the_log_says(world, october):  # noqa: F811
    whole_month(world, world.ana, 6600, october)
    approved(world, world.budi, october[0], 60, start=1050)
    late = approved(world, world.cici, october[-1], 90)
    Aktivitas.objects.filter(pk=late.pk).update(state=ActivityState.TERLAMBAT, menit_setuju=None)
    outcome = summaries.refresh(OCTOBER)
    assert (outcome.new, outcome.renewed, outcome.equal, outcome.differed) == (3, 0, 0, [])
    assert summaries.differences(OCTOBER) == []
    assert workload.agencies(OCTOBER) == from_log()
    assert [row.handed_in for row in workload.agencies(OCTOBER, only=world.kecamatan)] == [0]
    assert [row.agency for row in workload.agencies(OCTOBER, only=world.dinas)] == [world.dinas]
    assert (minutes(world.ana), minutes(world.budi), minutes(world.cici)) == (6600, 60, 0)


def test_a_second_run_writes_nothing(world, october):  # noqa: F811
    approved(world, world.ana, october[0], 300)
    summaries.refresh(OCTOBER)
    keys = set(BebanPegawai.objects.values_list("pk", flat=True)), set(BebanOpd.objects.values_list("pk", flat=True))
    outcome = summaries.refresh(OCTOBER)
    assert (outcome.new, outcome.renewed, outcome.equal) == (0, 0, 3)
    assert keys == (
        set(BebanPegawai.objects.values_list("pk", flat=True)), set(BebanOpd.objects.values_list("pk", flat=True)),
    )  # fmt: skip


def test_a_late_approval_shows_after_the_night_and_is_said_in_words(world, at):
    at("2026-10-30 15:00")
    waiting = submitted(world, world.ana, "08:00", "08:30", day=dt.date(2026, 10, 30))
    at("2026-11-02 04:10")
    assert tasks.run("erk_beban") == "3 agencies' months written, 0 figures differed."
    at("2026-11-03 09:00")
    act(waiting, "setujui", world.kabid)
    assert minutes(world.ana) == 0
    said = ["Disdukcapil: norm minutes 0 in the summary, 30 in the log.",
            "Disdukcapil, Ana: minutes 0 in the summary, 30 in the log."]  # fmt: skip
    assert summaries.differences(OCTOBER) == said
    with pytest.raises(CommandError, match="2 figures differ from the log"):
        call_command("beban", "2026-10", "--check")
    assert minutes(world.ana) == 0
    outcome = summaries.refresh(OCTOBER)
    assert (outcome.renewed, outcome.equal, outcome.differed) == (1, 2, said)
    assert (minutes(world.ana), summaries.differences(OCTOBER)) == (30, [])


def test_a_decision_shows_within_the_hour_where_the_night_has_summed(world, at):
    at("2026-10-30 15:00")
    waiting = submitted(world, world.ana, "08:00", "08:30", day=dt.date(2026, 10, 30))
    at("2026-11-02 04:10")
    tasks.run("erk_beban")
    at("2026-11-03 09:00")
    assert tasks.run("erk_beban_baru") == "0 agencies' months written anew"
    act(waiting, "setujui", world.kabid)
    before = dict(BebanOpd.objects.filter(bulan=OCTOBER).values_list("opd__kode", "dihitung_pada"))
    at("2026-11-03 10:00")
    assert tasks.run("erk_beban_baru") == "1 agencies' months written anew"
    assert (minutes(world.ana), summaries.differences(OCTOBER)) == (30, [])
    after = dict(BebanOpd.objects.filter(bulan=OCTOBER).values_list("opd__kode", "dihitung_pada"))
    assert {code for code in after if after[code] != before[code]} == {"DUKCAPIL"}
    at("2026-11-03 11:00")
    assert tasks.run("erk_beban_baru") == "0 agencies' months written anew"


def test_a_mover_is_summed_anew_where_the_person_is_and_an_unsummed_day_waits(world, at):
    at("2026-10-12 15:00")
    waiting = submitted(world, world.ana, "08:00", "08:30", day=dt.date(2026, 10, 12))
    Penempatan.objects.filter(pegawai=world.ana).update(akhir=dt.date(2026, 10, 12))
    staff = Jabatan.objects.get(nama="Pengadministrasi")
    Penempatan.objects.create(pegawai=world.ana, jabatan=staff, mulai=dt.date(2026, 10, 13))
    at("2026-10-14 04:10")
    summaries.refresh(OCTOBER)
    at("2026-10-14 09:00")
    act(waiting, "setujui", world.kabid)
    assert summaries.catch_up(OCTOBER) == 2
    assert (minutes(world.ana), summaries.differences(OCTOBER)) == (30, [])
    at("2026-10-15 00:30")
    Aktivitas.objects.get(pk=waiting.pk).save()
    assert summaries.catch_up(OCTOBER) == 0


def test_what_is_withdrawn_lapses_is_opened_again_or_removed_shows_within_the_hour(world, at):
    at("2026-10-12 15:00")
    waiting = submitted(world, world.ana, "08:00", "08:30", day=dt.date(2026, 10, 12))
    removed = log(world, world.budi, "08:00", "08:30", day=dt.date(2026, 10, 12))
    late = log(world, world.budi, "09:00", "09:30", day=dt.date(2026, 10, 12))
    kept = log(world, world.camat, "09:00", "09:30", day=dt.date(2026, 10, 12))
    at("2026-10-13 04:10")
    summaries.refresh(OCTOBER)
    acts = (
        ("2026-10-13 09:00", lambda: act(waiting, "tarik", world.ana)),
        ("2026-10-13 10:00", lambda: activity.discard(fresh(world.budi.user), removed, removed.version)),
        ("2026-10-13 11:00", lambda: act(waiting, "ajukan", world.ana)),
    )
    for moment, change in acts:
        at(moment)
        before = summaries.stored(OCTOBER)
        change()
        assert summaries.differences(OCTOBER), moment
        assert (summaries.catch_up(OCTOBER), summaries.differences(OCTOBER)) == (1, [])
        changed = {key for key, row in summaries.stored(OCTOBER).items() if row != before[key]}
        assert changed == {world.dinas.pk}
    at("2026-10-20 04:10")
    summaries.refresh(OCTOBER)
    at("2026-10-20 09:00")
    assert clock.close_late(dt.date(2026, 10, 20)) == 2
    assert (summaries.catch_up(OCTOBER), summaries.differences(OCTOBER)) == (2, [])
    at("2026-10-20 10:00")
    act(late, "buka", world.kabid, "Listrik padam di kantor")
    assert (summaries.catch_up(OCTOBER), summaries.differences(OCTOBER)) == (1, [])
    assert Aktivitas.objects.get(pk=kept.pk).state == "TERLAMBAT"


def test_rows_changed_by_hand_and_people_who_moved_are_found(world, october, capsys):  # noqa: F811
    approved(world, world.ana, october[0], 300)
    summaries.refresh(OCTOBER)
    BebanPegawai.objects.filter(pegawai=world.ana).update(menit=301)
    BebanPegawai.objects.filter(pegawai=world.budi).delete()
    Penempatan.objects.filter(pegawai=world.cici).update(jabatan=Jabatan.objects.get(nama="Pengolah Data"))
    found = summaries.differences(OCTOBER)
    assert "Disdukcapil, Ana: minutes 301 in the summary, 300 in the log." in found
    assert "Disdukcapil, Budi: in the log, not in the summary." in found
    assert "Disdukcapil, Cici: in the log, not in the summary." in found
    assert "Kec. Satu, Cici: in the summary, not in the log." in found
    call_command("beban", "2026-10")
    assert capsys.readouterr().out.endswith("0 agencies new, 2 written anew, 1 equal before\n")
    call_command("beban", "2026-10", "--check")
    assert (capsys.readouterr().out, BebanPegawai.objects.count()) == ("The summary is equal to the log.\n", 8)


def test_an_agency_nobody_is_left_in_has_no_summary(world, october):  # noqa: F811
    summaries.refresh(OCTOBER)
    Penempatan.objects.filter(jabatan__opd=world.kecamatan).update(akhir=dt.date(2026, 9, 30))
    said = "Kec. Satu: a summary, but nobody was in the scheme that month."
    assert summaries.differences(OCTOBER) == [said]
    assert summaries.refresh(OCTOBER).differed == [said]
    assert (summaries.differences(OCTOBER), BebanOpd.objects.filter(opd=world.kecamatan).exists()) == ([], False)


def test_what_was_written_is_read_back(world, october, monkeypatch):  # noqa: F811
    approved(world, world.ana, october[0], 300)
    write = summaries._write

    def wrongly(first, agency, counted):
        write(first, agency, counted)
        BebanPegawai.objects.filter(pegawai=world.ana).update(menit=1)

    monkeypatch.setattr(summaries, "_write", wrongly)
    with pytest.raises(summaries.Unequal, match="Ana: minutes 1 in the summary, 300 in the log"):
        summaries.refresh(OCTOBER)
    assert not BebanPegawai.objects.filter(pegawai=world.ana).exists()


def test_the_night_goes_back_a_year_but_not_before_the_log(world, at):
    at("2026-11-20 10:00")
    today = dt.date(2026, 11, 20)
    assert summaries.due(today) == []
    approved(world, world.ana, dt.date(2026, 9, 30), 60)
    assert summaries.due(today) == [dt.date(2026, month, 1) for month in (11, 10, 9)]
    approved(world, world.ana, dt.date(2024, 9, 30), 60)
    assert (len(summaries.due(today)), summaries.due(today)[-1]) == (12, dt.date(2025, 12, 1))


@pytest.mark.parametrize(("month", "words"), [("2026-13", "is no month"), ("2027-01", "has not begun")])
def test_the_command_refuses_what_is_no_month(world, at, month, words):
    at("2026-11-20 10:00")
    with pytest.raises(CommandError, match=words):
        call_command("beban", month)


def test_pages_say_when_they_were_summed_and_that_a_month_is_not(world, october, client):  # noqa: F811
    client.force_login(fresh(world.kepala.user), backend="django.contrib.auth.backends.ModelBackend")
    addresses = [reverse("erk:workload"), reverse("erk:workload_office", args=["DUKCAPIL"])]
    for address in addresses:
        assert "Bulan ini belum diringkas" in client.get(f"{address}?bulan=2026-10").text
    summaries.refresh(OCTOBER)
    for address in addresses:
        page = client.get(f"{address}?bulan=2026-10").text
        assert "Diringkas dari catatan pada" in page
        assert "belum diringkas" not in page
