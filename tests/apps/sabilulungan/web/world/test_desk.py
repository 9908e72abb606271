"""The desk: what waits, acts through pages, refusals beside their fields with what was typed kept."""

import pytest

from core.models import AuditEntry
from sabilulungan.enums import State
from sabilulungan.models import DeclaredInterest, Proposal, RuleException


def fresh(case):
    return Proposal.objects.get(pk=case.pk)


def test_what_waits_for_whom(client, world):
    waiting = {}
    for name, person in vars(world.staff).items():
        client.force_login(person)
        page = client.get("/meja/").content.decode()
        waiting[name] = [key for key, case in vars(world.cases).items() if case.number and case.number in page]
    assert waiting == {
        "tu": ["filed", "family"],
        "head": ["person"],
        "sorter": [],
        "office": ["evaluated"],
        "chief": [],
        "team": [],
        "budget": [],
    }


def test_the_queue_counts_what_is_late(client, world, clock):
    clock.move_to("2026-03-20T03:00:00+00:00")  # three days off between the due day and today
    client.force_login(world.staff.tu)
    assert "Tidak ada yang terlambat." in client.get("/meja/").content.decode()
    clock.move_to("2026-03-31T03:00:00+00:00")
    client.force_login(world.staff.tu)
    page = client.get("/meja/").content.decode()
    assert "2 berkas menunggu Anda" in page
    assert "2 sudah lewat batas waktu." in page
    assert "terlambat" in page


def complete(case, **changes):
    data = {document.code: "SESUAI" for document in case.documents.all()}
    data |= {"register_number": "TU/7", "registered_on": "10/3/2026", "version": str(case.version)}
    return {**data, **changes}


def test_check_02_the_registry_cannot_press_complete(client, world):
    case = world.cases.filed
    client.force_login(world.staff.tu)
    address = f"/meja/{case.number}/tindakan/LENGKAP/"
    refused = client.post(
        address, complete(case, DOMISILI="KURANG", note_DOMISILI="Tidak terbaca.", register_number="TU/77")
    )
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Surat keterangan domisili belum dinyatakan sesuai." in page
    assert 'value="TU/77"' in page
    assert 'value="Tidak terbaca."' in page
    assert fresh(case).state == State.DIAJUKAN
    data = complete(case, DOMISILI="KURANG", note_DOMISILI="Tidak terbaca.", AKTA="KURANG", note_AKTA="Halaman hilang.")
    assert client.post(f"/meja/{case.number}/tindakan/KEMBALIKAN/", data).status_code == 302
    case = fresh(case)
    assert case.state == State.PERBAIKAN
    assert [(item["code"], item["note"]) for item in case.steps.last().items] == [
        ("AKTA", "Halaman hilang."),
        ("DOMISILI", "Tidak terbaca."),
    ]


def test_returning_without_marks_is_refused(client, world):
    client.force_login(world.staff.tu)
    case = world.cases.filed
    refused = client.post(f"/meja/{case.number}/tindakan/KEMBALIKAN/", complete(case))
    assert refused.status_code == 409
    assert "Tandai dahulu apa yang harus dilengkapi pemohon." in refused.content.decode()


def test_a_double_click_is_one_act(client, world):
    client.force_login(world.staff.tu)
    case = world.cases.filed
    address = f"/meja/{case.number}/tindakan/LENGKAP/"
    assert client.post(address, complete(case)).status_code == 302
    rows = AuditEntry.objects.count()
    again = client.post(address, complete(case), follow=True)
    assert "Tindakan Anda sudah tercatat" in again.content.decode()
    assert (AuditEntry.objects.count(), fresh(case).steps.count()) == (rows, 2)


def test_a_stale_page_is_refused_with_the_name_of_who_was_faster(client, world):
    import build
    from core.models import RoleAssignment

    colleague = build.user("tono", "TU")
    case = world.cases.filed
    client.force_login(world.staff.tu)
    client.post(f"/meja/{case.number}/tindakan/LENGKAP/", complete(case))
    client.force_login(colleague)
    data = complete(case, DOMISILI="KURANG", note_DOMISILI="Buram.")
    late = client.post(f"/meja/{case.number}/tindakan/KEMBALIKAN/", data)
    assert late.status_code == 409
    assert "baru saja diubah oleh Tati" in late.content.decode()
    assert fresh(case).state == State.DISPOSISI
    assert RoleAssignment.objects.filter(user=colleague).exists()


