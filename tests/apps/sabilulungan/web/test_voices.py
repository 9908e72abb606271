"""Comments, reports, right of reply and following: ticket, deadline, answer, and nothing sent unasked."""

import datetime as dt
import io
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

import build
from core import files
from core.models import Notification, StoredFile
from sabilulungan.domain import flow, voices
from sabilulungan.enums import Action, Role, VoiceState
from sabilulungan.models import CitizenVoice, Follower

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(build.OPEN_DAY, tick=False) as moved:
        yield moved


@pytest.fixture
def ani():
    return build.user("ani")


@pytest.fixture
def case(ani):
    return build.send(build.draft(build.organisation(ani), ani), ani)


@pytest.fixture
def staff():
    return build.user("tati", Role.TU), build.user("euis", Role.INSPEKTORAT)


def speak(client, case, **data):
    return client.post(f"/usulan/{case.number}/suara/", {"kind": "KOMENTAR", "text": "Gedung ini kosong.", **data})


def test_evidence_of_a_report_is_read_by_the_auditor_alone(client, case, ani, staff):
    registry, auditor = staff
    said = {"kind": "LAPORAN", "text": "Gedungnya tidak pernah dibangun."}
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Pabrik"
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG", exif=exif)
    sent = speak(
        client, case, **said, evidence=[_upload("foto.jpg", picture.getvalue()), _upload("surat.pdf", build.PDF)]
    )
    assert sent.status_code == 302
    photo, paper = voices.evidence_of(CitizenVoice.objects.get())
    assert (photo.media_type, paper.media_type) == ("image/jpeg", "application/pdf")
    assert b"Pabrik" not in files.read(photo)
    address = f"/berkas/{photo.public_id}/"
    assert photo.public_id not in client.get(sent.url).content.decode()
    for person, status in ((None, 404), (ani, 404), (registry, 404), (auditor, 200)):
        client.force_login(person) if person else client.logout()
        response = client.get(address)
        response.close()
        assert response.status_code == status
    assert address in client.get(f"/meja/suara/{CitizenVoice.objects.get().ticket}/").content.decode()


@pytest.mark.parametrize(
    ("kind", "names", "sentence"),
    [
        ("KOMENTAR", ["foto.pdf"], "Bukti hanya untuk laporan"),
        ("LAPORAN", ["satu.pdf", "dua.pdf", "tiga.pdf", "empat.pdf"], "Paling banyak 3 berkas."),
        ("LAPORAN", ["satu.pdf", "program.exe"], "Jenis berkas dinilai dari isinya"),
    ],
)
def test_unfit_evidence_keeps_what_was_typed_and_nothing_is_stored(client, case, kind, names, sentence):
    uploads = [_upload(name, b"MZ" if name.endswith("exe") else build.PDF) for name in names]
    refused = speak(client, case, kind=kind, evidence=uploads)
    page = refused.content.decode()
    assert (refused.status_code, sentence in page, "Gedung ini kosong." in page) == (422, True, True)
    assert (CitizenVoice.objects.count(), StoredFile.objects.filter(kind__startswith="bukti").count()) == (0, 0)


def _upload(name, content):
    return SimpleUploadedFile(name, content)


def test_a_report_gets_a_ticket_a_deadline_and_an_answer_only_its_holder_reads(client, case, staff):
    registry, auditor = staff
    sent = speak(client, case, kind="LAPORAN", text="Tidak ada kegiatan di sana.", email="warga@contoh.invalid")
    assert sent.status_code == 302
    voice = CitizenVoice.objects.get()
    assert voice.due_on == dt.date(2026, 3, 31)  # ten working days, without the days off of late March
    assert "Selasa, 31 Maret 2026" in client.get(sent.url).content.decode()
    assert Notification.objects.get(event="suara.diterima").address == "warga@contoh.invalid"
    client.force_login(registry)
    assert client.get(f"/meja/suara/{voice.ticket}/").status_code == 404
    client.force_login(auditor)
    assert "Tidak ada kegiatan" in client.get("/meja/suara/").content.decode()
    wrong = client.post(f"/meja/suara/{voice.ticket}/", {"answer": "NIK 3273010101900001", "accept": "ya"})
    assert wrong.status_code == 422
    done = client.post(f"/meja/suara/{voice.ticket}/", {"answer": "Sudah kami periksa.", "accept": "ya"})
    assert done.status_code == 302
    client.logout()
    assert "Sudah kami periksa." in client.get(sent.url).content.decode()
    page = client.get(f"/usulan/{case.number}/").content.decode()
    assert [words for words in ("Tidak ada kegiatan", "Sudah kami periksa", "warga@") if words in page] == []


