"""Lane IZIN in the browser's addresses: from the type's page to a permit anybody can check."""

import datetime as dt
import json
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from office import PASSPHRASE, pdf, planned

from build import NIK, PHONE, photo
from core import audit, dates, files, wilayah
from core.calendar import calendar
from core.web.middleware import CONTENT_SECURITY_POLICY
from hayu.domain import catalogue, complaints, places
from hayu.domain.permits import applications, certificates, charges, sheet
from hayu.enums import AppAction as Act
from hayu.enums import AppState as S
from hayu.enums import BillState, PermitState
from hayu.interfaces.forms.catalogue import written
from hayu.models import Application, Bill, Permit, PermitVersion
from hayu.rules import permits


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def where(name: str, application: Application, *more: str) -> str:
    return reverse(f"hayu:{name}", args=[application.public_id, *more])


def text(answer, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def person(**changes) -> dict[str, str]:
    place = wilayah.villages()[0]
    return {
        "holder_name": "Ani Suryani", "nik": NIK, "phone": "0812-3456-7890", "village_code_3": place.parent,
        "village_code_4": place.code, "address": "Jl. Kenanga No. 7", "isian_profesi": "Perawat",
        "isian_nomor_str": "AB 123", "isian_tempat_praktik": "Klinik Melati",
    } | changes  # fmt: skip


def test_a_nurse_applies_with_one_return(office):
    """Three steps, one return with two faults, mended on one page, checked, advised, drafted, signed, downloaded."""
    owner, checker = signed_in(office.owner), signed_in(office.checker)
    begun = owner.post("/izin/sip-nakes/ajukan/")
    application = Application.objects.get()
    assert begun.url == where("app_sheet", application)
    page = text(owner.get(begun.url))
    assert "Nomor STR" in page
    assert owner.post("/izin/sip-nakes/ajukan/").url == begun.url  # a double click leaves one draft
    step = owner.post(begun.url, person(version=application.version))
    assert step.url == where("app_documents", application)
    uploads = {f"berkas_{item.key}": pdf() for item in application.type.needed("BARU")}
    assert owner.post(step.url, uploads).url == where("app_send", application)
    look = text(owner.get(where("app_send", application)))
    assert "3273********0001" in look
    assert NIK not in look
    application.refresh_from_db()
    sent = owner.post(where("app_send", application), {"statement": "on", "version": application.version}, follow=True)
    application.refresh_from_db()
    assert application.state == S.DIAJUKAN
    assert application.receipt in text(sent)
    taken = checker.post(where("app_act", application, "ambil"), {"version": application.version})
    assert taken.url == where("application", application)
    application.refresh_from_db()
    faults = {"version": application.version, "kembalikan": "ya", "salah_berkas_ktp_pemohon": "KTP buram sekali.",
              "salah_isian_nomor_str": "Nomor berbeda dari STR."}  # fmt: skip
    checker.post(where("app_check", application), faults)
    application.refresh_from_db()
    assert (application.state, len(application.flagged)) == (S.PERLU_PERBAIKAN, 2)
    mend = text(owner.get(where("app_mend", application)))
    assert "KTP buram sekali." in mend
    assert "Pasfoto" not in mend
    half = owner.post(where("app_mend", application), {"version": application.version, "isian_nomor_str": "AB 124"})
    assert "Belum diperbaiki" in text(half, 409)
    assert "AB 124" in half.content.decode()
    application.refresh_from_db()
    mended = {"version": application.version, "isian_nomor_str": "AB 124", "berkas_ktp_pemohon": pdf(b"2")}
    assert owner.post(where("app_mend", application), mended).url == where("application", application)
    application.refresh_from_db()
    assert (application.state, application.answers["nomor_str"]) == (S.VERIFIKASI_BERKAS, "AB 124")
    ok = {f"ok_{name}": "on" for name in _boxes(application)}
    incomplete = checker.post(where("app_check", application), {"version": application.version, "teruskan": ""})
    assert "Belum diperiksa" in text(incomplete, 409)
    checker.post(where("app_check", application), ok | {"version": application.version, "teruskan": ""})
    application.refresh_from_db()
    assert application.state == S.PERTIMBANGAN_TEKNIS
    _do(office.technical, application, "rekomendasi", verdict="LAYAK", conditions="")
    _do(office.section, application, "susun", conditions="")
    _do(office.division, application, "paraf")
    application.refresh_from_db()
    signer = signed_in(office.signer)
    assert application.permit_number in text(signer.get("/tanda-tangan/"))
    preview = signer.get(where("app_preview", application))
    assert preview.content.startswith(b"%PDF-")
    line = f"{application.pk}:{application.version}"
    wrong = signer.post("/tanda-tangan/", {"izin": line, "passphrase": "salah"})
    assert "Tidak ada yang ditandatangani" in text(wrong, 409)
    assert "checked" in wrong.content.decode()
    done = signer.post("/tanda-tangan/", {"izin": line, "passphrase": PASSPHRASE}, follow=True)
    assert "1 dari 1 izin ditandatangani" in text(done)
    permit = Permit.objects.get()
    page = text(owner.get(reverse("hayu:issued", args=[permit.code])))
    assert permit.number in page
    download = owner.get(reverse("hayu:issued_pdf", args=[permit.code]))
    assert b"".join(download.streaming_content).startswith(b"%PDF-")


def _boxes(application: Application) -> list[str]:
    names = {"isian": "isian_", "syarat": "berkas_"}
    items = (item.partition(":") for item in application.type.items(application.kind))
    return [f"{names[kind]}{key}" for kind, _, key in items]


def _do(user, application: Application, action: str, **data) -> None:
    application.refresh_from_db()
    client = signed_in(user)
    text(client.get(where("app_act", application, action)))
    answer = client.post(where("app_act", application, action), {"version": application.version, **data})
    assert answer.status_code == 302, answer.content.decode()


def test_what_was_typed_stays_and_the_fault_stands_at_its_field(office):
    draft = applications.begin(office.owner, "SIP-NAKES")
    page = text(signed_in(office.owner).post(where("app_sheet", draft), person(nik="123", isian_profesi="Dukun")))
    assert 'value="123"' in page
    assert "NIK terdiri dari 16 angka" in page
    assert 'href="#id_isian_profesi"' in page


@pytest.mark.parametrize("said", ["Klinik 日本", "Klinik 🙂", "Klinik\x07"])
def test_what_no_document_could_print_is_refused_at_its_field(office, said):
    draft = applications.begin(office.owner, "SIP-NAKES")
    page = text(signed_in(office.owner).post(where("app_sheet", draft), person(isian_tempat_praktik=said)))
    assert "tidak dapat dicetak pada dokumen" in page
    assert 'href="#id_isian_tempat_praktik"' in page


def test_uploads_are_kept_and_a_wrong_file_is_explained(office):
    draft = applications.begin(office.owner, "SKP")
    client = signed_in(office.owner)
    keys = [item.key for item in draft.type.needed("BARU")]
    wrong = pdf()
    wrong.seek(0)
    wrong.write(b"MZ")
    wrong.seek(0)
    page = text(client.post(where("app_documents", draft), {f"berkas_{keys[0]}": wrong}))
    assert "Jenis berkas dinilai dari isinya" in page
    client.post(where("app_documents", draft), {f"berkas_{keys[1]}": pdf()})
    assert set(sheet.documents(draft)) == {keys[1]}
    assert "sudah terunggah" in text(client.get(where("app_documents", draft)))


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        (("52,5", "13,4"), "di luar Indonesia"), (("-7,8", "110,4"), "di luar Kota Bandung"),
        (("-6,9", ""), "kosongkan keduanya"), (("enam", "107,6"), "Tulis derajat"), (("", ""), ""),
        (("-6,917", "107,619"), ""),
    ],
)  # fmt: skip
def test_a_point_on_the_map_is_whole_and_in_the_region_or_none(office, point, sentence):
    """What was typed stays; a point outside the official outline is refused in words; none is fine."""
    client, draft = signed_in(office.owner), office.draft()
    address = reverse("hayu:app_sheet", args=[draft.public_id])
    answer = client.post(address, person(latitude=point[0], longitude=point[1], version=draft.version))
    draft.refresh_from_db()
    if sentence:
        page = answer.content.decode()
        assert sentence in page
        assert f'value="{point[0]}"' in page
        assert draft.latitude is None
    else:
        assert answer.status_code == 302
        assert draft.latitude == (None if not point[0] else Decimal("-6.917"))


