"""Stories of E-RK in a real browser: a clerk logs on a phone, the superior decides, leaders read the strip."""

import re

import pytest
from conftest import sign_in
from guards import DESKTOP, PHONE, faults, follow
from playwright.sync_api import expect

TEXT = "Melayani 12 warga mengurus kartu keluarga"


@pytest.fixture
def erk(serve):
    return serve("erk")


def to_open_day(page):
    """Lead a clerk's page to the newest day that can still be filled in; today may be a holiday."""
    for _ in range(6):
        if page.locator(".quick a").count():
            return page
        follow(page.get_by_role("link", name="Sebelumnya"))
    raise AssertionError("no open day within a week")


@pytest.fixture
def open_day(visit, erk):
    """Return a function that opens the clerk's newest open day."""
    return lambda: to_open_day(visit(erk, "/hari-ini/", width=PHONE, account=erk.account("PEGAWAI")))


def test_a_clerk_logs_in_three_taps_and_a_sentence(open_day):
    page = open_day()
    before = page.locator(".spans .span").count()
    follow(page.locator(".quick a", has_text="Melayani warga di loket"))  # one
    assert page.get_by_label("Jam mulai").input_value() != ""
    page.locator("#explain", has_text="dihitung penuh").wait_for()  # written by a script that may still be loading
    page.get_by_label("Apa yang dikerjakan dan hasilnya").fill(TEXT)
    follow(page.get_by_role("button", name="Simpan sebagai draf"))  # two
    page.wait_for_url(re.compile("/hari-ini/"))
    expect(page.locator(".spans .span")).to_have_count(before + 1)
    assert TEXT in page.locator(".spans").inner_text()
    assert faults(page) == []


def test_the_counted_minutes_are_explained_while_typing(open_day):
    page = open_day()
    follow(page.get_by_role("link", name="Tambah aktivitas"))
    page.get_by_label("Jenis pekerjaan").select_option(label="Menyusun konsep surat")
    page.get_by_label("Jam mulai").fill("8")
    page.get_by_label("Jam selesai").fill("9.30")
    assert page.locator("#explain").inner_text() == (
        "90 menit kerja, dihitung paling banyak 45 menit (1,5 × norma 30)."
    )
    page.get_by_label("Volume").fill("3")
    assert page.locator("#explain").inner_text() == "90 menit kerja dihitung penuh (norma 90 menit per 3 surat)."
    page.get_by_label("Jenis pekerjaan").select_option(label="Menyusun konsep keputusan")
    assert page.locator("#proof-needed").is_visible()


def test_what_was_typed_survives_a_dead_connection(open_day):
    page = open_day()
    follow(page.get_by_role("link", name="Tambah aktivitas"))
    page.get_by_label("Apa yang dikerjakan dan hasilnya").fill(TEXT)
    page.reload()
    assert page.get_by_label("Apa yang dikerjakan dan hasilnya").input_value() == TEXT


def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(open_context, erk):
    page = open_context(PHONE).new_page()  # the page answers with 422, which the console tells
    sign_in(page, erk, erk.account("PEGAWAI"))
    page.goto(f"{erk.url}/hari-ini/")
    to_open_day(page)
    follow(page.get_by_role("link", name="Tambah aktivitas"))
    page.get_by_label("Jenis pekerjaan").select_option(label="Menyusun konsep surat")
    page.get_by_label("Jam mulai").fill("16.00")
    page.get_by_label("Jam selesai").fill("15.00")
    page.get_by_label("Apa yang dikerjakan dan hasilnya").fill(TEXT)
    follow(page.get_by_role("button", name="Simpan dan ajukan"))
    page.get_by_text("Jam selesai harus sesudah jam mulai.").first.wait_for()
    assert page.get_by_label("Apa yang dikerjakan dan hasilnya").input_value() == TEXT
    assert page.get_by_label("Jam mulai").input_value() == "16.00"
    assert faults(page) == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_superior_approves_ticked_rows_and_lowers_one_with_a_reason(visit, erk, width):
    page = visit(erk, "/persetujuan/", width=width, account=erk.account("ATASAN"))
    waiting = int(re.search(r"\d+", page.locator(".lead").inner_text())[0])
    for row in range(2):
        page.locator(".ticket__tick input").nth(row).check()
    button = page.get_by_role("button", name="Setujui 2 yang dicentang")
    assert faults(page) == []
    follow(button)
    page.get_by_text("2 aktivitas disetujui.").wait_for()
    follow(page.locator(".ticket h2 a").first)
    page.get_by_label("Menit yang disetujui").fill("5")
    page.get_by_label("Alasan").fill("Rapat selesai lebih cepat dari yang ditulis")
    follow(page.get_by_role("button", name="Setujui", exact=True))
    page.get_by_text("menit disetujui").first.wait_for()
    assert page.locator(".minutes b").inner_text() == "5"
    assert faults(page) == []
    page.goto(f"{erk.url}/persetujuan/")
    assert int(re.search(r"\d+", page.locator(".lead").inner_text())[0]) == waiting - 3


