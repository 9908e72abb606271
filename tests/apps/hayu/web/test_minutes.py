"""The minutes of a visit: questions the administrator writes, answered on the phone, shown to the desk, printed."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from office import Office, archived, minutes, planned, visit_data

from build import photo, registered, visit
from core import audit, dates
from core.calendar import calendar
from core.errors import Refused
from hayu.domain import catalogue, visit_papers
from hayu.domain.machine import machine as reports
from hayu.domain.permits import supervision
from hayu.enums import Action, Outcome, PermitFinding, SampleRule, Trigger
from hayu.enums import AppAction as Act
from hayu.enums import AppState as S
from hayu.enums import InspectionAction as Step
from hayu.interfaces.forms.catalogue import written
from hayu.models import Application
from hayu.rules import permit_faults

ASKED = "Pohon tidak ditebang | pilihan | wajib | Ya; Tidak\nLebar trotoar (cm) | angka | boleh"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _ask(office: Office, code: str, asked: str) -> None:
    """Let the administrator write the questions of a type."""
    shown = {name: value for name, value in written(catalogue.definitions()[code]).items() if value}
    sent = shown | {"minutes": asked, "reason": "SK contoh", "seen": catalogue.number_of(code)}
    answer = signed_in(office.admin).post(f"/jenis-izin/{code}/", sent)
    assert answer.status_code == 302, answer.context["form"].errors


def _appointed(office: Office, code: str = "RUANG") -> Application:
    application = office.application(S.PENINJAUAN, code)
    return office.act(application, Act.JADWALKAN, office.technical, day=calendar().add(dates.today(), 0))


def test_the_administrator_writes_the_questions_and_the_officer_answers_them(office):
    """A version of its own: an application begun before is asked what its version asks. What was typed stays."""
    before = _appointed(office)
    _ask(office, "RUANG", ASKED)
    application = _appointed(office)
    client = signed_in(office.technical)
    address = reverse("hayu:app_act", args=[application.public_id, Act.CATAT_BAP])
    page = client.get(address).content.decode()
    assert "Pohon tidak ditebang" in page
    assert "Pejalan kaki tetap dapat lewat" not in page
    old = client.get(reverse("hayu:app_act", args=[before.public_id, Act.CATAT_BAP])).content.decode()
    assert "Pejalan kaki tetap dapat lewat" in old
    assert "Pohon tidak ditebang" not in old
    given = {
        "version": application.version, "fits": "ya", "latitude": "-6,9", "longitude": "107,6",
        "note": "Taman dipakai sebagian.", "photo_1": photo(), "photo_2": photo("blue"), "bap_lebar_trotoar_cm": "150",
    }  # fmt: skip
    refused = client.post(address, given).content.decode()
    assert 'href="#id_bap_pohon_tidak_ditebang_0"' in refused
    assert 'value="150"' in refused
    files = {"photo_1": photo(), "photo_2": photo("blue")}
    done = client.post(address, given | files | {"bap_pohon_tidak_ditebang": "Tidak"})
    assert done.status_code == 302
    made = application.visits.get()
    assert made.answers == {"pohon_tidak_ditebang": "Tidak", "lebar_trotoar_cm": 150}
    shown = signed_in(office.checker).get(reverse("hayu:application", args=[application.public_id])).content.decode()
    assert "<dt>Pohon tidak ditebang</dt><dd>Tidak</dd>" in shown
    assert reverse("hayu:app_minutes", args=[application.public_id, made.pk]) in shown


def test_the_minutes_on_paper(office):
    """Letterhead, answers, position, photographs; the same bytes each time, and only of a visit that was made."""
    application = _appointed(office, "REKLAME-T")
    address = reverse("hayu:app_minutes", args=[application.public_id, application.visits.get().pk])
    assert signed_in(office.checker).get(address).status_code == 404
    application = office.act(application, Act.CATAT_BAP, office.technical, "Tiang di tepi jalan.",
                             **visit_data(application, applicant_present=False))  # fmt: skip
    made = application.visits.get()
    said = visit_papers.of_application(made)
    assert (said["nomor"], said["hasil"]) == (f"Permohonan {application.receipt}", "sesuai permohonan")
    assert ["Konstruksi dan sambungan listriknya aman", "Ya"] in said["jawaban"]
    assert said["posisi"].startswith("-6,900000, 107,600000 (")
    assert (said["hadir"], said["pihak"]["name"]) == ("Pemohon atau wakilnya tidak hadir", "")
    assert ["NIK", application.masked_nik] in said["rincian"]
    assert said["catatan"] == "Tiang di tepi jalan."
    assert len(said["foto"]) == 2
    drawn = signed_in(office.checker).get(address).content
    assert drawn.startswith(b"%PDF-")
    assert drawn == visit_papers.draw(made)
    assert drawn.count(b"/Subtype/Image") + drawn.count(b"/Subtype /Image") >= 2
    assert signed_in(office.stranger).get(address).status_code == 404


def test_an_answer_outside_the_choices_is_refused_and_what_was_not_asked_is_not_kept(office):
    application = _appointed(office)
    data = visit_data(application)
    wrong = data | {"answers": data["answers"] | {"lewat": "Mungkin"}}
    with pytest.raises(Refused) as refusal:
        office.act(application, Act.CATAT_BAP, office.technical, "Taman dilihat semua.", **wrong)
    assert [fault.field for fault in refusal.value.faults] == ["bap_lewat"]
    application = office.act(application, Act.CATAT_BAP, office.technical, "Taman dilihat semua.",
                             **visit_data(application) | {"answers": data["answers"] | {"lain": "x"}})  # fmt: skip
    assert application.visits.get().answers == data["answers"]


def test_faults_of_the_questions_stand_at_their_part(office):
    rows = [
        {"key": "a", "label": "A", "kind": "pilihan", "choices": ["Ya"]},
        {"key": "a", "label": "B", "kind": "lagu"},
    ]
    found = permit_faults.faults(catalogue.definitions()["RUANG"] | {"minutes": rows})
    assert found == [
        ("minutes", "Dua isian memakai kunci yang sama."), ("minutes", "Isian “A” memerlukan sedikitnya dua pilihan."),
        ("minutes", "Jenis isian “lagu” tidak dikenal."),
    ]  # fmt: skip


def test_inspections_of_permits_and_businesses_have_the_same_paper(office):
    """Findings and the day to mend them stand on it; why a permit was inspected does not."""
    row = planned(office, archived(), Trigger.PENGADUAN)
    for action, data in ((Step.JADWALKAN, {"day": calendar().add(dates.today(), 0)}), (Step.MULAI, {})):
        supervision.machine.perform(row.pk, action, office.inspector, data=data)
    found = {"outcome": Outcome.TIDAK_SESUAI, "findings": [PermitFinding.SYARAT.value], "holder_present": False}
    made = supervision.machine.perform(row.pk, Step.CATAT, office.inspector, note="Papan izin tidak dipasang.",
                                       data=minutes(**found))  # fmt: skip
    made.refresh_from_db()
    said = visit_papers.of_permit(made)
    assert (said["nomor"], said["hasil"]) == (f"Izin {made.permit.number}", "ada temuan")
    assert said["temuan"] == [PermitFinding.SYARAT.label]
    assert "pengaduan" not in json.dumps(said).lower()
    address = reverse("hayu:supervision_minutes", args=[made.public_id])
    assert signed_in(office.inspector).get(address).content == visit_papers.draw(made)
    assert signed_in(office.checker).get(address).status_code == 404
    assert audit.history(made.permit).last().note == "Berita acara pemeriksaan diunduh"
    report = registered(office.owner)
    reports.perform(report.pk, Action.PILIH_SAMPEL, None, data={"rule": SampleRule.ACAK})
    report = reports.perform(report.pk, Action.CATAT_HASIL, office.inspector, data=visit(Outcome.TIDAK_SESUAI))
    seen = report.inspections.get()
    paper = visit_papers.of_report(seen)
    assert (paper["nomor"], paper["hasil"]) == (f"Tanda lapor {report.number}", "tidak sesuai laporan")
    assert (paper["sampai"], paper["temuan"]) == (dates.long_date(seen.fix_by), seen.finding_labels)
    assert visit_papers.draw(seen).startswith(b"%PDF-")