def test_the_office_sends_its_evaluation(client, world):
    case = world.cases.evaluated
    client.force_login(world.staff.office)
    data = {f"check_R{number:02d}": "ya" for number in range(5, 12)}
    data |= {
        "visited_on": "9 Maret 2026", "met_with": "Ketua RW", "visit_result": "Ada.", "recommended": "ya",
        "line_1": "9.000.000", "line_2": "Rp 3.000.000", "note": "Layak.", "version": str(case.version),
    }  # fmt: skip
    wrong = client.post(
        f"/meja/{case.number}/tindakan/REKOMENDASIKAN/", {**data, "line_1": "sembilan juta", "check_R09": ""}
    )
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Tulis jumlah dengan angka" in page
    assert 'value="sembilan juta"' in page
    unanswered = client.post(f"/meja/{case.number}/tindakan/REKOMENDASIKAN/", {**data, "check_R09": ""})
    assert unanswered.status_code == 422
    assert "Jawab pemeriksaan ini." in unanswered.content.decode()
    assert client.post(f"/meja/{case.number}/tindakan/REKOMENDASIKAN/", data).status_code == 302
    assert (fresh(case).state, fresh(case).amount_opd) == (State.VERIFIKASI_TP, 12_000_000)
    assert fresh(case).evaluations.get().answers.count() == 7


def test_check_07_the_public_timeline_shows_both_numbers_and_the_reason(client, world):
    import build

    case = build.walk(world.cases.evaluated, world.staff, State.PERTIMBANGAN)
    client.force_login(world.staff.budget)
    address = f"/meja/{case.number}/tindakan/TETAPKAN_BESARAN/"
    refused = client.post(address, {"amount": "15.000.000", "version": str(case.version)})
    assert refused.status_code == 409
    assert "Tulis alasannya" in refused.content.decode()
    assert 'value="15.000.000"' in refused.content.decode()
    data = {"amount": "15.000.000", "rise": "Harga mesin jahit naik.", "version": str(case.version)}
    assert client.post(address, data).status_code == 302
    client.logout()
    page = client.get(f"/usulan/{case.number}/").content.decode()
    for words in ("Rp12.000.000", "Rp15.000.000", "Harga mesin jahit naik."):
        assert words in page


@pytest.mark.parametrize("action", ["AJUKAN", "TARIK", "KIRIM_PERBAIKAN", "LEWAT_WAKTU", "TIDUR"])
def test_acts_of_others_have_no_address_at_the_desk(client, world, action):
    client.force_login(world.staff.tu)
    assert client.post(f"/meja/{world.cases.filed.number}/tindakan/{action}/", {}).status_code == 404


def test_a_declared_tie_takes_the_case_out_of_the_queue(client, world):
    case = world.cases.filed
    client.force_login(world.staff.tu)
    assert client.post(f"/meja/{case.number}/kepentingan/", {"relation": ""}, follow=True).status_code == 200
    assert not DeclaredInterest.objects.exists()
    client.post(f"/meja/{case.number}/kepentingan/", {"relation": "Keponakan ketua"})
    assert DeclaredInterest.objects.get().user == world.staff.tu
    assert case.number not in client.get("/meja/").content.decode()
    assert client.post(f"/meja/{case.number}/tindakan/LENGKAP/", complete(case)).status_code == 403


def test_the_admin_opens_a_window_and_nothing_else(client, world):
    client.force_login(world.more.admin)
    bad = client.post(
        "/meja/jendela/", {"budget_year": "2027", "opens": "1/8/2026", "closes": "1/7/2026", "basis": "SK 1"}
    )
    assert (bad.status_code, "Tanggal tutup lebih awal" in bad.content.decode()) == (422, True)
    good = {"budget_year": "2027", "opens": "1/8/2026", "closes": "31/8/2026", "basis": "Keputusan 12/2026"}
    assert client.post("/meja/jendela/", good).status_code == 302
    assert "Keputusan 12/2026" in client.get("/meja/jendela/").content.decode()


def test_check_05_an_exception_is_public(client, world):
    case = world.cases.approved
    client.force_login(world.staff.head)
    data = {
        "recipient": case.recipient.public_id,
        "budget_year": "2027",
        "rule": "R10",
        "legal_basis": "Perpres 1/2026",
    }
    wrong = client.post("/meja/pengecualian/", {**data, "recipient": "TIDAKADA"})
    assert (wrong.status_code, "Tidak ada penerima" in wrong.content.decode()) == (422, True)
    assert client.post("/meja/pengecualian/", data).status_code == 302
    assert RuleException.objects.get().granted_by == world.staff.head
    client.logout()
    assert "Perpres 1/2026" in client.get(f"/usulan/{case.number}/").content.decode()
    assert "Perpres 1/2026" in client.get(f"/penerima/{case.recipient.public_id}/").content.decode()
