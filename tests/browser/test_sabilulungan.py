"""Stories of Sabilulungan in a real browser: a grandmother finds a grant, an applicant sends, an office decides."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from conftest import sign_in
from guards import DESKTOP, PHONE, faults, follow
from playwright.sync_api import expect

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"


@pytest.fixture
def site(serve):
    return serve("sabilulungan")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_one_named_grant_is_found_from_the_start_page(visit, site, width):
    page = visit(site, "/", width=width)
    name = page.locator(".record h3 a").nth(1).inner_text()
    page.get_by_label("Cari usulan").fill(name)
    follow(page.get_by_role("button", name="Cari").first)
    expect(page.locator("h1")).to_have_text("Semua usulan")
    follow(page.get_by_role("link", name=name, exact=True).first)
    expect(page.locator("h1")).to_have_text(name)
    assert page.locator(".steps > li").count() in (11, 12)
    assert faults(page) == []


def test_filters_are_chips_that_can_be_taken_away(visit, site):
    page = visit(site, "/usulan/?jenis=BANSOS&hasil=berjalan")
    expect(page.locator(".chip")).to_have_count(2)
    follow(page.get_by_role("link", name=re.compile("Hasil: Sedang berjalan")))
    expect(page.locator(".chip")).to_have_count(1)
    assert "jenis=BANSOS" in page.url
    assert faults(page) == []


def test_the_list_works_without_javascript(visit, site):
    page = visit(site, "/usulan/", width=PHONE, java_script_enabled=False)
    page.locator("details.filters > summary").click()
    page.get_by_label("Jenis").select_option("HIBAH")
    follow(page.get_by_role("button", name="Tampilkan"))
    expect(page.locator(".chip")).to_have_count(1)


def test_an_applicant_sends_a_draft_and_withdraws_it(open_context, site):
    page = open_context(PHONE).new_page()  # refusals on the way are meant
    sign_in(page, site, site.account("PEMOHON"))
    page.goto(f"{site.url}/usulan-saya/")
    follow(page.locator(".record", has_text="Draf").get_by_role("link").first)
    expect(page.locator("h1")).to_have_text("Kegiatan yang diusulkan")
    page.get_by_label("Mulai").fill("31 Februari 2027")
    follow(page.get_by_role("button", name="Simpan dan lanjut"))
    page.get_by_text("Tanggal itu tidak ada di kalender.").first.wait_for()
    assert page.get_by_label("Mulai").input_value() == "31 Februari 2027"
    assert faults(page) == []
    page.get_by_label("Mulai").fill("1 Maret 2027")
    page.get_by_label("Selesai").fill("30/6/2027")
    follow(page.get_by_role("button", name="Simpan dan lanjut"))
    expect(page.locator("h1")).to_have_text("Rincian biaya")
    follow(page.get_by_role("button", name="Simpan dan lanjut"))
    page.locator("input[type=file]").first.set_input_files(
        {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    follow(page.get_by_role("button", name="Simpan dan lanjut"))
    expect(page.locator("h1")).to_have_text("Periksa dan kirim")
    follow(page.get_by_role("button", name="Kirim usulan"))
    page.get_by_text("Setujui pernyataan di bawah lebih dahulu.").wait_for()
    page.get_by_label("Saya menyatakan semua hal di atas benar.").check()
    follow(page.get_by_role("button", name="Kirim usulan"))
    page.get_by_text("Usulan sudah dikirim.").wait_for()
    assert faults(page) == []
    follow(page.get_by_role("link", name="Tarik usulan ini"))
    page.get_by_label("Alasan menarik usulan").fill("Hanya mencoba.")
    follow(page.get_by_role("button", name="Tarik usulan"))
    page.get_by_text("Usulan sudah ditarik.").wait_for()


def test_the_registry_returns_with_all_faults_in_one_go(visit, site):
    page = visit(site, "/meja/", account=site.account("TU"))
    number = page.locator("tbody .code").first.inner_text()
    follow(page.locator("tbody th a").first)
    for index in (0, 1):
        tick = page.locator(".tick").nth(index)
        tick.get_by_label("Kurang").check()
        tick.get_by_label("Yang harus diperbaiki").fill(f"Halaman {index + 1} buram.")
    assert faults(page) == []
    follow(page.get_by_role("button", name="Kembalikan untuk dilengkapi"))
    page.get_by_text("kembalikan untuk dilengkapi sudah dicatat").wait_for()
    expect(page.locator("tbody .code", has_text=number)).to_have_count(0)
    page.goto(f"{site.url}/usulan/{number}/")
    assert "Halaman 2 buram." in page.locator(".timeline").inner_text()


def test_the_head_approves(visit, site):
    page = visit(site, "/meja/", width=PHONE, account=site.account("KDH"))
    follow(page.locator("tr", has_text="Menunggu persetujuan").first.locator("th a"))
    page.get_by_label("Nomor lembar persetujuan").fill("978/77")
    follow(page.get_by_role("button", name="Setujui"))
    page.get_by_text("setujui sudah dicatat").wait_for()
    assert faults(page) == []


def test_from_agreement_to_payment_with_every_role_as_itself(visit, site):
    """The recipient agrees, the head signs, the recipient uploads and asks, finance pays, the public sees it."""
    applicant = site.account("PEMOHON")
    page = visit(site, "/usulan-saya/", width=PHONE, account=applicant)
    follow(page.locator(".record", has_text="Ditetapkan").locator("a").first)
    own = page.url
    number = page.locator(".facts .num").first.inner_text()
    follow(page.get_by_role("link", name="Setujui isi perjanjian"))
    page.get_by_label("Kami memakai bantuan ini hanya").check()
    follow(page.get_by_role("button", name="Setujui isi perjanjian"))
    page.get_by_text("sudah dicatat").wait_for()
    head = visit(site, f"/meja/{number}/", account=site.account("KDH"))
    head.get_by_label("Nama penanda tangan").fill("Kepala Daerah Contoh")
    follow(head.get_by_role("button", name="Tanda tangani perjanjian"))
    head.get_by_text("sudah dicatat").wait_for()
    account = site.account("KDH")
    head.goto(f"{site.url}/meja/{number}/dokumen/nphd/tanda-tangan/")
    head.get_by_label("Kata sandi akun Anda").fill(account.password)
    follow(head.get_by_role("button", name="Tanda tangani", exact=True))
    head.get_by_text("tanda tangan tersimpan").wait_for()
    page.goto(own)
    follow(page.get_by_role("link", name="Unggah berkas"))
    for index in range(page.locator("input[type=file]").count()):
        name = f"berkas-{index}.pdf"
        upload = {"name": name, "mimeType": "application/pdf", "buffer": PDF + name.encode()}
        page.locator("input[type=file]").nth(index).set_input_files(upload)
    follow(page.get_by_role("button", name="Simpan berkas"))
    follow(page.get_by_role("link", name="Ajukan pencairan"))
    page.get_by_label("Rencana penggunaan").fill("Sesuai rincian.")
    assert faults(page) == []
    follow(page.get_by_role("button", name="Ajukan pencairan"))
    page.get_by_text("sudah dicatat").wait_for()
    desk = visit(site, f"/meja/{number}/", account=site.account("KEU"))
    for label in ("Nomor SPP", "Nomor SPM", "Nomor SP2D"):
        desk.get_by_label(label).fill(f"{label[6:]}/77")
    proof = {"name": "bukti.pdf", "mimeType": "application/pdf", "buffer": PDF + b"bukti"}
    desk.locator("input[type=file]").first.set_input_files(proof)
    desk.get_by_label("Tanggal bayar").fill(datetime.now(ZoneInfo("Asia/Jakarta")).strftime("%d/%m/%Y"))
    follow(desk.get_by_role("button", name="Catat pembayaran"))
    desk.get_by_text("sudah dicatat").wait_for()
    public = visit(site, f"/usulan/{number}/")
    expect(public.locator(".steps > li.is-now")).to_contain_text("Dilaporkan")
    assert faults(public) == []