def test_officers_see_where_the_point_lies(office):
    application = office.sent(latitude=-6.917, longitude=107.619)
    page = text(signed_in(office.checker).get(where("application", application)))
    assert "-6,917" in page
    (district,) = places.districts_at(application.latitude, application.longitude)
    assert district in page
    assert ("Berbeda dari alamat" in page) == (district != application.place.split(", ")[1])


def test_holders_find_their_permits_and_what_may_be_renewed(office):
    """Own permits only; one near its end says so."""
    permit, other = (office.application(S.TERBIT, code).permit for code in ("REKLAME-T", "SKP"))
    foreign = office.sent(user=office.stranger).receipt
    page = text(signed_in(office.owner).get("/permohonan/"))
    assert all(row.number in page for row in (permit, other))
    assert "Dapat diperpanjang" not in page
    assert foreign not in page
    Permit.objects.filter(pk=permit.pk).update(ends_on=dates.today() + dt.timedelta(days=30))
    assert text(signed_in(office.owner).get("/permohonan/")).count("Dapat diperpanjang") == 1
    assert permit.number not in text(signed_in(office.stranger).get("/permohonan/"))


def test_desk_files_for_a_walk_in(office):
    client = signed_in(office.desk)
    begun = client.post("/izin/skp/ajukan/", {"loket": "ya"})
    application = Application.objects.get()
    assert (application.channel, application.applicant) == ("LOKET", None)
    assert "Persetujuan pemohon" in text(client.get(begun.url))
    assert signed_in(office.owner).post("/izin/skp/ajukan/", {"loket": "ya"}).status_code == 403


