"""The whole path in a real browser, from a new account to the accepted report, every role signing in as itself."""

import re
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from conftest import sign_in
from guards import PHONE, faults, follow
from playwright.sync_api import Page, expect
from server import Account, Site

PASSWORD = "sepeda-biru-di-bawah-jembatan"


class Path:
    """One case through its roles, each in a browser profile of its own, signed in when first needed."""

    def __init__(self, visit, site: Site) -> None:
        self.visit, self.site = visit, site
        self.number = ""
        self._desks: dict[str, Page] = {}
        self._serial = int(time.time())

    def pdf(self, name: str = "berkas") -> dict[str, object]:
        """Return a small upload, unlike every other."""
        self._serial += 1
        return {
            "name": f"{name}.pdf",
            "mimeType": "application/pdf",
            "buffer": b"%PDF-1.4\n% contoh " + str(self._serial).encode() + b"\n%%EOF\n",
        }

    def upload_all(self, page: Page) -> None:
        """Give a file to every field that asks for one."""
        fields = page.locator("input[type=file]")
        for index in range(fields.count()):
            fields.nth(index).set_input_files(self.pdf(f"berkas-{index}"))

    def at_desk(self, account: Account) -> Page:
        """Open the case as an officer."""
        page = self._desks.get(account.username)
        if page is None:
            page = self._desks[account.username] = self.visit(self.site, "/meja/", account=account)
            assert faults(page) == []
        page.goto(f"{self.site.url}/meja/{self.number}/")
        return page

    def press(self, page: Page, button: str) -> None:
        """Press the act's button and wait for the sentence that it was recorded."""
        follow(page.get_by_role("button", name=button, exact=True))
        page.get_by_text("sudah dicatat").first.wait_for()


@pytest.fixture
def path(visit, serve):
    return Path(visit, serve("sabilulungan"))


def signed_up(path: Path) -> Page:
    """Make an account as anybody does, and confirm its address by the letter."""
    site, name = path.site, f"ketua{path._serial}"
    page = path.visit(site, "/daftar/", width=PHONE)
    page.get_by_label("Nama lengkap").fill("Maman Suparman")
    page.get_by_label("Nomor telepon").fill("0812-3456-7890")
    page.get_by_label("Alamat surel").fill(f"{name}@contoh.invalid")
    page.get_by_label("Nama pengguna").fill(name)
    page.get_by_label(re.compile("^Kata sandi")).first.fill(PASSWORD)
    page.get_by_label(re.compile("^Kata sandi")).last.fill(PASSWORD)
    assert faults(page) == []
    follow(page.get_by_role("button", name="Daftar", exact=True))
    page.wait_for_url(re.compile("surel"))
    link = re.search(r"https?://\S+", site.letter_to(f"{name}@contoh.invalid"))
    assert link, "no letter with a link came"
    page.goto(link[0])
    follow(page.get_by_role("button", name="Ya, ini surel saya"))
    page.wait_for_url(lambda url: "pastikan" not in url)
    if page.get_by_role("main").get_by_role("button", name="Masuk").count():
        sign_in(page, site, Account("", "Maman Suparman", name, PASSWORD))
    return page


def place(page: Page, home: Account) -> None:
    """Choose the kelurahan or desa where the printed lurah serves, and its kecamatan."""
    page.get_by_label("Kecamatan").select_option(value=home.scope.rpartition(".")[0])
    village = page.get_by_label(re.compile("^(Kelurahan|Desa)"))
    village.locator(f"option[value='{home.scope}']").wait_for(state="attached")
    village.select_option(value=home.scope)


