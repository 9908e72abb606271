"""F10 with the civil registry: asked by the clock outside transactions, tried again, never red by mistake."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from dukcapil import Dukcapil

import build
from core import audit, civil_registry, dates, env, tasks
from core.civil_registry import Found
from core.models import AuditEntry
from sabilulungan.domain import civil, flags
from sabilulungan.enums import RegistryVerdict
from sabilulungan.models import Officer, Proposal, RegistryCheck


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(build.OPEN_DAY, tick=False) as moved:
        yield moved


@pytest.fixture
def linked(settings):
    Dukcapil.forget()
    settings.CIVIL_REGISTRY = "dukcapil.Dukcapil"
    return Dukcapil


def filed(name="ani"):
    person = build.user(name)
    case = build.send(build.draft(build.organisation(person), person), person)
    return case, *case.recipient.officers.order_by("pk")


def known(officer, **other):
    Dukcapil.people[officer.nik] = Found(**{"name": officer.name.upper(), **other})


def run(callbacks):
    """Run the clock's command as the timer does, and what it leaves for after its transaction."""
    with callbacks(execute=True):
        return tasks.run("cocokkan_kependudukan")


def told(case):
    return [(flag.severity, flag.sentence) for flag in case.flags.filter(rule="F10").order_by("pk")]


@pytest.mark.django_db
def test_not_linked_nothing_is_asked_and_nothing_is_said(django_capture_on_commit_callbacks):
    Dukcapil.forget()
    case = filed()[0]
    assert run(django_capture_on_commit_callbacks) == "not linked"
    assert (Dukcapil.asked, told(case), RegistryCheck.objects.count()) == ([], [], 0)
    assert civil.shown(case, list(case.recipient.officers.all())) == {}


@pytest.mark.django_db
def test_known_people_are_noted_with_the_time_and_raise_nothing(linked, django_capture_on_commit_callbacks):
    case, chair, secretary = filed()
    known(chair, name="DRS. H. MAMAN SUPARMAN, M.PD.")
    known(secretary)
    assert run(django_capture_on_commit_callbacks) == "2 to ask"
    assert told(case) == []
    checks = RegistryCheck.objects.filter(proposal=case)
    assert [(one.verdict, one.checked_at) for one in checks] == [("COCOK", build.OPEN_DAY)] * 2
    assert run(django_capture_on_commit_callbacks) == "0 to ask"
    assert [nik for nik, _ in Dukcapil.asked] == [chair.nik, secretary.nik]


@pytest.mark.django_db
def test_f10_unknown_and_deceased_are_red_another_name_is_yellow(linked, django_capture_on_commit_callbacks):
    case, _, secretary = filed()
    known(secretary, deceased=True)
    run(django_capture_on_commit_callbacks)
    when = "dicocokkan 10 Mar 2026 pukul 10.00 WIB."
    assert told(case) == [
        ("RED", f"Pemilik NIK ketua tidak dikenal di data kependudukan, {when}"),
        ("RED", f"Pemilik NIK sekretaris tercatat meninggal di data kependudukan, {when}"),
    ]
    assert "F10" in flags.blocking_sentence(case)
    other, first, second = filed("budi")
    known(first, name="Agus Salim")
    known(second)
    run(django_capture_on_commit_callbacks)
    assert told(other) == [("YELLOW", f"Pemilik NIK ketua bernama lain di data kependudukan, {when}")]
    assert flags.blocking_sentence(other) == ""
    assert [(one.rule, one.severity) for one in flags.scan(other)] == []


@pytest.mark.django_db
def test_without_an_answer_the_check_stays_open_and_is_tried_again(linked, clock, django_capture_on_commit_callbacks):
    case, chair, secretary = filed()
    known(secretary)
    Dukcapil.silent = {chair.nik}
    run(django_capture_on_commit_callbacks)
    assert told(case) == []
    shown = civil.shown(case, [chair, secretary])
    assert shown == {
        chair.pk: ("Belum dicocokkan dengan data kependudukan", "neutral", None),
        secretary.pk: ("Cocok dengan data kependudukan", "good", dates.now()),
    }
    open_check = RegistryCheck.objects.get(officer=chair)
    assert (open_check.verdict, open_check.checked_at, open_check.asked_at) == ("", None, build.OPEN_DAY)
    clock.shift(dt.timedelta(hours=1))
    Dukcapil.silent, Dukcapil.asked = set(), []
    known(chair)
    assert run(django_capture_on_commit_callbacks) == "1 to ask"
    assert Dukcapil.asked == [(chair.nik, True)]  # the test's own transaction
    assert RegistryCheck.objects.get(officer=chair).verdict == RegistryVerdict.COCOK
    assert told(case) == []


