"""The policy editor: a trial over a past month is exact, publishing waits for a month to come, past months stay."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from test_months import OCTOBER, approved, october, recap_of, whole_month  # noqa: F401  (a fixture)
from world import fresh, user_of

import regions
from core import dates
from core.calendar import calendar
from core.errors import Refused
from core.models import AuditEntry
from erk.domain import anomalies, closing, months, objections, policy, rulebook, schedule
from erk.domain.policy import for_month
from erk.enums import Absence, JenisCuti, Role
from erk.interfaces.rule_fields import AbsencesField, ClassesField, LatenessField, PercentField, PointsField, StepsField
from erk.interfaces.rule_forms import GROUPS, RulesForm, changes, initial_of
from erk.models import BulanOpd, Cuti, KebijakanVersi, Kehadiran, Lembur, Penempatan, Rekap, UjiKebijakan
from erk.rules.policy import LATER, Policy
from regions import month

POINTS = regions.performance()["anomaly_points"]
ABSENCES = regions.performance()["absences"]
FALLING = [{"at_least": "1", "factor": "9"}, {"at_least": "2", "factor": "8"}]
BASIS = "Peraturan Wali Kota Bandung Nomor 9 Tahun 2026"


@pytest.fixture
def admin(world):
    return user_of("Admin-wilayah", (Role.ADMIN_WILAYAH, ""))


def draft(**changes) -> dict:
    start = {"regulation": BASIS, "valid_from": dt.date(2026, 12, 1)} | rulebook.flat(rulebook.latest())
    return rulebook.drafted(start | changes)


@pytest.fixture
def computed(world, october):  # noqa: F811
    """Return October as it was paid: a move, illness, a day of alpa, faults of discipline, minutes above the caps."""
    whole_month(world, world.ana, 4800, october)
    whole_month(world, world.budi, 2800, october)
    for day, values in (
        (october[1], {"menit_tl": 40, "masuk": "08:10", "pulang": "16:00"}),
        (october[2], {"pulang": "16:00"}),
    ):
        Kehadiran.objects.create(
            pegawai=world.ana, tanggal=day, status="HADIR", sumber="uji", apel_absen=True, **values
        )
    leave = {"pegawai": world.ana, "dokumen": "1", "disetujui": True}
    Cuti.objects.create(jenis=JenisCuti.SAKIT, mulai=october[12], akhir=october[14], **leave)
    Cuti.objects.create(jenis=JenisCuti.SAKIT, mulai=october[18], akhir=october[19], **leave)
    Kehadiran.objects.create(pegawai=world.ana, tanggal=october[20], status="ALPA", sumber="uji")
    Lembur.objects.create(pegawai=world.budi, tanggal=october[3], spt="SPT-1")
    approved(world, world.budi, october[3], 300, start=900)
    approved(world, world.budi, october[4], 420, start=900)
    approved(world, world.budi, october[5], 300, item=world.lain, start=900)
    Penempatan.objects.filter(pegawai=world.ana).update(akhir=october[10])
    post = world.budi.penempatan.get().jabatan
    Penempatan.objects.create(pegawai=world.ana, jabatan=post, mulai=october[10] + dt.timedelta(days=1))
    months.compute(OCTOBER)
    return dict(Rekap.objects.values_list("pegawai__nama", "tpp"))


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"daily_cap": 299}, ["daily_cap"]),
        ({"daily_cap_ramadan": 200, "daily_cap_overtime": 449}, ["daily_cap_ramadan", "daily_cap_overtime"]),
        ({"bands_full": "110"}, ["bands_full"]),
        ({"bands_overloaded": "60"}, ["bands_full"]),
        ({"cliff_low": "61"}, ["cliff_high"]),
        ({"weight_activity": "90", "productivity": "70"}, ["weight_activity", "productivity"]),
        (
            {"policy": "BERTINGKAT", "steps": [{"at_least": "1", "factor": "9"}, {"at_least": "2", "factor": "8"}]},
            ["steps"],
        ),
    ],
)
def test_contradictions_stand_beside_their_fields(db, changes, fields):
    with pytest.raises(Refused) as refusal:
        rulebook.checked(draft(**changes))
    assert [fault.field for fault in refusal.value.faults] == fields


def test_the_form_holds_every_parameter_of_the_rules_once(db):
    values = policy.profile_values()
    shown = [name for _, names in GROUPS for name in names]
    assert sorted(shown) == sorted([name for name in RulesForm.base_fields if name != "bulan"])
    assert len(shown) == len(set(shown))
    outside = {"formula", "bands", "cliff_warning", "activity_catalogue"}
    nested = {f"bands_{name}" for name in values["bands"]} | {f"cliff_{name}" for name in values["cliff_warning"]}
    assert set(shown) == (set(values) - outside) | set(values["formula"]) | nested


def test_versions_from_before_a_parameter_existed_hold_what_held_then(db):
    values = policy.profile_values()
    older = {name: value for name, value in values.items() if name not in LATER}
    assert set(values) - set(older) == set(LATER)
    now, then = Policy.from_values(values), Policy.from_values(older)
    assert replace(then, version=now.version, allowance=now.allowance) == now
    assert (then.version != now.version, rulebook.changed(older, values)) == (True, [])
    assert changes(older, values) == []


def test_objections_points_and_sample_follow_the_rules_of_the_month(world, october, rules_changed):  # noqa: F811
    points = [row | {"points": 7 if row["code"] == "LEBIH_8_JAM" else row["points"]} for row in POINTS]
    rules_changed(objection_days=7, decision_days=9, sampled_from=7, sample_percent="51", anomaly_points=points)
    approved(world, world.ana, october[0], 490, start=420)
    approved(world, world.ana, october[1], 100)
    closing.compute(OCTOBER)
    window = BulanOpd.objects.get(opd=world.dinas)
    assert window.sanggah_sampai == calendar().add(dates.today(), 7)
    filed = objections.object_to(fresh(world.ana.user), recap_of(world.ana), "Tanggal 21 saya dinas luar")
    assert filed.batas == calendar().add(dates.today(), 9)
    anomalies.search(OCTOBER)
    assert (anomalies.scores(OCTOBER), anomalies.draw(OCTOBER)) == ({world.ana.pk: 7}, 2)
    assert anomalies.undone(window)[0] == "1 pegawai dengan 7 poin atau lebih belum selesai diperiksa."


def test_windows_are_published_and_hold_for_the_work_of_that_month_on(world, computed, admin, at):
    windows = {"input_days": 4, "return_days": 3, "return_rounds": 1, "escalation_days": 6, "reopen_limit": 0}
    windows |= {"approval_days": 7, "hearing_days": 5, "auto_approve": True}
    rulebook.publish(fresh(admin), draft(**windows))
    rules = {text: policy.on(dt.date.fromisoformat(text)) for text in ("2026-11-30", "2026-12-01")}
    assert {name: getattr(rules["2026-12-01"], name) for name in windows} == windows
    assert {name: getattr(rules["2026-11-30"], name) for name in windows} == {
        "input_days": 3, "return_days": 2, "return_rounds": 2, "escalation_days": 5, "reopen_limit": 5,
        "approval_days": 5, "hearing_days": 3, "auto_approve": False,
    }  # fmt: skip


def test_a_published_version_holds_from_its_day_and_changes_no_past_month(world, computed, admin, at):
    before = recap_of(world.ana).sidik
    row = rulebook.publish(fresh(admin), draft(policy="AMBANG_PENUH"))
    assert (row.dasar, for_month(OCTOBER).version == row.versi) == (BASIS, False)
    assert for_month(month("2026-12")).version == row.versi
    months.compute(OCTOBER)
    assert recap_of(world.ana).sidik == before
    at("2027-01-20 09:00")
    months.compute(month("2026-12"))
    assert {one.kebijakan.versi for one in Rekap.objects.filter(bulan=month("2026-12"))} == {row.versi}
    assert policy.values_on(dates.today())["formula"]["policy"] == "AMBANG_PENUH"


def test_a_profile_that_begins_later_holds_again(world, computed, admin, rules_changed):
    rulebook.publish(fresh(admin), draft(policy="AMBANG_PENUH"))
    rules_changed(valid_from="2027-02-01", formula={"policy": "BERTINGKAT"})
    kinds = [for_month(month(text)).allowance.kind for text in ("2026-12", "2027-01", "2027-02")]
    assert kinds == ["AMBANG_PENUH", "AMBANG_PENUH", "BERTINGKAT"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_from": dt.date(2026, 11, 1)}, "valid_from"),
        ({"valid_from": dt.date(2026, 12, 2)}, "valid_from"),
        ({"regulation": "  x "}, "regulation"),
    ],
)
def test_what_cannot_be_published_is_named(world, computed, admin, changes, field):
    with pytest.raises(Refused) as refusal:
        rulebook.publish(fresh(admin), draft(**changes))
    assert [fault.field for fault in refusal.value.faults] == [field]
    assert not KebijakanVersi.objects.filter(diterbitkan_oleh__isnull=False).exists()


def test_the_log_names_what_was_changed_and_the_next_draft_starts_from_it(world, computed, admin):
    row = rulebook.publish(fresh(admin), draft(threshold="45", bands_full="92.50", norm_factor="150.00"))
    entry = AuditEntry.objects.get(action="terbitkan_aturan")
    assert (entry.data["berubah"], entry.actor) == (["threshold", "bands_full"], admin)
    assert initial_of(rulebook.latest())["bands_full"] == Decimal("92.5")
    assert [(line.label, line.value, line.before) for line in changes(policy.profile_values(), row.nilai)] == [
        ("Ambang capaian (%)", "45", "50"), ("Penuh mulai (%)", "92,5", "90"),
    ]  # fmt: skip
    assert (policy.on(dt.date(2026, 12, 1)).bands.full, policy.on(dt.date(2026, 11, 30)).bands.full) == (
        Decimal("0.925"), Decimal("0.9"),
    )  # fmt: skip
    client = Client()
    client.force_login(fresh(admin), backend="django.contrib.auth.backends.ModelBackend")
    body = client.get(reverse("erk:rules_version", args=[row.versi])).content.decode()
    assert "Tanpa keterangan; 0; 100; 5; 1" in body
    assert "semula 50<" in body
    assert client.get(reverse("erk:rules_version", args=["2026-01-01-xxxxxxxx"])).status_code == 404


def test_a_fixed_target_that_asks_too_much_of_a_short_month_is_named(world, at, rules_changed):
    at("2026-02-20 10:00")
    days = len(schedule.working_days(month("2026-03")))
    rules_changed(minutes_per_month=400 * days)
    assert month("2026-03") not in dict(schedule.short_months(dates.today(), for_month(month("2026-03"))))
    rules_changed(minutes_per_month=400 * days + 1)
    assert dict(schedule.short_months(dates.today(), for_month(month("2026-03"))))[month("2026-03")] == 401
    rules_changed(minutes_per_month=400 * days + 1, target_mode="KALENDER")
    assert schedule.short_months(dates.today(), for_month(month("2026-03"))) == []


def test_one_version_a_day_and_none_that_could_pay_wrongly(world, computed, admin):
    rulebook.publish(fresh(admin), draft())
    with pytest.raises(Refused, match="belum diterbitkan"):
        rulebook.publish(fresh(admin), draft(threshold="60"))
    with pytest.raises(Refused, match="tepat 100 %"):
        rulebook.checked(draft(weight_activity="90"))


def test_tables_are_written_a_row_a_line():
    text = "7; 6.000.000; 0\n\n6; 5,2 juta; 1.000"
    rows = [{"grade": 7, "workload": 6_000_000, "other": 0}, {"grade": 6, "workload": 5_200_000, "other": 1000}]
    assert ClassesField.parse(text) == rows
    assert ClassesField.parse(ClassesField.show(rows)) == rows
    named = [rows[0] | {"other": 3, "achievement": 2_000_000, "place": 1, "scarcity": 2}]
    assert ClassesField.parse("7; 6.000.000; 3; 2 juta; 1; 2") == named
    assert ClassesField.parse(ClassesField.show(named)) == named
    steps = [{"up_to": 30, "cut": "0.5"}, {"up_to": None, "cut": "1.5"}]
    assert LatenessField.parse("30; 0,5\nlebih; 1,5 %") == steps
    ladder = [{"at_least": "100", "factor": "100"}, {"at_least": "62.5", "factor": "40"}]
    assert StepsField.parse(StepsField.show(ladder)) == ladder
    for wrong in ("90", "90; 101", "90; 1\n90,0; 2"):
        with pytest.raises(ValueError, match=r"tulis|Tulis|dua kali"):
            StepsField.parse(wrong)
    written = AbsencesField.show(ABSENCES)
    assert [rule["kind"] for rule in AbsencesField.parse(written)] == [kind.value for kind in Absence]
    assert AbsencesField.show(AbsencesField.parse(written)) == written
    first, rest = written.split("\n", 1)
    for wrong, words in (
        (rest, "Belum ada baris untuk: Cuti tahunan"), (f"{written}\n{first}", "dua kali"),
        (f"{rest}\nCuti; 1; 1; 1; 1", "tidak ada"), (f"{rest}\nCuti tahunan; 1441; 1; 1; 1", "1.440"),
        (f"{rest}\nCuti tahunan; 1; 101; 1; 1", "persen"), (f"{rest}\nCuti tahunan; 1; 1; 1; 0", "hari mulai"),
        (f"{rest}\nCuti tahunan; 1; 1; 1", "tulis jenis"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=words):
            AbsencesField.parse(wrong)
    weights = PointsField.show(POINTS)
    assert PointsField.parse(weights) == POINTS
    first, rest = weights.split("\n", 1)
    for wrong, words in (
        (rest, "Jam bertumpuk"), (f"{weights}\n{first}", "dua kali"), (f"{rest}\nJam; 1", "tulis tanda"),
        (f"{rest}\nTUMPANG; 101", "0 sampai 100"), (f"{rest}\nTUMPANG", "tulis tanda"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=words):
            PointsField.parse(wrong)
    assert [PercentField(most=300).clean(text) for text in ("300", "12,5 %")] == ["300", "12.5"]
    with pytest.raises(ValidationError, match="dari 100 sampai 300, misalnya 112,5"):
        PercentField(least=100, most=300).clean("99")
    too_much = ("7; 9; 3; 10; 0; 0", "7; 9; 3; 0; 2; 2", "7; 9; 3; 1", "7; 9; 3; 1; 1; 1; 1")
    for wrong in ("7; 1", "18; 1; 1", "7; 1; 1\n7; 2; 2", *too_much):
        with pytest.raises(ValueError, match=r"kelas|Kelas|sesudah lain"):
            ClassesField.parse(wrong)
    for wrong in ("30; 0,5", "60; 1\n30; 2\nlebih; 3", "lebih; 1\n30; 2", "30; 101\nlebih; 1", ""):
        with pytest.raises(ValueError, match=r"."):
            LatenessField.parse(wrong)


def test_the_editor_tries_keeps_what_was_typed_and_publishes(world, computed, admin):
    client = Client()
    client.force_login(fresh(admin), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("erk:draft_rules")
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {
        "regulation": BASIS, "valid_from": "1/12/2026", "bulan": "2026-10", "policy": "AMBANG_PENUH",
        "lateness": LatenessField.show(policy.values_on(dates.today())["lateness"]),
        "steps": StepsField.show(policy.values_on(dates.today())["formula"]["steps"]),
        "tpp_classes": ClassesField.show(policy.values_on(dates.today())["tpp_classes"]),
        "anomaly_points": PointsField.show(policy.values_on(dates.today())["anomaly_points"]),
        "absences": AbsencesField.show(policy.values_on(dates.today())["absences"]),
    }  # fmt: skip
    tried = client.post(address, typed | {"uji": "1"})
    row = UjiKebijakan.objects.get()
    assert (tried.status_code, tried.url) == (302, reverse("erk:trial", args=[row.pk]))
    page = client.get(tried.url).content.decode()
    assert ("Seandainya berlaku pada Oktober 2026" in page, "Sedang dihitung" in page) == (True, False)
    again = client.get(f"{address}?uji={row.pk}")
    kept = again.context["form"]
    assert {name: kept[name].value() for name in ("regulation", "valid_from", "bulan", "policy")} == {
        "regulation": BASIS, "valid_from": "01/12/2026", "bulan": "2026-10", "policy": "AMBANG_PENUH"
    }  # fmt: skip
    assert tried.url in again.content.decode()
    for strange in ("x", "٣", "9" * 30, str(row.pk + 1)):
        assert client.get(address, {"uji": strange}).status_code == 404
    assert not KebijakanVersi.objects.filter(diterbitkan_oleh=admin).exists()
    edges = client.post(address, typed | {"bands_full": "120", "daily_cap": "0", "absences": "x", "uji": "1"})
    assert set(edges.context["form"].errors) == {"bands_full", "daily_cap", "absences"}
    falling = client.post(address, typed | {"policy": "BERTINGKAT", "steps": "50; 90\n100; 50", "uji": "1"})
    assert (falling.status_code, "harus naik" in falling.content.decode()) == (422, True)
    wrong = client.post(address, typed | {"weight_activity": "70", "terbitkan": "1"})
    assert (wrong.status_code, 'value="70"' in wrong.content.decode()) == (422, True)
    assert client.post(address, typed | {"terbitkan": "1"}).status_code == 302
    assert BASIS in client.get(reverse("erk:rulebook")).content.decode()