def registered(path: Path, page: Page, name: str) -> None:
    """Register the organisation."""
    page.goto(f"{path.site.url}/daftar-penerima/organisasi/")
    page.get_by_label("Jenis organisasi").select_option("ORMAS")
    place(page, path.site.named("lurah"))
    page.get_by_label("Alamat sekretariat").fill(f"Jl. Lentera Nomor {path._serial % 1000}")
    number = f"{path._serial:d}"[-4:]
    for label, typed in (
        ("Nama organisasi", name),
        ("Terdaftar sejak", "1 Januari 2015"),
        ("RT", "3"),
        ("RW", "12"),
        ("Nama ketua", "Maman Suparman"),
        ("NIK ketua", f"327301010190{number}"),
        ("Telepon ketua", "081234567890"),
        ("Nama sekretaris", "Neneng Hasanah"),
        ("NIK sekretaris", f"327301020291{number}"),
        ("Bank", "bank bjb"),
        ("Nomor rekening", f"00{path._serial}"),
        ("Nama pemilik rekening", name),
    ):
        page.get_by_label(typed_label(label)).fill(typed)
    follow(page.get_by_role("button", name="Daftarkan"))
    page.wait_for_url(re.compile("/usulan-saya/"))


def typed_label(label: str) -> re.Pattern[str]:
    """Return a label that may be followed by a mark that it is optional."""
    return re.compile(rf"^\s*{re.escape(label)}(\s*\(.*\))?\s*$")


def sent(path: Path, page: Page, title: str, field: str) -> str:
    """Write the proposal, upload its papers, send it; return the address of the applicant's own page."""
    page.goto(f"{path.site.url}/usulan-saya/baru/")
    year = page.locator("input[name=budget_year]").last
    year.check()
    starts = year.input_value()
    follow(page.get_by_role("button", name="Mulai"))
    page.get_by_label("Judul kegiatan").fill(title)
    page.get_by_label("Uang").check()
    page.get_by_label("Kegiatan, bukan pembangunan").check()
    page.get_by_label("Bidang").select_option(label=field)
    page.get_by_label("Latar belakang").fill("Warga belum punya tempat belajar.")
    page.get_by_label("Maksud dan tujuan").fill("Warga dapat memakai komputer.")
    page.get_by_label("Sasaran").fill("Warga usia kerja")
    page.get_by_label("Banyaknya penerima manfaat").fill("40")
    page.get_by_label("Tempat kegiatan").fill("Balai RW 12")
    place(page, path.site.named("lurah"))
    page.get_by_label("Mulai").fill(f"1 Maret {starts}")
    page.get_by_label("Selesai").fill(f"30/6/{starts}")
    accounts = page.get_by_label("Rekening penerima")
    accounts.select_option(index=accounts.locator("option").count() - 1)
    follow(page.get_by_role("button", name="Simpan dan lanjut"))
    expect(page.locator("h1")).to_have_text("Rincian biaya")
    for label, typed in (
        ("Uraian", "Sewa komputer"),
        ("Banyaknya", "10"),
        ("Satuan", "unit"),
        ("Harga satuan", "750000"),
    ):
        page.locator(".lines__row").first.get_by_label(typed_label(label)).fill(typed)
    follow(page.get_by_role("button", name="Simpan dan lanjut"))
    expect(page.locator("h1")).to_have_text("Berkas")
    path.upload_all(page)
    follow(page.get_by_role("button", name="Simpan dan lanjut"))
    expect(page.locator("h1")).to_have_text("Periksa dan kirim")
    page.get_by_label("Saya menyatakan semua hal di atas benar.").check()
    assert faults(page) == []
    follow(page.get_by_role("button", name="Kirim usulan"))
    page.get_by_text("Usulan sudah dikirim.").wait_for()
    path.number = page.locator(".facts .num").first.inner_text()
    return page.url


def signed(path: Path, head: Account) -> None:
    """The head of the office, camat, lurah and the chair of the team sign the recommendation, each on his phone."""
    site = path.site
    for code, account in (
        ("rekomendasi", head), ("rekomendasi-camat", site.named("camat")), ("rekomendasi-lurah", site.named("lurah")),
        ("rekomendasi-ketua-tp", site.account("KETUA_TP")),
    ):  # fmt: skip
        page = path.visit(site, "/meja/tanda-tangan/", account=account, width=PHONE)
        follow(page.locator(f"main a[href$='/meja/{path.number}/dokumen/{code}/tanda-tangan/']"))
        page.get_by_label("Kata sandi akun Anda").wait_for()  # else the page before it might be judged
        assert faults(page) == []
        page.get_by_label("Kata sandi akun Anda").fill(account.password)
        follow(page.get_by_role("button", name="Tanda tangani", exact=True))
        page.get_by_text("tanda tangan tersimpan").wait_for()