@pytest.mark.django_db
def test_a_silent_registry_is_left_alone_and_one_bad_number_holds_up_nobody(linked, clock):
    cases = [filed(f"warga{number}") for number in range(3)]
    Dukcapil.down = True
    assert civil.ask(Dukcapil(), civil.waiting()) == 0
    assert len(Dukcapil.asked) == civil.MOST_SILENT
    tried = {nik for nik, _ in Dukcapil.asked}
    clock.shift(dt.timedelta(hours=1))
    Dukcapil.down, Dukcapil.silent, Dukcapil.asked = False, tried, []
    for _, *officers in cases:
        for officer in officers:
            known(officer)
    assert civil.ask(Dukcapil(), civil.waiting()) == 3  # those never tried come first
    assert [nik in tried for nik, _ in Dukcapil.asked] == [False] * 3 + [True] * 3
    assert RegistryCheck.objects.filter(verdict="").count() == 3


@pytest.mark.django_db
def test_only_present_officers_of_open_cases_are_asked_about(linked):
    case, chair, secretary = filed()
    withdrawn, draft_owner = filed("budi")[0], build.user("cici")
    Proposal.objects.filter(pk=withdrawn.pk).update(state="DITARIK")
    build.draft(build.organisation(draft_owner), draft_owner)
    Officer.objects.filter(pk=secretary.pk).update(until=dt.date(2026, 3, 9))
    assert civil.waiting() == [(case.pk, chair.pk)]


@pytest.mark.django_db
def test_nothing_of_the_answer_is_kept_but_the_verdict(linked, django_capture_on_commit_callbacks, caplog):
    case, chair, secretary = filed()
    known(chair, name="Nama Rahasia Dukcapil")
    Dukcapil.silent = {secretary.nik}
    run(django_capture_on_commit_callbacks)
    assert [one.verdict for one in RegistryCheck.objects.order_by("pk")] == ["NAMA_BEDA", ""]
    entry = audit.history(case).last()
    assert (entry.action, entry.actor, entry.data) == (
        "cocokkan_kependudukan", None, {"jabatan": "KETUA", "hasil": "NAMA_BEDA"},
    )  # fmt: skip
    tables = [model for model in (RegistryCheck, AuditEntry) for model in model.objects.values()]
    tables += list(case.flags.values())
    said = f"{tables} {caplog.text} {Found('Nama Rahasia Dukcapil')!r}"
    for secret in ("Rahasia Dukcapil", chair.nik, secretary.nik):
        assert secret not in said


@pytest.mark.django_db(transaction=True)
def test_the_registry_is_asked_outside_of_any_transaction(linked):
    case, chair, secretary = filed()
    assert tasks.run("cocokkan_kependudukan") == "2 to ask"
    assert Dukcapil.asked == [(chair.nik, False), (secretary.nik, False)]
    assert case.flags.filter(rule="F10").count() == 2
    assert not connection.in_atomic_block


@pytest.mark.django_db
def test_the_desk_reads_what_the_registry_said(linked, client, django_capture_on_commit_callbacks):
    case, chair, _ = filed()
    client.force_login(build.user("tati", "TU"))
    page = f"/meja/{case.number}/"
    assert client.get(page).content.decode().count("Belum dicocokkan dengan data kependudukan") == 2
    known(chair)
    run(django_capture_on_commit_callbacks)
    shown = client.get(page).content.decode()
    for tone, verdict in (("good", "Cocok dengan data"), ("bad", "NIK tidak dikenal di data")):
        assert re.search(
            rf'badge--{tone}">.*{verdict} kependudukan</span><br><span[^>]*><time[^>]*>10 Mar 2026<', shown
        )
    client.logout()
    assert "kependudukan" not in client.get(f"/usulan/{case.number}/").content.decode()


@pytest.mark.django_db
def test_a_setting_that_names_no_class_is_told_and_the_command_stays_due(settings):
    settings.CIVIL_REGISTRY = "dukcapil.TidakAda"
    with pytest.raises(env.SettingMissing, match=r"CIVIL_REGISTRY must name a class .*dukcapil\.TidakAda"):
        tasks.run("cocokkan_kependudukan")
    assert "cocokkan_kependudukan" in {job.name for job in tasks.due()}
    settings.CIVIL_REGISTRY = ""
    assert civil_registry.registry() is None


@pytest.mark.django_db
def test_the_database_takes_a_verdict_only_with_its_time(linked):
    case, chair, _ = filed()
    check = RegistryCheck.objects.create(proposal=case, officer=chair, asked_at=build.OPEN_DAY)
    for change in (
        {"verdict": "COCOK"},
        {"checked_at": build.OPEN_DAY},
        {"verdict": "?", "checked_at": build.OPEN_DAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegistryCheck.objects.filter(pk=check.pk).update(**change)