def test_inspector_records_a_visit(office):
    application = office.application(S.PENINJAUAN, "REKLAME-T")
    day = calendar().add(dates.today(), 0)
    _do(office.technical, application, "jadwalkan", day=f"{day:%d/%m/%Y}")
    client = signed_in(office.technical)
    application.refresh_from_db()
    assert "data-keep" in text(client.get(where("app_act", application, "catat_bap")))
    minutes = {
        "version": application.version, "fits": "ya", "latitude": "-6,9", "longitude": "107,6",
        "note": "Papan sesuai gambar.", "photo_1": photo(), "photo_2": photo("blue"),
    } | {f"bap_{question.key}": "Ya" for question in application.type.minutes}  # fmt: skip
    assert str(day.day) in text(client.get("/kalender/"))
    client.post(where("app_act", application, "catat_bap"), minutes)
    application.refresh_from_db()
    assert application.state == S.PERTIMBANGAN_TEKNIS
    photo_id = files.current(application.visits.get())[0].public_id
    assert signed_in(office.stranger).get(reverse("core:file", args=[photo_id])).status_code == 404


@pytest.fixture
def permit(office) -> Permit:
    return Permit.objects.get(application=office.application(S.TERBIT))


def test_anybody_checks_a_permit_and_its_file(client, office, permit):
    page = text(client.get(f"/cek/{permit.code.lower()}/"))
    for said in ("Berlaku", permit.number, "A*** S***", permit.sha256, "1 kali", "uji coba"):
        assert said in page
    for hidden in (NIK, PHONE, "Ani Suryani", permit.address):
        assert hidden not in page
    address = reverse("hayu:compare", args=[permit.code])
    genuine = files.read(certificates.stored(permit))
    upload = pdf()
    upload.seek(0)
    upload.write(genuine)
    upload.seek(0)
    assert "sama persis dengan izin" in text(client.post(address, {"berkas": upload}))
    assert "berbeda dari yang kami terbitkan" in text(client.post(address, {"berkas": pdf(b"palsu")}))


