"""Stories of Hayu in a real browser: a warung reports on a phone, anybody checks the paper, an inspector visits."""

import re
import time

import pytest
from guards import DESKTOP, PHONE, faults, follow
from permits import papers, place

MINUTE = 60


@pytest.fixture
def hayu(serve):
    return serve("hayu")


def answer(page, words):
    follow(page.locator(".answer", has_text=words).first)


def report(page, name):
    """Report a warung from the search to the receipt, as one would type."""
    page.get_by_label("Anda mau apa?").fill("warung kopi")
    follow(page.get_by_role("button", name="Cari"))
    answer(page, "Kedai kopi, kafe")
    page.get_by_label("Modal usaha").fill("5 juta")
    follow(page.get_by_role("button", name="Lanjut"))
    assert "Anda cukup melapor." in page.get_by_role("heading", level=1).inner_text()
    follow(page.get_by_role("button", name="Lapor sekarang"))
    page.get_by_label("Nama usaha").fill(name)
    page.get_by_label("Banyak orang yang bekerja").fill("2")
    place(page, "Alamat usaha")
    follow(page.get_by_role("button", name="Simpan dan lanjut"))
    follow(page.get_by_role("button", name="Simpan dan lanjut"))  # the owner's data are known
    page.get_by_label("Saya menyatakan data ini benar").check()
    follow(page.get_by_role("button", name="Kirim laporan"))
    page.wait_for_url(re.compile("/tanda-lapor/"))


def test_a_warung_reports_within_a_minute(visit, hayu):
    page = visit(hayu, "/", width=PHONE, account=hayu.account("PEMOHON"))
    started = time.monotonic()
    report(page, "Kopi Teh Ani")
    assert time.monotonic() - started < MINUTE
    paper = page.locator("article.receipt").inner_text()
    assert "Kopi Teh Ani" in paper
    assert "Tanda ini bukti lapor, bukan izin." in paper
    assert re.search(r"\d{4}-LAPOR-\d{4}-\d{6}", paper)
    assert faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh PDF").click()
    assert download.value.suggested_filename.startswith("tanda-lapor-")


def test_the_paper_is_checked_without_java_script(visit, hayu):
    owner = visit(hayu, "/", width=PHONE, account=hayu.account("PEMOHON"))
    report(owner, "Kopi Kertas")
    code = owner.locator(".receipt__foot .code").inner_text()
    page = visit(hayu, "/cek/", width=PHONE, java_script_enabled=False)
    page.get_by_label("Kode").fill(code.lower().replace("-", " "))
    follow(page.get_by_role("button", name="Periksa"))
    assert "Terdaftar" in page.get_by_role("heading", level=1).inner_text()
    told = page.locator("main").inner_text()
    assert "Kopi Kertas" in told
    assert "A*** S***" in told
    assert "Ani Suryani" not in told


def test_a_slip_is_explained_and_kept(visit, hayu):
    page = visit(hayu, "/cek/", width=PHONE)
    page.get_by_label("Kode").fill("abcd-efgh-jk22")
    follow(page.get_by_role("button", name="Periksa"))
    assert "tertukar" in page.locator(".summary").inner_text()
    assert page.get_by_label("Kode").input_value() == "abcd-efgh-jk22"
    assert faults(page) == []


def test_the_wizard_works_without_java_script(visit, hayu):
    page = visit(hayu, "/mulai/", width=PHONE, java_script_enabled=False)
    answer(page, "Membuka atau menjalankan usaha")
    page.get_by_label("Sebut usahanya").fill("laundry")
    follow(page.get_by_role("button", name="Cari"))
    answer(page, "Laundry")
    page.get_by_label("Modal usaha").fill("500.000.000")
    follow(page.get_by_role("button", name="Lanjut"))
    assert "OSS" in page.get_by_role("heading", level=1).inner_text()
    follow(page.get_by_role("link", name="Kembali"))
    assert page.get_by_label("Modal usaha").input_value() == "500.000.000"
    page.get_by_label("Modal usaha").fill("499.999.999")
    follow(page.get_by_role("button", name="Lanjut"))
    assert "Anda cukup melapor." in page.get_by_role("heading", level=1).inner_text()


