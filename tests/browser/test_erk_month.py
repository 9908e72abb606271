"""The month of an agency in a real browser, to the paid list; every role signs in as itself, and time goes on."""

import csv
import io
import re

import pytest
from conftest import sign_in
from guards import DESKTOP, PHONE, faults, follow
from playwright.sync_api import expect
from server import deployed

pytestmark = pytest.mark.story
MONTH, AGENCY = "2026-10", "DUKCAPIL"
SHOWN, CLOSED = "2026-11-27T02:00Z", "2026-12-03T02:00Z"  # while employees can object, and the day after
WHY = "Tanggal 14 saya bertugas di kecamatan; surat tugasnya ada di bagian umum"
SEEN = "Sudah dicocokkan dengan buku tugas dan rekaman mesin"


@pytest.fixture(scope="module")
def october():
    """Return E-RK with the demo month of October, at a moment while it is shown."""
    with deployed("erk", SHOWN) as new:
        yield new


@pytest.fixture
def person(open_context):
    """Return a function that signs a role in as itself, once on each site, and leads it to a page."""
    pages = {}

    def at(site, role, path, width=DESKTOP):
        key = id(site), role  # the same address some days later is another visit
        if key not in pages:
            pages[key] = open_context(width).new_page()
            sign_in(pages[key], site, site.account(role))
        pages[key].goto(site.url + path)
        return pages[key]

    return at


def press(page, button, **typed):
    """Fill the form that has this button, press it, and return what the page says then."""
    form = page.locator("form", has=page.get_by_role("button", name=button, exact=True)).first
    for name, value in typed.items():
        form.locator(f"[name={name}]").fill(value)
    follow(form.get_by_role("button", name=button, exact=True))
    return page.get_by_role("main").inner_text()


def rupiah(text):
    """Return the rupiah of "Rp 1.234.567"."""
    return int(re.sub(r"\D", "", text))


def objected_and_decided(site, person):
    """Let an employee object on a phone; the agency examines, personnel decides each objection."""
    own = person(site, "PEGAWAI", f"/tunjangan/?bulan={MONTH}", PHONE)
    follow(own.get_by_role("link", name="Ajukan sanggahan"))
    own.get_by_label("Apa yang keliru").fill(WHY)
    follow(own.get_by_role("main").locator("form").get_by_role("button").last)
    own.get_by_text("Sanggahan terkirim").wait_for()
    decisions = ["Terima dan hitung lagi", "Tolak"]
    while (rows := person(site, "ADMIN_OPD", "/sanggahan/").locator(".record", has_text="Diajukan")).count():
        follow(rows.first.get_by_role("link"))
        case = rows.page.url.removeprefix(site.url)
        assert "tercatat" in press(rows.page, "Teruskan dengan telaah", alasan=SEEN)
        assert "tercatat" in press(person(site, "VERIFIKATOR_BKPSDM", case), decisions.pop(), alasan=SEEN)
    assert decisions == []
    own.goto(f"{site.url}/sanggahan/")
    follow(own.locator(".record").first.get_by_role("link"))
    assert SEEN in own.get_by_role("main").inner_text()


def looked_at(site, person):
    """Let the verifier close every sign of the agency's people and every sample, each with a reason."""
    page = person(site, "VERIFIKATOR_BKPSDM", f"/tanda/?bulan={MONTH}&opd={AGENCY}&poin=tinggi")
    for path in [one.get_attribute("href") for one in page.locator("tbody th a").all()]:
        page.goto(site.url + path)
        waiting = page.locator(".record details")
        for left in range(waiting.count(), 0, -1):
            waiting.first.locator("summary").click()
            waiting.first.get_by_label("Putusan").select_option(label="Sah")
            waiting.first.get_by_label("Penjelasan").fill(SEEN)
            follow(waiting.first.get_by_role("button"))
            expect(waiting).to_have_count(left - 1)
    todo = f"/sampel/?bulan={MONTH}&opd={AGENCY}&hasil=belum"
    for left in range(person(site, "VERIFIKATOR_BKPSDM", todo).locator(".record").count(), 0, -1):
        waiting = person(site, "VERIFIKATOR_BKPSDM", todo).locator(".record")
        expect(waiting).to_have_count(left)
        follow(waiting.first.get_by_role("link"))
        page.get_by_label("Putusan").select_option(label="Sah")
        press(page, "Simpan hasil", alasan=SEEN)


def test_a_month_goes_from_objection_to_the_paid_list_with_every_role_as_itself(october, person):
    with october.served() as site:
        objected_and_decided(site, person)
        office = f"/penutupan/{AGENCY}/{MONTH}/"
        refused = press(person(site, "KEPALA_OPD", office), "Tandatangani daftar")
        assert "Pegawai dapat mengajukan sanggahan sampai 2 Des 2026" in refused
    with october.at(CLOSED).served() as site:
        head = person(site, "KEPALA_OPD", office)
        assert "Ditandatangani kepala" in press(head, "Tandatangani daftar")
        verifier = person(site, "VERIFIKATOR_BKPSDM", office)
        assert "belum" in press(verifier, "Nyatakan terverifikasi")
        looked_at(site, person)
        verifier = person(site, "VERIFIKATOR_BKPSDM", office)
        assert "Terverifikasi" in press(verifier, "Nyatakan terverifikasi")
        assert "Final" in press(verifier, "Tetapkan final")
        treasurer = person(site, "KEUANGAN", office)
        assert "Isi nomor SP2D" in press(treasurer, "Catat pembayaran", tanggal="3/12/2026", sp2d=" ")
        press(treasurer, "Catat pembayaran", tanggal="3/12/2026", sp2d="SP2D/204/2026")
        assert faults(treasurer) == []
        whole = rupiah(treasurer.locator("dd", has_text="Rp").first.inner_text())

        listed = person(site, "KEUANGAN", f"/laporan/daftar-bayar/?bulan={MONTH}")
        text = listed.request.get(f"{site.url}/laporan/daftar-bayar/?bulan={MONTH}&ekspor=csv").text()
        rows = list(
            csv.DictReader(
                io.StringIO(text.removeprefix("\ufeff")), delimiter=";" if ";" in text.split("\n")[0] else ","
            )
        )
        mine = [row for row in rows if row["Perangkat daerah"].startswith("Dinas Kependudukan")]
        assert sum(int(row["Jumlah"]) for row in mine) == whole
        own = person(site, "PEGAWAI", f"/tunjangan/?bulan={MONTH}", PHONE)
        assert "Dibayar" in own.locator(".slip__state").inner_text()
        name = site.account("PEGAWAI").full_name
        paid = sum(int(row["Jumlah"]) for row in mine if row["Nama"].startswith(name))
        assert rupiah(own.locator(".slip__sum").inner_text()) == paid > 0
        assert faults(own) == []