@pytest.mark.parametrize(
    ("state", "word"), [("DIBEKUKAN", "Dibekukan"), ("DICABUT", "Dicabut"), ("BERAKHIR", "Berakhir")]
)
def test_check_tells_what_is_so_now(client, permit, state, word):
    ended = {"ended_on": dates.today()} if state != "DIBEKUKAN" else {"suspended_until": dates.today()}
    Permit.objects.filter(pk=permit.pk).update(state=state, **ended)
    page = text(client.get(f"/cek/{permit.code}/"))
    assert f" {word}</h1>" in page
    assert " Berlaku</h1>" not in page


def test_check_of_a_permit_takes_four_queries_at_most(client, permit, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(f"/cek/{permit.code}/")


def test_register_of_permits_shows_and_exports_nothing_personal(client, permit):
    shown = text(client.get("/daftar-izin/"))
    rows = b"".join(client.get("/daftar-izin/?ekspor=json").streaming_content).decode()
    csv = b"".join(client.get("/daftar-izin/?ekspor=csv").streaming_content).decode()
    api = text(client.get("/api/v1/izin"))
    for said in (shown, rows, csv, api):
        assert permit.number in said
        assert "A*** S***" in said
        for hidden in (NIK, PHONE, "Ani Suryani", permit.address):
            assert hidden not in said
    assert json.loads(rows)["izin"][0]["keadaan"] == "BERLAKU"
    assert json.loads(text(client.get("/api/v1/izin?keadaan=DICABUT")))["jumlah"] == 0
    assert permit.number not in text(client.get("/daftar-izin/?keadaan=DICABUT"))


def test_map_and_numbers(client, permit):
    page = text(client.get("/peta/"))
    assert f"Izin terbanyak ada di {permit.district}" in page
    assert page.count("</title></path>") == len(wilayah.districts())
    assert f"<title>{permit.district}: 1 izin</title>" in page
    assert "1 izin berlaku" in text(client.get("/angka/"))


def test_tracking_without_an_account(client, office):
    application = office.application(S.PERLU_PERBAIKAN)
    page = text(client.post("/lacak/", {"resi": application.receipt, "hp": "7890"}))
    assert "Perlu perbaikan" in page
    assert "Kembalikan untuk diperbaiki" in page
    for hidden in ("Verifikator", NIK, "Ani Suryani", office.checker.full_name):
        assert hidden not in page
    wrong = text(client.post("/lacak/", {"resi": application.receipt, "hp": "1111"}))
    assert "tidak cocok" in wrong
    assert application.receipt in wrong
    assert "tepat empat angka" in text(client.post("/lacak/", {"resi": "X", "hp": "12"}))


def _reads(found) -> list[tuple[str, str, str]]:
    rows = audit.history(found).filter(action=audit.READ)
    return [(row.actor.username, row.role, row.note) for row in rows]


def test_papers_officers_take_are_noted_in_the_log(office):
    """Who took what in which role; the owner leaves no line, and a reader is neither late nor partial by it."""
    application = office.application(S.USUL_TOLAK)
    assert signed_in(office.division).get(where("app_receipt", application)).content.startswith(b"%PDF-")
    application = office.act(application, Act.SETUJUI_TOLAK, office.division, "Setuju.")
    for user in (office.owner, office.checker):
        assert signed_in(user).get(where("app_letter", application)).content.startswith(b"%PDF-")
    assert signed_in(office.checker).head(where("app_letter", application)).status_code == 200
    assert _reads(application) == [
        ("kabid", "KABID", "Tanda terima diunduh"), ("verifikator", "VERIFIKATOR", "Surat penolakan diunduh")
    ]  # fmt: skip
    permit = office.application(S.TERBIT).permit
    for user in (office.owner, office.inspector):
        b"".join(signed_in(user).get(reverse("hayu:issued_pdf", args=[permit.code])).streaming_content)
    assert _reads(permit) == [("pengawas", "PENGAWAS", "Berkas izin diunduh")]
    assert "Berkas izin diunduh" in text(signed_in(office.owner).get(reverse("hayu:issued", args=[permit.code])))
    told = complaints.file(kind="DOKUMEN", text="Nomor izin ini dipakai orang lain.", related=permit.number)
    assert complaints.target_of(told) == permit
    assert not complaints.concerns(office.inspector, told)
    assert told in complaints.open_to(office.inspector)


def test_documents_officers_open_are_noted_once_a_day(office):
    """A document, a photo of a visit; the kind is written, not the name people gave it; strangers leave no line."""
    application = office.application(S.PERTIMBANGAN_TEKNIS, "REKLAME-T")
    document = next(stored for stored in files.current(application) if stored.kind.startswith("syarat-ktp"))
    photo_seen = files.current(application.visits.get())[0]
    with time_machine.travel(dates.now(), tick=False) as clock:
        for user, stored in (
            (office.owner, document), (office.stranger, document), (office.technical, document),
            (office.technical, document), (office.technical, photo_seen),
        ):  # fmt: skip
            signed_in(user).get(reverse("core:file", args=[stored.public_id])).close()
        signed_in(office.technical).head(reverse("core:file", args=[document.public_id])).close()
        first = [
            ("teknis", "TIM_TEKNIS", "Dokumen dibuka: ktp pemohon atau nib (versi 1)"),
            ("teknis", "TIM_TEKNIS", "Dokumen dibuka: foto-1 (versi 1)"),
        ]
        assert _reads(application) == first
        clock.shift(24 * 3600)
        signed_in(office.technical).get(reverse("core:file", args=[document.public_id])).close()
        assert _reads(application) == [*first, first[0]]
    page = text(signed_in(office.owner).get(where("application", application)))
    part = page[page.index('<details class="readings">') :].partition("</details>")[0]
    assert "Dibaca petugas 3 kali" in part
    assert (part.count("Dokumen dibuka"), page.count("Dokumen dibuka")) == (3, 3)
    assert office.technical.full_name not in part


def test_a_document_may_stand_beside_the_checklist(office):
    """Only that page lets a frame show what the browser itself fetched; no page may be framed by another."""
    application = office.application(S.VERIFIKASI_BERKAS)
    client = signed_in(office.checker)
    policy = client.get(where("app_check", application)).headers["Content-Security-Policy"]
    assert policy == f"{CONTENT_SECURITY_POLICY}; frame-src blob:"
    assert client.get(where("application", application)).headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_refused_with_letter_and_objection(office):
    application = office.application(S.DITOLAK)
    owner = signed_in(office.owner)
    assert application.reason in text(owner.get(where("application", application)))
    assert owner.get(where("app_letter", application)).content.startswith(b"%PDF-")
    _do(office.owner, application, "keberatan", note="STR saya masih berlaku.")
    application.refresh_from_db()
    assert application.state == S.DITINJAU_ULANG


def test_ink_and_scan(office):
    application = office.application(S.MENUNGGU_TTE)
    client = signed_in(office.signer)
    address = where("app_scan", application)
    assert "Pindaian" in text(client.get(address))
    answer = client.post(address, {"scan": pdf(), "passphrase": PASSPHRASE, "version": application.version})
    assert answer.url == where("application", application)
    assert Permit.objects.get().signature == "BASAH"


def test_survey_page(office):
    application = office.application(S.DIBATALKAN)
    owner = signed_in(office.owner)
    address = where("survey", application)
    assert "Sembilan pertanyaan" in text(owner.get(address))
    answers = {f"u{number}": "4" for number in range(1, 10)}
    assert owner.post(address, answers).url == where("application", application)
    assert "sudah diisi" in text(owner.post(address, answers), 409)


def test_warning_page_of_a_permit(office, permit):
    client = signed_in(office.inspector)
    address = reverse("hayu:issued_act", args=[permit.code, "peringatan"])
    assert client.post(address, {"note": "Praktik di luar jadwal.", "version": permit.version}).status_code == 302
    permit.refresh_from_db()
    assert (permit.warnings, permit.state) == (1, PermitState.BERLAKU)


def test_the_bank_calls(client, office):
    catalogue.save(
        catalogue.definitions()["RUANG"] | {"charge": {"formula": "luas * hari * 5000", "basis": "Perda contoh"}},
        office.admin, reason="Perda contoh",
    )  # fmt: skip
    application = office.application(S.PENETAPAN, "RUANG")
    office.act(application, Act.TETAPKAN_BIAYA, office.assessor)
    bill = Bill.objects.get()
    assert bill.payment_code in text(signed_in(office.owner).get(where("application", application)))
    message = {
        "kode_bayar": bill.payment_code, "jumlah": bill.amount, "bukti": "BJB-1",
        "tanda": charges.callback_signature(bill.payment_code, bill.amount, "BJB-1"),
    }  # fmt: skip

    def call(**changes) -> tuple[int, dict]:
        answer = client.post("/api/v1/pembayaran", json.dumps(message | changes), content_type="application/json")
        return answer.status_code, answer.json()

    assert call(tanda="0" * 64) == (409, {"sebab": "Tanda tangan pesan bank tidak cocok."})
    assert call() == (200, {"kode_bayar": bill.payment_code, "lunas": True, "baru": True})
    assert call() == (200, {"kode_bayar": bill.payment_code, "lunas": True, "baru": False})
    assert call(jumlah=-1)[0] == 422
    bill.refresh_from_db()
    assert bill.state == BillState.LUNAS


def test_administrator_makes_a_type_and_people_apply_for_it(office):
    """No programmer: lines of text become fields, documents, charge; a fault stands beside its part."""
    client = signed_in(office.admin)
    form = {
        "code": "TAMBAT", "name": "Izin tambat perahu", "summary": "Untuk pemilik perahu wisata.",
        "product": "Izin tambat", "basis": "Perda contoh", "procedure": "Kirim.\nTunggu.", "days": "4",
        "questions": "Nama perahu | teks | wajib\nPanjang (m) | angka | wajib\nBahan | pilihan | boleh | Kayu; Fiber",
        "object_label": "Nama perahu",
        "requirements": "KTP pemilik | wajib\nFoto perahu | wajib | baru; ubah | Dari samping, <b>namanya</b> terbaca",
        "field_visit": "no", "validity": "1 tahun", "months": "12", "formula": "panjang_m * tarif",
        "constants": "tarif = 2.500", "charge_basis": "Perda contoh", "number_pattern": "503/{jenis}/{no:04}/{tahun}",
        "template": "izin", "active": "on", "reason": "SK contoh", "seen": "0",
    }  # fmt: skip
    wrong = client.post("/jenis-izin/baru/", form | {"formula": "panjang_m *"})
    assert "berakhir terlalu cepat" in text(wrong, 409)
    assert "Nama perahu | teks | wajib" in wrong.content.decode()
    assert client.post("/jenis-izin/baru/", form).url == "/jenis-izin/TAMBAT/"
    assert "sudah dipakai" in text(client.post("/jenis-izin/baru/", form), 409)
    page = text(Client().get("/izin/tambat/"))
    assert "Izin tambat perahu" in page
    assert "Dari samping, &lt;b&gt;namanya&lt;/b&gt; terbaca" in page
    draft = applications.begin(office.owner, "TAMBAT")
    asked = text(signed_in(office.owner).get(where("app_documents", draft)))
    assert "Dari samping, &lt;b&gt;namanya&lt;/b&gt; terbaca" in asked
    application = office.sent("TAMBAT")
    assert application.type.charge_of(application.answers) == (10_000, {"panjang_m": "4", "tarif": "2500"})
    assert {item.key for item in application.type.needed("PERPANJANG")} == {"ktp_pemilik"}
    changed = written(PermitVersion.objects.get(code="TAMBAT").definition)
    again = {name: value for name, value in changed.items() if value not in (None, False)}
    again |= {"days": "3", "reason": "Lebih cepat", "seen": "1", "active": "on"}
    assert client.post("/jenis-izin/TAMBAT/", again).status_code == 302
    newest = PermitVersion.objects.get(code="TAMBAT", current=True)
    first = PermitVersion.objects.get(code="TAMBAT", number=1)
    assert newest.definition == first.definition | {"days": 3}
    assert "versi" in text(client.get("/jenis-izin/TAMBAT/")).lower()


def test_each_type_of_the_profile_survives_the_editor(office):
    """What the editor shows and saves unchanged is the same definition."""
    client = signed_in(office.admin)
    for code, definition in catalogue.definitions().items():
        shown = {name: value for name, value in written(definition).items() if value not in (None, False)}
        answer = client.post(f"/jenis-izin/{code}/", shown | {"reason": "Uji", "seen": "0"})
        assert answer.status_code == 302, answer.context["form"].errors
        assert catalogue.find(code) == permits.parse(definition)


def test_links_are_shown_to_whom_they_open(office, permit):
    """Advice ends with the application: the permit is not theirs. A verifier reads permits, not their inspections."""
    planned(office, permit, scheduled_for=dates.today())
    inspection = permit.supervisions.get()
    link = {"permit": reverse("hayu:issued", args=[permit.code])}
    link["inspection"] = reverse("hayu:supervision", args=[inspection.public_id])
    shown = {
        role: [name for name, path in link.items() if f'href="{path}"' in text(signed_in(user).get(page))]
        for role, user, page in (
            ("technical", office.technical, where("application", permit.application)),
            ("checker", office.checker, where("application", permit.application)),
            ("checker on the permit", office.checker, link["permit"]),
            ("owner on the permit", office.owner, link["permit"]),
        )
    }
    assert shown == {
        "technical": [],
        "checker": ["permit"],
        "checker on the permit": [],
        "owner on the permit": ["inspection"],
    }
    for user, path in ((office.technical, link["permit"]), (office.checker, link["inspection"])):
        assert signed_in(user).get(path).status_code == 404
    assert dates.long_date(dates.today()) in text(signed_in(office.checker).get(link["permit"]))


def test_colours_of_the_queue_are_those_of_the_clock(office):
    """Of five days three are green, four and five yellow, six red; the filter of a colour finds just those."""
    tones = {3: "good", 4: "waiting", 5: "waiting", 6: "bad"}
    made = {used: office.sent() for used in tones}
    for used, row in made.items():
        Application.objects.filter(pk=row.pk).update(used_days=used)
    client = signed_in(office.checker)
    page = text(client.get("/antrean/"))
    for used, tone in tones.items():
        badge = page.split(f"{used} dari 5 hari")[0].rpartition("badge--")[2]
        assert badge.startswith(tone)
    found = {}
    for colour in ("hijau", "kuning", "lewat"):
        page = text(client.get(f"/antrean/?warna={colour}"))
        found[colour] = {used for used, row in made.items() if row.receipt in page}
    assert found == {"hijau": {3}, "kuning": {4, 5}, "lewat": {6}}


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_equal_queries_for_any_queue(office, rows, django_assert_max_num_queries):
    made = [office.sent(code) for code in ["SIP-NAKES", "SKP"] * (rows // 2) + ["SKP"] * (rows % 2)]
    client = signed_in(office.checker)
    client.get("/antrean/")
    with django_assert_max_num_queries(8):
        page = text(client.get("/antrean/"))
    assert page.count('scope="row"') == min(len(made), 20)