def test_a_comment_is_public_only_with_its_answer(client, case, staff):
    registry, _ = staff
    speak(client, case, name="Budi")
    assert "Gedung ini kosong." not in client.get(f"/usulan/{case.number}/").content.decode()
    client.force_login(registry)
    voice = CitizenVoice.objects.get()
    client.post(f"/meja/suara/{voice.ticket}/", {"answer": "Gedung dipakai mulai Maret.", "accept": "ya"})
    twice = client.post(f"/meja/suara/{voice.ticket}/", {"answer": "Jawaban kedua.", "accept": "ya"})
    assert "Kiriman ini sudah dijawab." in twice.content.decode()
    page = client.get(f"/usulan/{case.number}/").content.decode()
    for words in ("Budi", "Gedung ini kosong.", "Gedung dipakai mulai Maret."):
        assert words in page


def test_a_double_click_is_one_voice_and_a_flood_is_stopped(client, case):
    assert speak(client, case).url == speak(client, case).url
    for number in range(4):
        assert speak(client, case, text=f"Komentar nomor {number} tentang ini.").status_code == 302
    flood = speak(client, case, text="Komentar yang keenam.")
    assert (flood.status_code, "Terlalu banyak kiriman" in flood.content.decode()) == (422, True)
    assert CitizenVoice.objects.count() == 5


def test_aid_to_a_person_is_not_discussed_in_public(client, ani):
    person = build.send(build.draft(build.person(ani), ani), ani)
    refused = speak(client, person)
    assert (refused.status_code, "tidak dikomentari di muka umum" in refused.content.decode()) == (422, True)
    assert speak(client, person, kind="LAPORAN").status_code == 302


def test_personal_numbers_in_a_comment_are_refused_and_the_text_stays(client, case):
    refused = speak(client, case, text="Hubungi saya di 0812-3456-7890 saja.")
    assert refused.status_code == 422
    assert "Hubungi saya di 0812-3456-7890 saja." in refused.content.decode()
    assert not CitizenVoice.objects.exists()


def test_the_recipient_has_the_right_of_reply(client, case, ani, staff):
    client.force_login(build.user("orang"))
    assert client.get(f"/usulan-saya/{case.key}/koreksi/").status_code == 404
    client.force_login(ani)
    client.post(f"/usulan-saya/{case.key}/koreksi/", {"text": "Alamat kami nomor 19, bukan 9."})
    client.force_login(staff[0])
    voice = CitizenVoice.objects.get()
    client.post(f"/meja/suara/{voice.ticket}/", {"answer": "Alamat sudah dibetulkan.", "accept": "ya"})
    assert Notification.objects.filter(event="suara.dijawab").get().user == ani
    page = client.get(f"/usulan/{case.number}/").content.decode()
    assert "Penerima, hak jawab" in page
    assert "Alamat kami nomor 19, bukan 9." in page


def test_a_voice_that_is_not_followed_up_is_not_published(client, case, staff):
    speak(client, case)
    client.force_login(staff[0])
    voice = CitizenVoice.objects.get()
    client.post(f"/meja/suara/{voice.ticket}/", {"answer": "Bukan tentang usulan ini.", "accept": "tidak"})
    voice.refresh_from_db()
    assert voice.state == VoiceState.DITOLAK
    assert "Gedung ini kosong." not in client.get(f"/usulan/{case.number}/").content.decode()


def test_following_is_confirmed_told_and_ended(client, case, staff):
    address = f"/usulan/{case.number}/ikuti/"
    for _ in range(2):
        client.post(address, {"email": "warga@contoh.invalid"})
    asked = Notification.objects.filter(event="ikuti.pastikan").get()
    follower = Follower.objects.get()
    data = {"verdicts": build.verdicts(case), "register_number": "1", "registered_on": dt.date(2026, 3, 10)}
    flow.perform(case, Action.LENGKAP, staff[0], data=data)
    assert not Notification.objects.filter(event="ikuti.kabar").exists()
    assert re.fullmatch(r"/ikuti/\w{12}/", asked.link)
    client.get(asked.link)
    follower.refresh_from_db()
    assert follower.confirmed_at is None  # a visit alone confirms nothing
    client.post(asked.link)
    head = build.user("walikota", Role.KDH)
    flow.perform(case, Action.TERUSKAN, head)
    told = Notification.objects.filter(event="ikuti.kabar").get()
    assert (told.address, told.subject) == ("warga@contoh.invalid", f"Usulan {case.number}: Dipilah")
    client.post(asked.link, {"berhenti": "1"})
    assert not Follower.objects.exists()
    assert client.get(asked.link).status_code == 404
    assert client.post(address, {"email": "bukan surel"}, follow=True).status_code == 200