def approved(path: Path, evaluator: Account, head: Account) -> None:
    """The classic seven steps, each by its own officer."""
    site = path.site
    desk = path.at_desk(site.named("tatausaha"))
    for box in desk.locator(".tick", has=desk.get_by_role("link")).all():
        box.get_by_label("Ada dan terbaca").check()
    desk.get_by_label("Nomor agenda").fill("TU/77")
    desk.get_by_label("Tanggal agenda").fill(today())
    path.press(desk, "Nyatakan lengkap")
    path.press(path.at_desk(site.account("KDH")), "Teruskan")
    path.press(path.at_desk(site.named("pemilah")), "Teruskan ke dinas")
    desk = path.at_desk(evaluator)
    desk.get_by_label("Tanggal kunjungan lapangan").fill(today())
    desk.get_by_label("Ditemui").fill("Ketua RW")
    desk.get_by_label("Hasil kunjungan").fill("Sekretariat ada.")
    for check in desk.locator("#tindakan .tick").all():
        check.get_by_label("Sesuai").check()
    desk.get_by_label("Ya, direkomendasikan").check()
    desk.get_by_label("Rekomendasi untuk Sewa komputer").fill("6000000")
    desk.get_by_label(re.compile("Alasan")).first.fill("Sesuai kebutuhan.")
    assert faults(desk) == []
    path.press(desk, "Kirim hasil penilaian")
    desk = path.at_desk(site.named("timpertimbangan"))
    expect(desk.get_by_text("Belum, wajib", exact=True)).to_have_count(4)
    signed(path, head)
    desk = path.at_desk(site.named("timpertimbangan"))
    expect(desk.get_by_text("Belum, wajib", exact=True)).to_have_count(0)
    desk.get_by_label("Tanggal rapat tim").first.fill(today())
    path.press(desk, "Layak dipertimbangkan")
    path.press(path.at_desk(site.account("TAPD")), "Tetapkan besaran")
    desk = path.at_desk(site.account("KDH"))
    desk.get_by_label("Nomor lembar persetujuan").fill("978/78")
    path.press(desk, "Setujui")