def test_the_slip_explains_every_figure(visit, erk):
    page = visit(erk, "/tunjangan/", account=erk.account("PEGAWAI"))
    follow(page.locator(".months a").first)
    rows = page.locator(".slip__table tr")
    assert rows.count() >= 6
    assert "target 6.000 menit" in page.locator(".slip__table").inner_text()
    assert faults(page) == []


def test_leaders_read_number_and_word_of_every_office(visit, erk):
    page = visit(erk, "/beban-kerja/", account=erk.account("PIMPINAN"))
    rows = page.locator(".strip > li:not(.strip__axis)")
    texts = rows.all_inner_texts()
    words = ("kelebihan beban", "penuh", "longgar", "kurang terpakai", "menganggur")
    assert len(texts) == 9
    assert all(re.search(r"\d+,\d%", text) and any(word in text for word in words) for text in texts)
    follow(rows.first.get_by_role("link"))
    page.get_by_role("heading", name="Per orang").wait_for()
    assert page.locator(".strip > li:not(.strip__axis)").count() > 3


def test_the_log_works_without_javascript(visit, erk):
    page = visit(erk, "/aktivitas/baru/", width=PHONE, account=erk.account("PEGAWAI"), java_script_enabled=False)
    assert page.get_by_label("Jenis pekerjaan").locator("option").count() > 20
    assert page.get_by_role("button", name="Simpan sebagai draf").is_visible()


def test_from_the_log_to_the_superiors_decision(visit, erk):
    """An employee hands in on a phone, the superior lowers with a reason, the employee reads both."""
    words = "Melayani warga yang pindah datang dan mencetak kartunya"
    own = visit(erk, "/hari-ini/", width=PHONE, account=erk.account("PEGAWAI"))
    follow(own.get_by_role("link", name="Sebelumnya"))  # yesterday or before: its hours are over at any time
    to_open_day(own)
    follow(own.locator(".quick a", has_text="Melayani warga di loket"))
    own.get_by_label("Apa yang dikerjakan dan hasilnya").fill(words)
    follow(own.get_by_role("button", name="Simpan dan ajukan"))
    own.wait_for_url(re.compile("/hari-ini/"))
    address = own.locator(".spans a", has_text=words).or_(own.locator(".spans .span", has_text=words).locator("a"))
    path = address.first.get_attribute("href")

    superior = visit(erk, path, account=erk.account("ATASAN"))
    superior.get_by_label("Menit yang disetujui").fill("7")
    superior.get_by_label("Alasan").fill("Antrean hari itu lebih sedikit menurut buku tamu")
    follow(superior.get_by_role("button", name="Setujui", exact=True))
    superior.get_by_text("menit disetujui").first.wait_for()
    own.goto(erk.url + path)
    assert own.locator(".minutes b").inner_text() == "7"
    assert "Antrean hari itu lebih sedikit" in own.get_by_role("main").inner_text()
    assert faults(own) == []
