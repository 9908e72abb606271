"""Stories of permits in a real browser: a nurse, a billboard, an objection, and the head with a list to sign."""

import re

import pytest
from guards import PHONE, faults, follow
from permits import Office, line, papers
from playwright.sync_api import expect
from server import deployed

MOMENT, TODAY = "2026-11-26T02:00Z", "26/11/2026"  # a Thursday: offices visit on working days only
NURSE = {"Nomor STR": "CONTOH-12-345", "Nama tempat praktik": "Klinik Bina Sehat"}
WHY = "STR yang dilampirkan tidak terdaftar pada konsil, jadi tidak dapat diterima."

pytestmark = pytest.mark.story


@pytest.fixture(scope="module")
def hayu():
    with deployed("hayu", MOMENT) as new, new.served() as site:
        yield site


@pytest.fixture
def office(hayu, open_context, tmp_path):
    return Office(hayu, open_context, tmp_path)


def test_a_nurse_gets_her_permit_after_one_return(office):
    """One return, one pause on the clock, advice, draft, signature; the holder downloads the certificate."""
    receipt = office.apply("SIP-NAKES", NURSE, {"Profesi": "Perawat"})
    check = office.take(receipt)
    beside = check.locator(".beside__pane")
    check.get_by_role("link", name="berkas-").first.click()  # shown beside the checklist, no new tab
    expect(beside.get_by_role("heading")).to_have_text("KTP pemohon")
    expect(beside.locator("iframe")).to_be_visible()
    assert len(check.context.pages) == 1
    check.get_by_label("Kekurangan: KTP").fill("Berkas tidak terbaca, pindai ulang.")
    assert faults(check) == []
    follow(check.get_by_role("button", name="Kembalikan dengan semua kekurangan"))
    check.get_by_text("Dikembalikan dengan seluruh kekurangannya.").wait_for()
    mine = office.open("PEMOHON", receipt)
    expect(mine.locator(".now__say")).to_contain_text("Waktu layanan berhenti")
    follow(mine.get_by_role("link", name="Perbaiki sekarang"))
    assert mine.locator("input[type=file]").count() == 1  # only what was returned
    assert faults(mine) == []
    mine.locator("input[type=file]").set_input_files(papers(office.folder, 1)[0])
    follow(mine.get_by_role("button", name="Kirim perbaikan"))
    mine.locator(".timeline", has_text="Kirim perbaikan").wait_for()
    office.forward(receipt)
    office.advise(receipt)
    office.draft(receipt)
    office.sign(receipt)
    mine = office.open("PEMOHON", receipt)
    expect(mine.locator(".timeline")).to_contain_text("Tanda tangani")
    follow(mine.get_by_role("link", name="Lihat izin"))
    expect(mine.locator(".page-head, main").first).to_contain_text("Berlaku")
    assert faults(mine) == []
    with mine.expect_download() as download:
        mine.get_by_role("link", name="Unduh PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")


def test_a_pause_of_days_is_seen_on_the_clock(office):
    """A file of the demonstration was returned some days ago: those days stand as paused, not as used."""
    page = office.page("KABID")
    page.goto(f"{office.site.url}/antrean/?semua=ya&keadaan=PERLU_PERBAIKAN")
    follow(page.locator("tbody tr").first.get_by_role("link"))
    assert page.locator(".days .day--paused").count() >= 1
    expect(page.locator(".days .day--paused").first).to_contain_text("jeda, menunggu pemohon")


def test_a_billboard_is_renewed_with_a_visit_and_a_charge(office, hayu):
    """The region sets a charge; the holder renews in time: a visit, a bill, a payment; the old permit is replaced."""
    admin = office.page("ADMIN_WILAYAH")
    admin.goto(f"{hayu.url}/jenis-izin/REKLAME-T/")
    admin.get_by_label("Rumus biaya").fill("luas * sisi * tarif")
    admin.get_by_label("Nilai tetap rumus").fill("tarif = 25000")
    admin.get_by_label("Perda yang menetapkan biaya").fill("Perda Contoh Nomor 1 Tahun 2026")
    admin.get_by_label("Dasar perubahan ini").fill("Keputusan contoh nomor 5")
    follow(admin.get_by_role("button", name="Simpan sebagai versi baru"))
    admin.get_by_text("Tersimpan sebagai versi").wait_for()
    holder = office.page("PEMOHON")
    holder.goto(f"{hayu.url}/permohonan/")
    issued = re.compile("reklame.*Terbit", re.IGNORECASE | re.DOTALL)
    follow(holder.locator(".record", has_text=issued).get_by_role("link").first)
    follow(holder.get_by_role("link", name="Lihat izin"))
    old = holder.locator(".facts dd").first.inner_text()
    address = holder.url
    follow(holder.get_by_role("button", name="Perpanjang"))
    holder.get_by_label("Luas bidang").fill("6")
    holder.get_by_label("Banyak sisi").fill("2")
    follow(holder.get_by_role("button", name="Simpan dan lanjut"))
    receipt = office.attach_and_send()
    office.take(receipt)
    office.forward(receipt)
    seen = office.visit(receipt, TODAY)
    expect(seen.locator(".visit")).to_contain_text("Tiang berdiri di titik yang dimohon.")
    assert seen.locator(".visit img").count() == 2
    assert faults(seen) == []
    office.advise(receipt)
    bill = office.act("PENETAP_RETRIBUSI", receipt, "Tetapkan biaya", "Terbitkan tagihan")
    expect(bill.locator(".now")).to_contain_text("Rp300.000")
    expect(office.open("PEMOHON", receipt).locator(".now")).to_contain_text("waktu layanan berhenti")

    def paid(page):
        page.get_by_label("Jumlah yang diterima").fill("300.000")
        page.get_by_label("Nomor bukti bayar").fill(f"BUKTI-{receipt}")

    office.act("BENDAHARA", receipt, "Catat pembayaran", "Catat lunas", paid)
    office.draft(receipt)
    office.sign(receipt)
    holder.goto(address)
    expect(holder.locator("main")).to_contain_text("Diganti oleh")
    assert old not in holder.locator(".now").inner_text()


