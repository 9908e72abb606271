"""The components in a browser: keyboard, no JavaScript, forms that keep what was typed, print, error pages."""

import pytest
from guards import DESKTOP, PHONE, faults, follow
from playwright.sync_api import expect


@pytest.fixture
def gaya(serve):
    return serve("gaya")


def test_the_first_tab_skips_to_the_content(visit, gaya):
    page = visit(gaya, "/gaya/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_everything_is_reached_by_tab_and_shows_it(visit, gaya):
    page = visit(gaya, "/gaya/formulir/", width=DESKTOP)
    focusable = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter((e) => e.checkVisibility() && e.type !== 'hidden' && !e.disabled && e.type !== 'radio').length"""
    )
    reached, unmarked = 0, []
    for _ in range(focusable + 5):
        page.keyboard.press("Tab")
        style = page.evaluate(
            """() => { const e = document.activeElement;
            if (e === document.body) return null;
            const marked = e.type === 'file' ? e.nextElementSibling : e;
            const s = getComputedStyle(marked);
            return [e.outerHTML.slice(0, 80), s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]; }"""
        )
        if style is None:
            break
        reached += 1
        if not style[1]:
            unmarked.append(style[0])
    assert unmarked == []
    assert reached >= focusable


def test_a_wrong_form_says_what_and_keeps_what_was_typed(visit, gaya):
    page = visit(gaya, "/gaya/formulir/", width=PHONE)
    page.get_by_label("Judul kegiatan").fill("Perbaikan saluran <b>air</b>")
    page.get_by_label("NIK").fill("3273 0001")
    page.get_by_label("Jumlah yang diminta").fill("Rp 250 ribu")
    page.get_by_label("Tanggal mulai").fill("31 Pebruari 2026")
    page.get_by_label("Kecamatan").select_option(label="Coblong")
    follow(page.get_by_role("button", name="Kirim usulan"))
    summary = page.get_by_role("alert")
    assert summary.evaluate("e => e === document.activeElement")
    said = summary.inner_text()
    assert "NIK: NIK terdiri dari 16 angka; yang tertulis 8 tanda." in said
    assert "Jumlah yang diminta: Jumlah paling sedikit Rp1.000.000." in said
    assert "Tanggal mulai: Tanggal itu tidak ada di kalender." in said
    assert "Tempat kegiatan: Pilih juga kelurahan" in said
    assert page.get_by_label("Judul kegiatan").input_value() == "Perbaikan saluran <b>air</b>"
    assert page.get_by_label("NIK").input_value() == "3273 0001"
    assert page.get_by_label("Tanggal mulai").input_value() == "31 Pebruari 2026"
    assert page.get_by_label("Kecamatan").locator("option:checked").inner_text() == "Coblong"
    assert "Dago" in page.get_by_label("Kelurahan").inner_text()
    summary.get_by_role("link", name="NIK: ").click()
    assert page.evaluate("document.activeElement.id") == "id_nik"
    assert faults(page) == []


def test_choosing_a_kecamatan_brings_its_villages(visit, gaya):
    page = visit(gaya, "/gaya/formulir/")
    villages = page.get_by_label("Kelurahan")
    expect(villages.locator("option")).to_have_count(1)
    page.get_by_label("Kecamatan").select_option(label="Coblong")
    villages.locator("option", has_text="Dago").wait_for(state="attached")
    expect(villages.locator("option")).to_have_count(7)
    page.get_by_label("Kecamatan").select_option("")
    expect(villages.locator("option")).to_have_count(1)


def test_a_place_can_be_written_without_javascript(visit, gaya):
    page = visit(gaya, "/gaya/formulir/", java_script_enabled=False)
    page.locator("#id_place_tulis").fill("dago, coblong")
    follow(page.get_by_role("button", name="Kirim usulan"))
    assert "Tempat kegiatan" not in page.get_by_role("alert").inner_text()
    assert page.locator("#id_place_tulis").input_value() == "dago, coblong"


def test_the_text_counter_counts_down(visit, gaya):
    page = visit(gaya, "/gaya/formulir/")
    page.get_by_label("Uraian").fill("a" * 150)
    assert page.locator("#id_story_counter").inner_text() == "Sisa 250 huruf"


def test_a_chosen_file_is_named(visit, gaya):
    page = visit(gaya, "/gaya/formulir/")
    paper = {"name": "proposal dago.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    assert page.get_by_text("Belum ada berkas dipilih").is_visible()
    page.get_by_label("Proposal").set_input_files(paper)
    assert page.get_by_text("proposal dago.pdf").is_visible()


def test_one_question_one_tap(visit, gaya):
    page = visit(gaya, "/gaya/tanya/", width=PHONE)
    follow(page.get_by_role("button", name="Kurang dari Rp500 juta"))
    assert page.get_by_role("heading", level=1).inner_text() == "Anda cukup melapor"


def test_filters_stay_over_paging_and_chips_take_them_away(visit, gaya):
    page = visit(gaya, "/gaya/daftar/?tahun=2026&dari=1500000&kosong=&hal=3")
    assert page.locator(".chip").all_inner_texts() == [
        "Tahun: 2026\nhapus penyaring ini",
        "Paling sedikit: Rp1.500.000\nhapus penyaring ini",
    ]
    follow(page.get_by_role("link", name="Halaman berikutnya"))
    assert page.url.endswith("?tahun=2026&dari=1500000&kosong=&hal=4")
    follow(page.locator(".chip").first)
    assert page.url.endswith("/gaya/daftar/?dari=1500000")


def test_a_filter_that_cannot_be_read_is_not_a_chip(visit, gaya):
    page = visit(gaya, "/gaya/daftar/?dari=abc&tahun=2026")
    expect(page.locator(".chip")).to_have_count(1)
    assert "Paling sedikit: Tulis jumlah dengan angka" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Paling sedikit").input_value() == "abc"


def test_the_menu_of_phones_closes_with_escape(visit, gaya):
    page = visit(gaya, "/gaya/", width=PHONE)
    page.locator(".band__menu summary").click()
    assert page.get_by_role("link", name="Daftar usulan").is_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Daftar usulan").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_paper_has_no_navigation_but_its_address(visit, gaya):
    page = visit(gaya, "/gaya/surat/")
    page.emulate_media(media="print")
    assert not page.locator(".band__nav").is_visible()
    assert page.locator(".print-address").inner_text() == f"Dicetak dari {gaya.url}/gaya/surat/"
    assert page.locator("svg.qr").is_visible()
    assert page.get_by_text("Warung Bu Neneng").is_visible()


def test_nothing_moves_while_the_page_loads(visit, gaya):
    page = visit(gaya, "/")
    shift = page.evaluate(
        """() => new Promise((done) => { let sum = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((e) => { sum += e.value; }))
          .observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(sum), 500); })"""
    )
    assert shift < 0.01


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/tidak-ada/", 404, "Halaman itu tidak ada di sini"),
        ("/gaya/rusak/", 500, "Terjadi kesalahan di sistem kami"),
        ("/gaya/tolak/", 409, "Belum dapat dilakukan"),
    ],
)
def test_error_pages_have_a_sentence_a_number_and_a_way_out(open_context, gaya, path, status, title, width):
    page = open_context(width).new_page()
    answer = page.goto(gaya.url + path)
    assert answer.status == status
    assert page.get_by_role("heading", level=1).inner_text() == title
    assert answer.headers["x-request-number"] in page.get_by_role("main").inner_text()
    assert page.get_by_role("link", name="Ke beranda").get_attribute("href") == "/"
    assert faults(page) == []


def test_signing_in_and_out(visit, gaya):
    page = visit(gaya, "/akun/", account=gaya.account("WARGA"), width=PHONE)
    assert page.get_by_role("heading", level=1).inner_text() == "Neneng Lestari"
    follow(page.get_by_role("main").get_by_role("link", name="Keluar"))
    follow(page.get_by_role("main").get_by_role("button", name="Keluar"))
    page.wait_for_url(f"{gaya.url}/")
    page.goto(f"{gaya.url}/akun/")
    assert "/masuk/?next=/akun/" in page.url


def test_messages_are_read_one_by_one_and_all_at_once(visit, gaya):
    page = visit(gaya, "/kotak-masuk/", account=gaya.account("WARGA"))
    unread = page.locator(".record--new").count()
    assert unread > 0
    follow(page.get_by_role("link", name="Usulan Anda sampai di tahap 3"))
    assert page.url == f"{gaya.url}/gaya/"
    page.goto(f"{gaya.url}/kotak-masuk/")
    expect(page.locator(".record--new")).to_have_count(unread - 1)
    follow(page.get_by_role("button", name="Tandai semua sudah dibaca"))
    expect(page.locator(".record--new")).to_have_count(0)
    assert page.get_by_role("status").inner_text().strip() == f"{unread - 1} pesan ditandai sudah dibaca."