def today() -> str:
    """Return the day in the region, as people write it."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).strftime("%d/%m/%Y")


def decreed(path: Path, year: str) -> None:
    """The budget team records the APBD and the line; finance the decree."""
    site = path.site
    desk = path.at_desk(site.account("TAPD"))
    desk.goto(f"{site.url}/meja/anggaran/")
    if not desk.locator("main").get_by_role("rowheader", name=year).count():
        for label, typed in (
            ("Tahun anggaran", year),
            ("Peraturan daerah tentang APBD", "Perda 7"),
            ("Peraturan penjabaran APBD", "Perwal 9"),
            ("Tanggal ditetapkan", today()),
            ("Penerima dicatat sampai", f"31/12/{year}"),
            ("Anggaran hibah", "50000000000"),
            ("Anggaran bantuan sosial terencana", "5000000000"),
            ("Anggaran bantuan sosial tidak terencana", "1000000000"),
        ):
            desk.get_by_label(label, exact=True).fill(typed)
        follow(desk.get_by_role("main").get_by_role("button").last)
        desk.get_by_text("APBD sudah dicatat.").wait_for()
    desk = path.at_desk(site.account("TAPD"))
    desk.get_by_label("Kode rekening belanja").fill("5.1.05.05.02.0001")
    path.press(desk, "Masukkan ke anggaran")
    desk = path.at_desk(site.account("KEU"))
    desk.get_by_label("Nomor keputusan").fill("900/Kep.78")
    desk.get_by_label("Tanggal keputusan").fill(today())
    desk.get_by_label("Pindaian keputusan").set_input_files(path.pdf("sk"))
    path.press(desk, "Catat keputusan penetapan")


def paid(path: Path, own: Page, address: str) -> None:
    """The recipient agrees, the head signs, the recipient asks with its papers, finance pays."""
    site = path.site
    own.goto(address)
    follow(own.get_by_role("link", name="Setujui isi perjanjian"))
    own.get_by_label("Kami memakai bantuan ini hanya").check()
    path.press(own, "Setujui isi perjanjian")
    desk = path.at_desk(site.account("KDH"))
    desk.get_by_label("Nama penanda tangan").fill("Kepala Daerah Contoh")
    path.press(desk, "Tanda tangani perjanjian")
    desk.goto(f"{site.url}/meja/{path.number}/dokumen/nphd/tanda-tangan/")
    desk.get_by_label("Kata sandi akun Anda").fill(site.account("KDH").password)
    follow(desk.get_by_role("button", name="Tanda tangani", exact=True))
    desk.get_by_text("tanda tangan tersimpan").wait_for()
    own.goto(address)
    follow(own.get_by_role("link", name="Unggah berkas"))
    path.upload_all(own)
    follow(own.get_by_role("button", name="Simpan berkas"))
    follow(own.get_by_role("link", name="Ajukan pencairan"))
    own.get_by_label("Rencana penggunaan").fill("Sewa komputer.")
    path.press(own, "Ajukan pencairan")
    desk = path.at_desk(site.account("KEU"))
    for label in ("Nomor SPP", "Nomor SPM", "Nomor SP2D"):
        desk.get_by_label(label).fill(f"{label[6:]}/{path._serial}")
    desk.locator("input[type=file]").first.set_input_files(path.pdf("bukti"))
    desk.get_by_label("Tanggal bayar").fill(today())
    path.press(desk, "Catat pembayaran")


def accounted(path: Path, own: Page, address: str) -> None:
    """The recipient reports to the last rupiah; finance accepts."""
    own.goto(address)
    follow(own.get_by_role("link", name="Unggah berkas"))
    path.upload_all(own)
    follow(own.get_by_role("button", name="Simpan berkas"))
    follow(own.get_by_role("link", name="Kirim laporan"))
    own.get_by_label("Apa yang sudah dilaksanakan").fill("Pelatihan dua belas pertemuan di balai RW.")
    own.get_by_label("Dipakai untuk Sewa komputer").fill("6.000.000")
    assert faults(own) == []
    path.press(own, "Kirim laporan")
    desk = path.at_desk(path.site.account("KEU"))
    for box in desk.locator("#tindakan details[open] input[type=checkbox]").all():
        box.check()
    path.press(desk, "Terima laporan")


@pytest.mark.story
def test_from_a_new_account_to_the_accepted_report(path):
    """Twelve steps, twelve people, four of whom sign the recommendation; the public page tells each at the end."""
    site = path.site
    head = site.account("KEPALA_OPD")
    evaluator = next(one for one in site.accounts if (one.role, one.scope) == ("OPD", head.scope))
    looking = path.visit(site, "/meja/tanda-tangan/", account=head)
    looking.goto(f"{site.url}/meja/{looking.locator('.record .code').first.inner_text()}/")
    field = looking.locator(".facts div", has_text="Bidang").locator("dd").first.inner_text().split(" →")[0]
    own = signed_up(path)
    registered(path, own, f"Yayasan Lentera {path._serial % 1000}")
    address = sent(path, own, "Pelatihan komputer dari awal sampai akhir", field)
    year = path.number.split("-")[1]
    approved(path, evaluator, head)
    decreed(path, year)
    paid(path, own, address)
    accounted(path, own, address)
    page = path.visit(site, f"/usulan/{path.number}/")
    assert page.locator(".steps > li.is-now").count() == 0
    expect(page.locator("main")).to_contain_text("Selesai")
    told = page.locator(".timeline").inner_text()
    for word in ("Rp7.500.000", "Rp6.000.000", "Laporan diterima"):
        assert word in told, word
    assert faults(page) == []
