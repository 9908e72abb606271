"""Steps of Hayu's permit stories: an applicant and the officers, each in a browser profile of their own."""

import itertools
import re
import time
from collections.abc import Callable
from pathlib import Path

from conftest import sign_in
from guards import DESKTOP, PHONE, follow
from playwright.sync_api import BrowserContext, Locator, Page
from server import Site

_serial = itertools.count(int(time.time()) % 100_000)


def papers(folder: Path, count: int) -> list[Path]:
    """Return small PDF files to upload, each unlike every other."""
    made = []
    for _ in range(count):
        number = next(_serial)
        path = folder / f"berkas-{number}.pdf"
        path.write_bytes(b"%PDF-1.4\n% contoh " + str(number).encode() + b"\n%%EOF\n")
        made.append(path)
    return made


def place(page: Page, label: str) -> None:
    """Choose the first kecamatan and kelurahan, and write an address."""
    page.get_by_label("Kecamatan").select_option(index=1)
    page.locator("select").nth(1).locator("option").nth(1).wait_for(state="attached")
    page.locator("select").nth(1).select_option(index=1)
    page.get_by_label(label).fill(f"Jl. Kenanga No. {next(_serial)}")


class Office:
    """The people of one story, signed in when they are first needed."""

    def __init__(self, site: Site, open_context: Callable[..., BrowserContext], folder: Path) -> None:
        self.site, self._open, self.folder = site, open_context, folder
        self._pages: dict[str, Page] = {}

    def page(self, role: str, number: int = 0) -> Page:
        """Return the browser of a role; officers who are refused something see an answer with an error status."""
        key = f"{role}{number}"
        if key not in self._pages:
            accounts = [account for account in self.site.accounts if account.role == role]
            page = self._open(PHONE if role in ("PEMOHON", "TIM_TEKNIS") else DESKTOP).new_page()
            sign_in(page, self.site, accounts[number])
            self._pages[key] = page
        return self._pages[key]

    def apply(self, code: str, answers: dict[str, str], choices: dict[str, str]) -> str:
        """Apply for a permit from its page in the catalogue; return the receipt number."""
        page = self.page("PEMOHON")
        page.goto(f"{self.site.url}/izin/{code}/")
        follow(page.get_by_role("button", name="Ajukan sekarang"))
        place(page, "Alamat tempat praktik")
        for label, said in answers.items():
            page.get_by_label(label).fill(said)
        for label, choice in choices.items():
            page.get_by_label(label).select_option(choice)
        follow(page.get_by_role("button", name="Simpan dan lanjut"))
        return self.attach_and_send()

    def attach_and_send(self) -> str:
        """Attach every document, state that all is true, and send; return the receipt number."""
        page = self.page("PEMOHON")
        fields = page.locator("input[type=file]").all()
        for field, path in zip(fields, papers(self.folder, len(fields)), strict=True):
            field.set_input_files(path)
        follow(page.get_by_role("button", name="Simpan dan lanjut"))
        page.get_by_label("Saya menyatakan isian").check()
        follow(page.get_by_role("button", name="Kirim permohonan"))
        page.get_by_text("Permohonan diterima.").wait_for()
        found = re.search(r"\d{4}-[A-Z-]+-\d{4}-\d{6}", page.locator("main").inner_text())
        assert found
        return found.group()

    def open(self, role: str, receipt: str, number: int = 0) -> Page:
        """Open a file from the queue as an officer, or from their own list as the applicant."""
        page = self.page(role, number)
        if role == "PEMOHON":
            page.goto(f"{self.site.url}/permohonan/")
            follow(page.locator(".record", has_text=receipt).get_by_role("link").first)
        else:
            page.goto(f"{self.site.url}/antrean/?semua=ya&cari={receipt}")
            follow(page.locator("tbody tr", has_text=receipt).get_by_role("link"))
        return page

    def act(
        self, role: str, receipt: str, name: str, button: str, fill: Callable[[Page], object] | None = None
    ) -> Page:
        """Do one act on a file by its own page."""
        page = self.open(role, receipt)
        follow(page.get_by_role("link", name=name, exact=True))
        if fill:
            fill(page)
        follow(page.get_by_role("button", name=button, exact=True))
        page.get_by_text(f"Tercatat: {name}.").wait_for()
        return page

    def take(self, receipt: str, number: int = 0) -> Page:
        """Take a file to check it; what came before it is taken first, as the rule says."""
        page = self.open("VERIFIKATOR", receipt, number)
        follow(page.get_by_role("link", name="Ambil untuk diperiksa"))
        follow(page.get_by_role("button", name="Ambil", exact=True))
        older = re.search(r"lebih lama: (\S+)\.", page.locator("main").inner_text())
        if older:
            self.take(older.group(1), number)
            return self.take(receipt, number)
        follow(page.get_by_role("link", name="Periksa berkas"))
        return page

    def forward(self, receipt: str, number: int = 0) -> None:
        """Tick every item of the checklist, and hand the file on."""
        page = self.open("VERIFIKATOR", receipt, number)
        follow(page.get_by_role("link", name="Periksa berkas"))
        for box in page.get_by_label("Sesuai", exact=True).all():
            box.check()
        follow(page.get_by_role("button", name="Semua sesuai, teruskan"))
        page.get_by_text("Berkas diteruskan.").wait_for()

    def advise(self, receipt: str) -> None:
        """Recommend without conditions."""
        self.act("TIM_TEKNIS", receipt, "Beri pertimbangan teknis", "Simpan",
                 lambda page: page.get_by_label("Layak", exact=True).check())  # fmt: skip

    def visit(self, receipt: str, day: str) -> Page:
        """Appoint a visit for a day and record it on the phone, with two photos and the phone's position."""
        page = self.act("TIM_TEKNIS", receipt, "Jadwalkan peninjauan", "Jadwalkan",
                        lambda page: page.get_by_label("Hari").fill(day))  # fmt: skip
        page.context.grant_permissions(["geolocation"])
        page.context.set_geolocation({"latitude": -6.9034, "longitude": 107.6187})
        return self.act("TIM_TEKNIS", receipt, "Catat hasil peninjauan", "Simpan berita acara", self._minutes)

    def _minutes(self, page: Page) -> None:
        page.get_by_label("Sesuai permohonan").check()
        page.get_by_label("Pemohon atau wakilnya hadir").check()
        for answer in page.get_by_role("radio", name="Ya", exact=True).all():
            answer.check()
        page.get_by_label("Yang dilihat").fill("Tiang berdiri di titik yang dimohon.")
        page.reload()  # the signal dropped: what was typed is still there
        assert page.get_by_label("Yang dilihat").input_value() == "Tiang berdiri di titik yang dimohon."
        assert page.get_by_label("Sesuai permohonan").is_checked()
        assert all(answer.is_checked() for answer in page.get_by_role("radio", name="Ya", exact=True).all())
        page.get_by_role("button", name="Ambil posisi sekarang").click()
        page.get_by_text("Posisi dicatat.").wait_for()
        for number, label in enumerate(("Foto pertama", "Foto kedua")):
            photo = self.folder / f"foto-{next(_serial)}.png"
            page.screenshot(path=photo, clip={"x": 0, "y": 0, "width": 60 + number, "height": 40})
            page.get_by_label(label).set_input_files(photo)

    def draft(self, receipt: str) -> None:
        """Draft and initial the permit, by two people."""
        self.act("KASI", receipt, "Susun naskah izin", "Susun naskah")
        self.act("KABID", receipt, "Paraf naskah", "Paraf")

    def sign(self, *receipts: str) -> Page:
        """Sign these lines of the head's list in one go."""
        page = self.page("PENANDATANGAN")
        page.goto(f"{self.site.url}/tanda-tangan/")
        for receipt in receipts:
            line(page, receipt).get_by_role("checkbox").check()
        head = next(account for account in self.site.accounts if account.role == "PENANDATANGAN")
        page.get_by_label("Kata sandi Anda").fill(head.password)
        follow(page.get_by_role("button", name="Tanda tangani yang dicentang"))
        page.get_by_role("heading", name=f"{len(receipts)} dari {len(receipts)} izin ditandatangani").wait_for()
        return page


def line(page: Page, receipt: str) -> Locator:
    """Return the line of a file in the list of signatures."""
    return page.locator(".record", has_text=receipt)
