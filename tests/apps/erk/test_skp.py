"""The year's targets: who may do what when, notes of each quarter, the quadrants, and what pages keep."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from world import TEXT, entry, fresh, log, user_of

from core import dates
from core.errors import NotAllowed, Refused
from core.models import AuditEntry, Notification
from erk.domain import activity, skp
from erk.domain.queries import listings
from erk.domain.skp import PLANS
from erk.enums import BerAkhlak, PlanState, Rating, Role
from erk.enums import Expectation as X
from erk.interfaces.listings import LISTINGS
from erk.interfaces.skp_forms import PlanForm
from erk.models import Penempatan, Rhk, Skp
from erk.rules import skp as rules

RESULTS = [
    ("Pelayanan kartu keluarga selesai sehari", "Kartu keluarga selesai sehari", "95 %"),
    ("Data kependudukan bersih", "Data ganda tersisa", "0"),
]
SEEN = "Menyelesaikan antrean malam tanpa diminta"
REASON = "Target terlalu rendah dibanding tahun lalu"


def judged(hasil: str = X.SESUAI, **values: str) -> dict[str, str]:
    data = {"hasil": hasil} | {value.value: values.get(value.value, X.SESUAI) for value in BerAkhlak}
    return data | {f"bukti_{name}": SEEN for name in values}


def do(plan: Skp, action: str, who, note: str = "", **data) -> Skp:
    return PLANS.perform(plan.pk, action, fresh(getattr(who, "user", who)), note=note, data=data)


@pytest.fixture
def plan(world, at) -> Skp:
    at("2026-02-10 09:00")
    made = skp.begin(fresh(world.ana.user), 2026)
    skp.write_plan(fresh(world.ana.user), made, RESULTS)
    return made


@pytest.fixture
def agreed(world, plan) -> Skp:
    do(plan, "ajukan", world.ana)
    return do(plan, "setujui", world.kabid)


@pytest.fixture
def ready(world, agreed, at) -> Skp:
    """Return a plan with its results and a note in every quarter, in December."""
    for month in (3, 5, 9, 12):
        at(f"2026-{month:02}-08 09:00")
        skp.note(fresh(world.kabid.user), agreed, "Antrean kartu keluarga sudah lebih pendek")
    skp.write_results(fresh(world.ana.user), agreed, {1: "96 %", 2: "Tidak ada"})
    agreed.refresh_from_db()
    return agreed


@pytest.mark.parametrize(
    ("result", "behaviour", "expected"),
    [
        ("DI_ATAS", "DI_ATAS", "SANGAT_BAIK"), ("DI_ATAS", "SESUAI", "BAIK"), ("SESUAI", "DI_ATAS", "BAIK"),
        ("SESUAI", "SESUAI", "BAIK"), ("DI_BAWAH", "DI_ATAS", "BUTUH_PERBAIKAN"),
        ("DI_BAWAH", "SESUAI", "BUTUH_PERBAIKAN"), ("DI_ATAS", "DI_BAWAH", "KURANG"), ("SESUAI", "DI_BAWAH", "KURANG"),
        ("DI_BAWAH", "DI_BAWAH", "SANGAT_KURANG"),
    ],
)  # fmt: skip
def test_the_quadrants(result, behaviour, expected):
    assert rules.rating(X(result), X(behaviour)) == expected


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [(0, 0, "SESUAI"), (3, 0, "SESUAI"), (4, 0, "DI_ATAS"), (6, 1, "SESUAI"), (0, 1, "SESUAI"), (5, 2, "DI_BAWAH")],
)
def test_behaviour_as_a_whole(above, below, whole):
    seven = [X.DI_ATAS] * above + [X.DI_BAWAH] * below
    assert rules.behaviour_of([*seven, *[X.SESUAI] * (7 - len(seven))]) == whole


@pytest.mark.parametrize(
    ("approved", "noted", "lacking"),
    [
        ("2026-02-10", [], [1, 2, 3, 4]), ("2026-05-01", ["2026-04-01"], [3, 4]),
        ("2025-12-30", ["2026-08-01"], [1, 2, 4]),
        ("2026-11-01", ["2026-12-31"], []), ("2026-11-01", ["2027-01-05"], []), ("2027-01-04", [], [4]),
    ],
)  # fmt: skip
def test_which_quarters_lack_a_note(approved, noted, lacking):
    days = [dt.date.fromisoformat(text) for text in noted]
    assert rules.quarters(2026, dt.date.fromisoformat(approved), days) == lacking


def test_from_the_draft_to_the_final_rating(world, ready):
    rated = do(ready, "nilai", world.kabid, **judged(X.DI_ATAS, PELAYANAN=X.DI_ATAS, LOYAL=X.DI_BAWAH))
    assert (rated.state, rated.hasil, rated.perilaku, rated.predikat, rated.penilai) == (
        PlanState.DINILAI, X.DI_ATAS, X.SESUAI, Rating.BAIK, world.kabid.user,
    )  # fmt: skip
    kept = {row.nilai: (row.hasil, row.bukti) for row in rated.nilai_perilaku.all()}
    assert (len(kept), kept["PELAYANAN"], kept["ADAPTIF"]) == (7, (X.DI_ATAS, SEEN), (X.SESUAI, ""))
    assert Notification.objects.filter(user=world.ana.user).order_by("pk").last().subject == "SKP Anda sudah dinilai"
    assert do(rated, "finalkan", world.ana).state == PlanState.FINAL
    actions = AuditEntry.objects.filter(object_type="erk.skp").order_by("seq").values_list("action", flat=True)
    assert list(actions) == [
        "buat", "rencana", "ajukan", "setujui", *["umpan_balik"] * 4, "realisasi", "nilai", "finalkan",
    ]  # fmt: skip


def test_an_objection_takes_the_rating_back_and_the_log_keeps_it(world, ready):
    do(ready, "nilai", world.kabid, **judged(X.DI_BAWAH))
    back = do(ready, "keberatan", world.ana, "Realisasi nomor satu 96 %, di atas target")
    assert (back.state, back.predikat, back.penilai, back.nilai_perilaku.count()) == (PlanState.DISETUJUI, "", None, 0)
    assert AuditEntry.objects.get(action="keberatan").data["predikat"] == Rating.BUTUH_PERBAIKAN
    assert do(back, "nilai", world.kabid, **judged()).predikat == Rating.BAIK


def test_the_verifier_makes_final_what_nobody_answers(world, ready):
    do(ready, "nilai", world.kabid, **judged())
    assert do(ready, "finalkan", world.bkpsdm).state == PlanState.FINAL


@pytest.mark.parametrize(
    ("action", "who"),
    [
        ("ajukan", "kabid"), ("ajukan", "budi"), ("kembalikan", "ana"), ("setujui", "ana"), ("setujui", "budi"),
        ("setujui", "camat"), ("setujui", "bkpsdm"), ("nilai", "ana"), ("nilai", "cici"), ("nilai", "bkpsdm"),
        ("finalkan", "kabid"), ("finalkan", "budi"), ("keberatan", "kabid"), ("keberatan", "bkpsdm"),
    ],
)  # fmt: skip
def test_who_may_not(world, plan, action, who):
    state = next(row.source[0] for row in PLANS.transitions if row.action == action)
    rated = {"hasil": "SESUAI", "perilaku": "SESUAI", "predikat": "BAIK", "penilai": world.kabid.user}
    Skp.objects.filter(pk=plan.pk).update(state=state, **(rated if state == "DINILAI" else {}))
    with pytest.raises(NotAllowed):
        do(plan, action, getattr(world, who), REASON, **judged())
    plan.refresh_from_db()
    assert plan.state == state


def test_a_moved_employee_is_rated_by_the_superior_of_today(world, ready):
    Penempatan.objects.filter(pegawai=world.ana).update(akhir=dt.date(2026, 11, 30))
    post = Penempatan.objects.get(pegawai=world.cici).jabatan
    Penempatan.objects.create(pegawai=world.ana, jabatan=post, mulai=dt.date(2026, 12, 1))
    with pytest.raises(NotAllowed):
        do(ready, "nilai", world.kabid, **judged())
    assert do(ready, "nilai", world.camat, **judged()).penilai == world.camat.user


def test_a_plan_is_returned_with_a_reason_and_mended(world, plan):
    do(plan, "ajukan", world.ana)
    with pytest.raises(Refused, match="terlalu singkat"):
        do(plan, "kembalikan", world.kabid, "kurang")
    do(plan, "kembalikan", world.kabid, REASON)
    skp.write_plan(fresh(world.ana.user), plan, [("Pelayanan selesai", "Selesai sehari", "99 %")])
    assert list(plan.rencana.values_list("urut", "target")) == [(1, "99 %")]
    do(plan, "ajukan", world.ana)
    with pytest.raises(Refused, match="tahap lain"):
        skp.write_plan(fresh(world.ana.user), plan, RESULTS)


@pytest.mark.parametrize("results", [[], [("Pelayanan", "", "1")], RESULTS * 6])
def test_a_plan_is_whole_or_not_written(world, plan, results):
    with pytest.raises(Refused, match="1 sampai 10 rencana"):
        skp.write_plan(fresh(world.ana.user), plan, results)
    assert plan.rencana.count() == 2
    Rhk.objects.all().delete()
    with pytest.raises(Refused, match="paling sedikit satu"):
        do(plan, "ajukan", world.ana)


def test_one_plan_a_year_and_none_for_far_years(world, plan):
    assert skp.begin(fresh(world.ana.user), 2026) == plan
    for year in (2024, 2027):
        with pytest.raises(Refused, match="tahun ini atau tahun lalu"):
            skp.begin(fresh(world.ana.user), year)
    with pytest.raises(Refused, match="penempatan"):
        skp.begin(fresh(world.bkpsdm), 2026)


def test_nothing_is_rated_too_early_without_results_notes_or_evidence(world, agreed, ready, at):
    def refusal(**data) -> Refused:
        with pytest.raises(Refused) as found:
            do(ready, "nilai", world.kabid, **data)
        return found.value

    at("2026-11-30 09:00")
    assert "mulai 1 Des 2026" in refusal(**judged()).sentence
    at("2026-12-20 09:00")
    half = {"bukti_PELAYANAN": "rajin", "LOYAL": "?", "hasil": ""}
    missing = refusal(**judged(X.DI_ATAS, PELAYANAN=X.DI_ATAS) | half)
    assert [fault.field for fault in missing.faults] == ["hasil", "bukti_PELAYANAN", "LOYAL"]
    ready.umpan_balik.filter(tanggal__month=5).delete()
    assert refusal(**judged()).sentence == "Umpan balik triwulan 2 belum ditulis."
    ready.rencana.filter(urut=1).update(realisasi="")
    assert "realisasi" in refusal(**judged()).sentence


def test_notes_are_the_superiors_and_say_something(world, agreed):
    for who in (world.ana, world.budi, world.camat):
        with pytest.raises(NotAllowed):
            skp.note(fresh(who.user), agreed, "Antrean kartu keluarga sudah pendek")
    with pytest.raises(Refused, match="paling sedikit 20 huruf"):
        skp.note(fresh(world.kabid.user), agreed, "baik")
    with pytest.raises(NotAllowed):
        skp.write_results(fresh(world.kabid.user), agreed, {1: "100 %"})
    assert agreed.umpan_balik.count() == 0


def test_the_rater_sees_the_own_average(world, ready):
    assert skp.average_of(world.kabid.user, 2026) == ("", 0)
    do(ready, "nilai", world.kabid, **judged(PELAYANAN=X.DI_ATAS, LOYAL=X.DI_ATAS))
    assert skp.average_of(world.kabid.user, 2026) == ("2,3", 1)
    assert skp.average_of(world.kabid.user, 2025) == ("", 0)


def test_the_database_refuses_half_a_rating_and_an_extreme_without_evidence(world, plan):
    for change in ({"state": "DINILAI"}, {"predikat": "BAIK"}, {"state": "SELESAI"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Skp.objects.filter(pk=plan.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.nilai_perilaku.create(nilai="LOYAL", hasil=X.DI_ATAS)


def test_work_is_linked_to_an_agreed_result_of_the_own_plan(world, agreed, at):
    at("2026-10-05 15:00")
    result = agreed.rencana.get(urut=1)
    assert list(skp.planned_for(world.ana, dt.date(2026, 10, 5))) == list(agreed.rencana.all())
    assert not skp.planned_for(world.budi, dt.date(2026, 10, 5)).exists()
    assert not skp.planned_for(world.ana, dt.date(2025, 10, 5)).exists()
    log(world, world.ana, rhk=result)
    at("2026-10-06 15:00")
    copied = activity.copy_day(fresh(world.ana.user), dt.date(2026, 10, 5), dt.date(2026, 10, 6))
    assert [row.rhk for row in copied.made] == [result]
    typed = {
        "katalog": "SRT", "tanggal": "6/10/2026", "mulai": "13.00", "selesai": "13.30", "volume": "1", "uraian": TEXT,
        "rhk": str(result.pk), "ajukan": "1",
    }  # fmt: skip
    assert client_of(world.ana).post(reverse("erk:new"), typed).status_code == 302
    assert world.ana.aktivitas.filter(rhk=result, state="DIAJUKAN").count() == 1
    stranger = client_of(world.budi).post(reverse("erk:new"), typed)
    assert set(stranger.context["form"].errors) == {"rhk"}
    assert entry(world).rhk is None
    world.ana.aktivitas.filter(state="DIAJUKAN").update(
        state="DISETUJUI", menit_setuju=30, putus_oleh=world.kabid.user, putus_pada=dates.now()
    )
    (row,) = listings.national(dt.date(2026, 10, 1))
    assert cells("e-kinerja", row)["RHK"] == result.uraian


def test_the_report_of_a_year_names_state_and_rating(world, ready):
    do(ready, "nilai", world.kabid, **judged())
    (row,) = listings.plans(dt.date(2026, 12, 1))
    shown = cells("skp", row)
    assert (shown["Nama"], shown["Keadaan"], shown["Predikat"]) == ("Ana", "Dinilai", "Baik")
    assert not listings.plans(dt.date(2025, 12, 1)).exists()


def cells(name: str, row) -> dict[str, object]:
    """Return what a report says of a row, by heading."""
    columns = next(one.columns for one in LISTINGS if one.name == name)
    return {column.heading: column.of(row) for column in columns}


def client_of(person) -> Client:
    client = Client()
    client.force_login(fresh(getattr(person, "user", person)), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_pages_from_the_plan_to_the_talk(world, at):
    at("2026-12-01 09:00")
    own, superior = client_of(world.ana), client_of(world.kabid)
    assert "Susun SKP 2026" in own.get(reverse("erk:plans")).content.decode()
    assert own.post(reverse("erk:new_plan")).status_code == 302
    plan = Skp.objects.get()
    write = reverse("erk:write_plan", args=[plan.pk])
    half = own.post(write, {"uraian_1": "Pelayanan selesai sehari", "indikator_1": "", "target_1": "95 %"})
    assert (half.status_code, list(half.context["form"].errors)) == (422, ["indikator_1"])
    assert 'value="Pelayanan selesai sehari"' in half.content.decode()
    whole = {"uraian_1": "Pelayanan selesai sehari", "indikator_1": "Selesai sehari", "target_1": "95 %"}
    assert own.post(write, whole).url == reverse("erk:plan", args=[plan.pk])
    page = own.get(reverse("erk:plan", args=[plan.pk]))
    assert [act.action for act in page.context["acts"]] == ["ajukan"]
    address = reverse("erk:plan_act", args=[plan.pk, "ajukan"])
    own.post(address, {"versi": page.context["row"].version})
    superior.post(reverse("erk:plan_act", args=[plan.pk, "setujui"]), {"versi": Skp.objects.get().version})
    assert superior.post(reverse("erk:plan_note", args=[plan.pk]), {"isi": "baik"}).status_code == 422
    asked = []
    for size in (1, 3):
        for person in (world.budi, world.kabid)[: size - 1]:
            skp.begin(fresh(person.user), 2026)
        superior.get(reverse("erk:plans"))
        with CaptureQueriesContext(connection) as captured:
            assert superior.get(reverse("erk:plans")).content.decode().count("record__foot") == size
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 8
    noted = superior.post(reverse("erk:plan_note", args=[plan.pk]), {"isi": "Pelayanan malam sangat membantu warga"})
    assert noted.status_code == 302
    assert own.post(reverse("erk:plan_results", args=[plan.pk]), {"realisasi_1": "97 %"}).status_code == 302
    rating = reverse("erk:rate_plan", args=[plan.pk])
    version = superior.get(rating).context["form"].initial["versi"]
    refused = superior.post(rating, judged(X.DI_ATAS, LOYAL=X.DI_ATAS) | {"bukti_LOYAL": "ya", "versi": version})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["bukti_LOYAL"])
    superior.post(rating, judged(X.DI_ATAS, LOYAL=X.DI_ATAS) | {"versi": version})
    shown = own.get(reverse("erk:plan", args=[plan.pk])).content.decode()
    assert (SEEN in shown, "Sudah dibicarakan, tetapkan" in shown, "Nilai SKP ini" in shown) == (True, True, False)
    assert client_of(world.budi).get(reverse("erk:plan", args=[plan.pk])).status_code == 404
    others = client_of(world.budi).get(reverse("erk:plans")).content.decode()
    assert "Ana" not in others
    assert "Ana" in client_of(user_of("Inspektur", (Role.INSPEKTORAT, ""))).get(reverse("erk:plans")).content.decode()


def test_what_a_stale_page_sends_is_refused_and_stays_in_its_fields(world, ready):
    """Both pages were opened while they could be written, and sent after the superior had rated the year."""
    do(ready, "nilai", world.kabid, **judged())
    own, before = client_of(world.ana), list(ready.rencana.order_by("urut").values())
    for page, typed in (
        ("plan_results", {"realisasi_1": "Sudah 97 persen"}),
        ("write_plan", {"uraian_1": "Sudah 97 persen", "indikator_1": "Kartu", "target_1": "95 %"}),
    ):
        answer = own.post(reverse(f"erk:{page}", args=[ready.pk]), typed)
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "Sudah 97 persen" in shown
        assert "tahap lain" in shown
    assert list(ready.rencana.order_by("urut").values()) == before


def test_the_form_of_a_plan_has_empty_rows_up_to_ten():
    assert PlanForm(results=[]).count == 2
    assert PlanForm({"uraian_9": "x", "uraian_99": "y"}, results=[]).count == 9
    assert PlanForm(results=[Rhk(urut=n) for n in range(1, 11)]).count == 10
