"""Pages in use: logging in three taps, typed input kept, refusals as sentences, lists with equal query counts."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from PIL import Image
from test_months import whole_month
from world import MONDAY, TEXT, act, employ, fresh, log, submitted

from core import files
from core.models import Notification, StoredFile
from erk.domain import months, summaries
from erk.domain.machine import ACTIVITIES
from erk.enums import ActivityState as S
from erk.models import Aktivitas, Penempatan

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _monday(at):
    at("2026-10-05 15:00")


def client_of(person) -> Client:
    client = Client()
    client.force_login(fresh(getattr(person, "user", person)), backend=MODEL_BACKEND)
    return client


def typed(**changes: str) -> dict[str, str]:
    values = {
        "katalog": "SRT", "tanggal": "5/10/2026", "mulai": "8", "selesai": "08.45", "volume": "1,5", "uraian": TEXT,
        "kunci": "", "ajukan": "1",
    }  # fmt: skip
    return values | changes


def page(response) -> str:
    return response.content.decode()


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_log_and_hand_in_from_a_favourite(world):
    log(world, world.ana, "07:30", "08:00")
    client = client_of(world.ana)
    today = client.get(reverse("erk:today"))
    link = reverse("erk:new") + "?tanggal=2026-10-05&katalog=SRT"
    assert link.replace("&", "&amp;") in page(today)
    form = client.get(link)
    initial = form.context["form"].initial
    assert (initial["mulai"], initial["selesai"], initial["volume"]) == (dt.time(8), dt.time(8, 30), 1)
    saved = client.post(link, typed(), follow=True)
    assert saved.redirect_chain == [(reverse("erk:today"), 302)]
    assert said(saved) == ["Tersimpan. 45 menit kerja dihitung penuh (norma 45 menit)."]
    row = Aktivitas.objects.get(state=S.DIAJUKAN)
    assert (row.mulai, row.selesai, row.volume, row.menit_hitung) == (dt.time(8), dt.time(8, 45), Decimal("1.5"), 45)


def test_bad_input_stays_in_the_form_with_sentences_beside_the_fields(world):
    response = client_of(world.ana).post(
        reverse("erk:new"), typed(mulai="25.99", selesai="delapan", volume="banyak", tanggal="31/2/2026", katalog="")
    )
    assert response.status_code == 422
    assert errors(response) == {
        "katalog": ["Pilih jenis pekerjaan."],
        "tanggal": ["Tanggal itu tidak ada di kalender."],
        "mulai": ["Tulis jam seperti 08.30."],
        "selesai": ["Tulis jam seperti 08.30."],
        "volume": ["Tulis volume dengan angka, misalnya 3 atau 1,5."],
    }
    for text in ("25.99", "delapan", "banyak", "31/2/2026", TEXT):
        assert text in page(response)
    assert not Aktivitas.objects.exists()


@pytest.mark.parametrize("volume", ["NaN", "Infinity", "-1", "0", "1e9", "99999999", "1,234", "١"])
def test_odd_volumes_are_refused(world, volume):
    response = client_of(world.ana).post(reverse("erk:new"), typed(volume=volume))
    assert response.status_code == 422
    assert set(errors(response)) == {"volume"}


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script> melayani warga", "{{ 7*7 }} menyusun surat undangan", "=HYPERLINK(1) surat undangan"],
)
def test_what_was_typed_is_shown_as_text_and_exported_harmlessly(world, text):
    client = client_of(world.ana)
    client.post(reverse("erk:new"), typed(uraian=text))
    row = Aktivitas.objects.get()
    assert row.uraian == text
    body = page(client.get(reverse("erk:activity", args=[row.kode])))
    assert "<script>alert" not in body
    assert escape(text) in body
    rows = b"".join(client.get(reverse("erk:log") + "?ekspor=csv").streaming_content).decode().splitlines()
    assert ("'=HYPERLINK" in rows[1]) == text.startswith("=")


def test_refusals_of_the_domain_stand_beside_their_fields(world):
    log(world, world.ana, "08:00", "09:00")
    response = client_of(world.ana).post(reverse("erk:new"), typed(tanggal="6/10/2026"))
    assert errors(response) == {"tanggal": ["Tanggal itu belum tiba. Aktivitas diisi sesudah dikerjakan."]}
    response = client_of(world.ana).post(reverse("erk:new"), typed())
    assert errors(response) == {"mulai": ["Jam ini bertumpuk dengan “Menyusun konsep surat” pukul 08.00–09.00."]}


def test_the_same_page_sent_twice_is_saved_once(world):
    client = client_of(world.ana)
    form = client.get(reverse("erk:new"))
    key = form.context["form"].initial["kunci"]
    first = client.post(reverse("erk:new"), typed(kunci=key))
    again = client.post(reverse("erk:new"), typed(kunci=key), follow=True)
    assert first.status_code == 302
    assert said(again)[-1] == "Aktivitas ini sudah tersimpan; tidak dicatat dua kali."
    assert Aktivitas.objects.count() == 1


def test_a_key_of_somebody_else_tells_nothing_and_takes_nothing(world):
    other = log(world, world.budi)
    response = client_of(world.ana).post(reverse("erk:new"), typed(kunci=other.kode))
    assert response.status_code == 422
    assert not Aktivitas.objects.filter(pegawai=world.ana).exists()


def test_too_short_a_description_is_kept_as_draft_with_the_reason(world):
    response = client_of(world.ana).post(reverse("erk:new"), typed(uraian="surat"), follow=True)
    row = Aktivitas.objects.get()
    assert row.state == S.DRAF
    assert response.redirect_chain == [(reverse("erk:edit", args=[row.kode]), 302)]
    assert said(response)[0].startswith("Tersimpan sebagai draf, belum diajukan. Jelaskan pekerjaan ini")


def test_a_draft_needs_no_description(world):
    values = typed(uraian="", simpan="1")
    del values["ajukan"]
    assert client_of(world.ana).post(reverse("erk:new"), values).status_code == 302
    assert Aktivitas.objects.get().state == S.DRAF


def photo(name: str = "bukti.jpg") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def test_a_proof_is_stored_and_read_only_by_those_who_see_the_activity(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world.katalog.wajib_bukti = True
    world.katalog.save()
    client = client_of(world.ana)
    client.post(reverse("erk:new"), typed() | {"bukti": photo()})
    assert Aktivitas.objects.get().state == S.DIAJUKAN
    stored = StoredFile.objects.get()
    readers = {
        name: files.may_read(fresh(getattr(world, name).user), stored) for name in ("ana", "kabid", "budi", "camat")
    }
    assert readers == {"ana": True, "kabid": True, "budi": False, "camat": False}
    assert client_of(world.budi).get(reverse("core:file", args=[stored.public_id])).status_code == 404


def test_a_false_image_is_refused_and_the_draft_kept(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    fake = SimpleUploadedFile("bukti.jpg", b"<?php echo 1;", "image/jpeg")
    response = client_of(world.ana).post(reverse("erk:new"), typed() | {"bukti": fake}, follow=True)
    assert "bukan PDF, JPG, PNG" in said(response)[0] or "bukan" in said(response)[0]
    assert (Aktivitas.objects.get().state, StoredFile.objects.count()) == (S.DRAF, 0)


def test_a_stale_page_does_not_overwrite_and_keeps_what_was_typed(world):
    draft = log(world, world.ana)
    client, url = client_of(world.ana), reverse("erk:edit", args=[draft.kode])
    first = typed(versi=str(draft.version), uraian="Perubahan pertama dari telepon genggam", simpan="1")
    second = typed(versi=str(draft.version), uraian="Perubahan kedua dari komputer kantor", simpan="1")
    del first["ajukan"], second["ajukan"]
    assert client.post(url, first).status_code == 302
    act(draft, "ajukan", world.ana)
    act(draft, "tarik", world.ana)
    response = client.post(url, second)
    assert response.status_code == 422
    assert "baru saja diubah oleh Ana" in errors(response)["__all__"][0]
    assert "Perubahan kedua dari komputer kantor" in page(response)
    draft.refresh_from_db()
    assert draft.uraian == "Perubahan pertama dari telepon genggam"


def test_what_was_handed_in_meanwhile_is_not_changed_and_the_text_is_kept(world):
    item = submitted(world, world.ana)
    url = reverse("erk:edit", args=[item.kode])
    response = client_of(world.ana).post(url, typed(versi=str(item.version), uraian="Perubahan yang datang terlambat"))
    assert errors(response) == {"__all__": ["Aktivitas ini sudah diajukan atau diputuskan, jadi tidak dapat diubah."]}
    assert "Perubahan yang datang terlambat" in page(response)
    assert client_of(world.ana).get(url).status_code == 409


def test_the_superior_lowers_returns_and_rejects_with_a_reason(world):
    item = submitted(world, world.ana)
    client = client_of(world.kabid)
    url = reverse("erk:act", args=[item.kode, "setujui"])
    refused = client.post(url, {"versi": item.version, "menit": "20", "alasan": ""})
    assert refused.status_code == 409
    assert "Tuliskan alasan paling sedikit 10 huruf" in page(refused)
    client.post(url, {"versi": item.version, "menit": "20", "alasan": "Rapat selesai lebih cepat"})
    item.refresh_from_db()
    assert (item.state, item.menit_setuju) == (S.DISETUJUI, 20)
    late = client.post(
        reverse("erk:act", args=[item.kode, "tolak"]), {"versi": item.version, "alasan": "Tidak sesuai agenda"}
    )
    assert late.status_code == 409
    assert "tidak dapat dilakukan pada tahap sekarang" in page(late)


def test_a_double_click_of_the_superior_is_met_with_a_calm_sentence(world):
    item = submitted(world, world.ana)
    client, data = client_of(world.kabid), {"versi": item.version, "menit": "", "alasan": ""}
    url = reverse("erk:act", args=[item.kode, "setujui"])
    client.post(url, data)
    assert (
        said(client.post(url, data, follow=True))[-1]
        == "Tindakan Anda sudah tercatat; tidak ada yang dilakukan dua kali."
    )


def test_two_superiors_at_once(world):
    item = submitted(world, world.ana)
    post = world.kabid.penempatan.get().jabatan
    Penempatan.objects.create(pegawai=world.budi, jabatan=post, mulai=MONDAY, akhir=MONDAY, jenis="PLH")
    data = {"versi": item.version, "menit": "", "alasan": "Tidak sesuai dengan agenda"}
    client_of(world.kabid).post(reverse("erk:act", args=[item.kode, "setujui"]), data)
    second = client_of(world.budi).post(reverse("erk:act", args=[item.kode, "tolak"]), data)
    assert second.status_code == 409
    assert "baru saja diubah oleh Kabid" in page(second)
    item.refresh_from_db()
    assert item.state == S.DISETUJUI


def test_a_batch_decides_each_row_for_itself(world):
    first, second = submitted(world, world.ana, "08:00", "08:30"), submitted(world, world.ana, "09:00", "09:30")
    foreign = submitted(world, world.cici, "08:00", "08:30")
    ACTIVITIES.perform(second.pk, "tarik", fresh(world.ana.user))
    ticks = [f"{row.kode}:{row.version}" for row in (first, second, foreign)]
    response = client_of(world.kabid).post(reverse("erk:batch"), {"pilih": ticks}, follow=True)
    told = said(response)
    assert told[0] == "1 aktivitas disetujui."
    assert "baru saja diubah oleh Ana" in told[1]
    assert len(told) == 2
    states = dict(Aktivitas.objects.values_list("kode", "state"))
    assert (states[first.kode], states[second.kode], states[foreign.kode]) == (S.DISETUJUI, S.DRAF, S.DIAJUKAN)


def test_a_batch_is_never_empty_nor_above_twenty(world):
    client = client_of(world.kabid)
    assert said(client.post(reverse("erk:batch"), follow=True)) == ["Centang dahulu aktivitas yang sudah Anda baca."]
    rows = [
        submitted(world, world.ana, f"{8 + n // 6:02}:{n % 6 * 10:02}", f"{8 + n // 6:02}:{n % 6 * 10 + 9:02}")
        for n in range(21)
    ]
    response = client.post(reverse("erk:batch"), {"pilih": [f"{row.kode}:{row.version}" for row in rows]}, follow=True)
    assert said(response) == ["Paling banyak 20 aktivitas sekali setujui, agar setiap baris sempat dibaca."]
    assert Aktivitas.objects.filter(state=S.DIAJUKAN).count() == 21


def test_the_inbox_shows_every_row_of_a_person_and_nothing_of_others(world):
    submitted(world, world.ana)
    submitted(world, world.budi, uraian="Memasukkan data pemohon ke dalam aplikasi")
    submitted(world, world.cici, uraian="Membantu warga kecamatan mengisi formulir")
    body = page(client_of(world.kabid).get(reverse("erk:inbox")))
    assert TEXT in body
    assert "Memasukkan data pemohon" in body
    assert "Membantu warga kecamatan" not in body
    only = page(client_of(world.kabid).get(reverse("erk:inbox") + f"?pegawai={world.budi.kode}"))
    assert TEXT not in only


def test_a_plh_holds_the_approval_right_for_the_period_only(world, at):
    item = submitted(world, world.ana)
    client = client_of(world.kabid)
    data = {
        "jabatan": str(world.kabid.penempatan.get().jabatan_id), "pengganti": world.budi.kode,
        "mulai": "6/10/2026", "akhir": "7/10/2026", "dasar": "SP/12/2026",
    }  # fmt: skip
    assert client.post(reverse("erk:acting"), data).status_code == 302
    assert Notification.objects.get(user=world.budi.user).event == "erk.plh"
    address = reverse("erk:activity", args=[item.kode])
    statuses = {}
    for day in ("2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08"):
        at(f"{day} 10:00")
        statuses[day] = client_of(world.budi).get(address).status_code
    assert list(statuses.values()) == [404, 200, 200, 404]


def test_a_faulty_appointment_keeps_what_was_typed(world):
    data = {
        "jabatan": str(world.kabid.penempatan.get().jabatan_id),
        "pengganti": world.budi.kode,
        "mulai": "1/10/2026",
        "akhir": "30/9/2026",
        "dasar": "SP/12",
    }
    response = client_of(world.kabid).post(reverse("erk:acting"), data)
    assert response.status_code == 422
    assert errors(response) == {
        "mulai": ["Hari pertama paling awal hari ini."],
        "akhir": ["Hari terakhir tidak boleh sebelum hari pertama."],
    }
    assert 'value="SP/12"' in page(response)


def test_the_cliff_is_told_to_employee_and_superior(world, at):
    at("2026-10-20 09:00")
    days = [dt.date(2026, 10, n) for n in (1, 2, 5, 6, 7, 8, 9, 12, 13, 14)]
    whole_month(world, world.ana, 2850, days)
    assert "Hati-hati di ambang tunjangan" in page(client_of(world.ana).get(reverse("erk:today")))
    assert "1 orang di dekat ambang tunjangan" in page(client_of(world.kabid).get(reverse("erk:team")))


def test_wita_pages_show_the_regions_time(sumbawa_barat, world, at):
    at("2026-10-05 07:45")
    draft = log(world, world.ana, "07:30", "07:45")
    act(draft, "ajukan", world.ana)
    body = page(client_of(world.ana).get(reverse("erk:activity", args=[draft.kode])))
    assert "07.30–07.45 WITA" in body
    assert "5 Okt 2026 pukul 07.45 WITA" in body
    assert "Pemerintah Kabupaten Sumbawa Barat" in body


def test_the_export_of_the_own_log_is_the_filter(world):
    submitted(world, world.ana, "08:00", "08:30")
    log(world, world.ana, "09:00", "09:30", uraian="Menata arsip surat bulan lalu")
    client = client_of(world.ana)
    lines = (
        b"".join(client.get(reverse("erk:log") + "?keadaan=DIAJUKAN&ekspor=csv").streaming_content)
        .decode()
        .splitlines()
    )
    assert len(lines) == 2
    assert TEXT in lines[1]
    assert client.get(reverse("erk:log") + "?ekspor=pdf").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/hari-ini/?tanggal=besok",
        "/tunjangan/?bulan=2026-99",
        "/tunjangan/?bulan=2027-01",
        "/gambaran-umum/?bulan=2020-01",
    ],
)
def test_addresses_that_ask_for_nothing_are_404(world, address):
    assert client_of(world.ana).get(address).status_code == 404


def counted(client: Client, address: str, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(60) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


EIGHT = (
    "erk:today",
    "erk:slip",
    "erk:inbox",
    "erk:team",
    "erk:workload",
)  # the most queries a page of every day may ask


@pytest.mark.parametrize(
    ("who", "route"),
    [
        ("ana", "erk:today"),
        ("ana", "erk:slip"),
        ("ana", "erk:log"),
        ("kabid", "erk:inbox"),
        ("kabid", "erk:team"),
        ("kepala", "erk:workload"),
        ("kepala", "erk:recap"),
        ("bkpsdm", "erk:audit_list"),
    ],
)
def test_lists_ask_the_database_equally_often_for_1_3_and_25_rows(world, at, who, route, django_assert_max_num_queries):
    post, numbers = world.ana.penempatan.get().jabatan, []
    people = [world.ana]
    for size in (1, 3, 25):
        while len(people) < size:
            people.append(employ(f"Orang {len(people)}", 100 + len(people), post))
        for index, person in enumerate(people):
            if not Aktivitas.objects.filter(pegawai=person).exists() or person == world.ana:
                start = Aktivitas.objects.filter(pegawai=person).count() * 15 + 420
                clock = f"{start // 60:02}:{start % 60:02}", f"{(start + 10) // 60:02}:{(start + 10) % 60:02}"
                if index == 0 or person != world.ana:
                    submitted(world, person, *clock)
        if route in ("erk:today", "erk:slip", "erk:log"):
            while Aktivitas.objects.filter(pegawai=world.ana).count() < size:
                start = Aktivitas.objects.filter(pegawai=world.ana).count() * 15 + 420
                log(
                    world,
                    world.ana,
                    f"{start // 60:02}:{start % 60:02}",
                    f"{(start + 10) // 60:02}:{(start + 10) % 60:02}",
                )
        address = reverse(route)
        if route in ("erk:recap", "erk:workload"):
            months.compute(dt.date(2026, 10, 1))
            summaries.refresh(dt.date(2026, 10, 1))
            address += "?bulan=2026-10"
        client = client_of(getattr(world, who))
        client.get(address)
        numbers.append(counted(client, address, django_assert_max_num_queries))
    assert numbers[0] == numbers[1] == numbers[2]
    if route in EIGHT:
        assert numbers[0] <= 8


def test_an_inbox_with_500_waiting_asks_eight_times(world, django_assert_max_num_queries):
    first = submitted(world, world.ana)
    post = world.ana.penempatan.get().jabatan
    copies = []
    for index in range(499):
        owner, minute = world.ana if index % 2 else world.budi, 300 + 2 * (index % 100)
        copies.append(
            Aktivitas(
                pegawai=owner, jabatan=post, jabatan_penilai_id=first.jabatan_penilai_id, katalog=world.katalog,
                tanggal=MONDAY - dt.timedelta(days=1 + index // 100), mulai=dt.time(*divmod(minute, 60)),
                selesai=dt.time(*divmod(minute + 1, 60)), uraian=TEXT, menit_norma=1, menit_hitung=1,
                state=S.DIAJUKAN, diajukan_pada=first.diajukan_pada, batas=first.batas,
            )
        )  # fmt: skip
    Aktivitas.objects.bulk_create(copies)
    client = client_of(world.kabid)
    with django_assert_max_num_queries(8):
        body = page(client.get(reverse("erk:inbox")))
    assert "500 aktivitas menunggu" in body
    assert body.count('name="pilih"') == 20


def test_the_slip_of_a_closed_month_asks_eight_times(world, at, django_assert_max_num_queries):
    at("2026-11-20 09:00")
    months.compute(dt.date(2026, 10, 1))
    client = client_of(world.ana)
    with django_assert_max_num_queries(8):
        assert client.get(reverse("erk:slip") + "?bulan=2026-10").status_code == 200