def test_the_search_answers_while_typing(visit, hayu):
    page = visit(hayu, "/mulai/?keperluan=usaha", width=DESKTOP)
    page.get_by_label("Sebut usahanya").press_sequentially("bengkel motor", delay=20)
    page.locator(".answer", has_text="Bengkel motor").wait_for()
    assert faults(page) == []


def test_an_inspector_records_a_visit_on_the_phone(visit, hayu, tmp_path):
    page = visit(hayu, "/tugas/", width=PHONE, account=hayu.account("PENGAWAS"))
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": -6.9034, "longitude": 107.6187})
    follow(page.locator(".record a").first)
    follow(page.get_by_role("link", name="Catat hasil pemeriksaan"))
    page.get_by_role("button", name="Ambil posisi sekarang").click()
    page.get_by_text("Posisi dicatat.").wait_for()
    assert page.get_by_label("Lintang").input_value() == "-6,903400"
    page.get_by_label("Sesuai", exact=True).check()
    photo = tmp_path / "foto.png"
    page.screenshot(path=photo)
    page.get_by_label("Foto tempat usaha").set_input_files(photo)
    page.get_by_label("Catatan").fill("Semua sesuai laporan.")
    assert faults(page) == []
    follow(page.get_by_role("button", name="Simpan hasil"))
    page.get_by_text("Semua sesuai laporan.").first.wait_for()
    assert "Terdaftar" in page.locator("main").inner_text()


def test_the_head_revokes_only_with_a_ground(visit, hayu):
    page = visit(hayu, "/tugas/", width=DESKTOP, account=hayu.account("PENANDATANGAN"))
    follow(page.locator("section", has_text="Menunggu keputusan").locator(".record a").first)
    follow(page.get_by_role("link", name="Cabut tanda lapor"))
    page.get_by_label("Alasan").fill("NIK milik orang lain, terbukti.")
    follow(page.get_by_role("button", name="Cabut"))
    assert "Dasar pencabutan" in page.locator(".summary").inner_text()
    assert page.get_by_label("Alasan").input_value() == "NIK milik orang lain, terbukti."
    assert faults(page) == []


def test_a_researcher_applies_and_tracks_without_an_account(visit, hayu, tmp_path):
    page = visit(hayu, "/cari/?q=izin penelitian", width=PHONE, account=hayu.account("PEMOHON"))
    answer(page, "Surat Keterangan Penelitian")
    follow(page.get_by_role("button", name="Ajukan sekarang"))
    place(page, "Alamat tempat praktik")
    for label, said in (("Judul penelitian", "Kebiasaan belanja warga"), ("Perguruan tinggi", "Universitas Contoh"),
                        ("Lokasi penelitian", "Pasar"), ("Mulai", "1/3/2099"), ("Selesai", "1/6/2099")):  # fmt: skip
        page.get_by_label(label).fill(said)
    assert faults(page) == []
    follow(page.get_by_role("button", name="Simpan dan lanjut"))
    for field, path in zip(page.locator("input[type=file]").all(), papers(tmp_path, 4), strict=True):
        field.set_input_files(path)
    follow(page.get_by_role("button", name="Simpan dan lanjut"))
    page.get_by_label("Saya menyatakan isian").check()
    assert faults(page) == []
    follow(page.get_by_role("button", name="Kirim permohonan"))
    page.get_by_text("Permohonan diterima.").wait_for()
    receipt = re.search(r"\d{4}-SKP-\d{4}-\d{6}", page.locator("main").inner_text()).group()
    digits = re.search(r"0\d{3}-\d{4}-(\d{4})", page.locator("main").inner_text()).group(1)
    assert faults(page) == []
    public = visit(hayu, "/lacak/", width=PHONE, java_script_enabled=False)
    public.get_by_label("Nomor resi").fill(receipt.lower())
    public.get_by_label("Empat angka terakhir").fill(digits)
    follow(public.get_by_role("button", name="Lacak"))
    told = public.locator("main").inner_text()
    assert "Diajukan" in told
    assert "Kebiasaan belanja" not in told