def test_an_objection_is_won(office, visit, hayu):
    """Refused with its rule, objected to, granted by the head, and the file goes on by another officer."""
    receipt = office.apply("SIP-NAKES", NURSE, {"Profesi": "Bidan"})
    refused = office.take(receipt)
    follow(refused.get_by_role("link", name="Usulkan penolakan"))
    refused.get_by_label("Aturan yang tidak dipenuhi").fill("UU 17/2023 pasal 263")
    refused.get_by_label("Alasan").fill(WHY)
    follow(refused.get_by_role("button", name="Usulkan", exact=True))
    refused.get_by_text("Tercatat: Usulkan penolakan.").wait_for()

    def agree(page):
        page.get_by_label("Catatan").fill("Setuju, sudah dilihat.")

    office.act("KABID", receipt, "Setujui penolakan", "Setujui penolakan", agree)
    mine = office.open("PEMOHON", receipt)
    expect(mine.locator(".now")).to_contain_text(WHY)
    expect(mine.locator(".now")).to_contain_text("Keberatan sampai")
    assert faults(mine) == []

    def object_to(page):
        page.get_by_label("Catatan").fill("STR saya terdaftar; tangkapan layar konsil saya lampirkan.")

    office.act("PEMOHON", receipt, "Ajukan keberatan", "Kirim keberatan", object_to)

    def grant(page):
        page.get_by_label("Catatan").fill("Sudah dicek ke konsil: terdaftar.")

    office.act("PENANDATANGAN", receipt, "Kabulkan keberatan", "Kabulkan", grant)
    first = office.open("VERIFIKATOR", receipt)
    assert first.get_by_role("link", name="Periksa berkas").count() == 0  # the one who refused does not check again
    office.take(receipt, number=1)
    office.forward(receipt, number=1)
    expect(office.open("PEMOHON", receipt).locator(".now")).to_contain_text(
        "Kantor teknis sedang memberi pertimbangan."
    )


def test_the_head_signs_a_list_and_a_citizen_checks_the_paper(office, visit, hayu):
    """Each line is seen before it is signed; the code typed from the paper tells what holds now."""
    head = office.page("PENANDATANGAN")
    head.goto(f"{hayu.url}/tanda-tangan/")
    assert faults(head) == []
    told = head.locator(".record").all_inner_texts()
    lines = [found for text in told if (found := re.search(r"\d{4}-[A-Z-]+-\d{4}-\d{6}", text))]
    receipts = [found.group() for found in lines][:2]
    assert len(receipts) == 2
    for receipt in receipts:
        row = line(head, receipt)
        expect(row).to_contain_text("hari ke-")
        expect(row.get_by_role("link", name="Baca naskah")).to_be_visible()
    head.get_by_label("Kata sandi Anda").fill("bukan kata sandi saya")
    office.sign(*receipts)
    head.goto(f"{hayu.url}/antrean/?semua=ya&cari={receipts[0]}")
    follow(head.locator("tbody tr").get_by_role("link"))
    holder = head.locator(".facts dd").nth(2).inner_text()
    follow(head.get_by_role("link", name="Lihat izin"))
    paper = head.locator("main").inner_text()
    code = re.search(r"Kode ([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})", paper).group(1)
    public = visit(hayu, "/cek/", width=PHONE, java_script_enabled=False)
    public.get_by_label("Kode").fill(code.lower().replace("-", " "))
    follow(public.get_by_role("button", name="Periksa"))
    seen = public.locator("main").inner_text()
    assert "Izin ini berlaku" in seen or "belum mulai berlaku" in seen
    assert holder not in seen
