"""E-RK under a server that does not answer: what was typed comes back, and is never entered twice."""

import re

import pytest
from conftest import sign_in
from guards import PHONE, follow
from test_erk import to_open_day

WORDS = "Apa yang dikerjakan dan hasilnya"


@pytest.fixture
def page(open_context, serve):
    """Return a clerk's page on the form, opened by the newest day that can be filled in."""
    erk = serve("erk")
    page = open_context(PHONE).new_page()  # a dead connection is told by the console
    sign_in(page, erk, erk.account("PEGAWAI"))
    page.goto(f"{erk.url}/hari-ini/")
    to_open_day(page)
    follow(page.get_by_role("link", name="Tambah aktivitas"))
    return page


def write(page, text: str, start: str) -> None:
    page.get_by_label("Jenis pekerjaan").select_option(label="Menyusun konsep surat")
    page.get_by_label("Jam mulai").fill(start)
    page.get_by_label("Jam selesai").fill(start + ".10")
    page.get_by_label(WORDS).fill(text)


def save(page) -> None:
    page.get_by_role("button", name="Simpan sebagai draf").click()


def test_what_never_arrived_comes_back_whole_and_goes_once_saved(page):
    address, text = page.url, "Menyusun undangan rapat yang tidak sampai"
    write(page, text, "20")
    page.route("**/aktivitas/baru/**", lambda route: route.abort())
    save(page)
    page.wait_for_timeout(300)
    page.unroute("**/aktivitas/baru/**")
    page.goto(address)
    assert page.locator("#restored").is_visible()
    assert (page.get_by_label("Jam mulai").input_value(), page.get_by_label(WORDS).input_value()) == ("20", text)
    save(page)
    page.wait_for_url(re.compile("/hari-ini/"))
    assert page.locator(".spans .span", has_text=text).count() == 1
    page.goto(address)
    assert page.locator("#restored").is_hidden()
    assert page.get_by_label(WORDS).input_value() == ""


def test_what_was_saved_but_never_confirmed_is_not_entered_twice(page):
    address, text = page.url, "Menyusun undangan rapat yang jawabannya hilang"

    def swallow(route):
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    write(page, text, "21")
    page.route("**/aktivitas/baru/**", swallow)
    save(page)
    page.wait_for_timeout(500)
    page.unroute("**/aktivitas/baru/**")
    page.goto(address)
    assert page.get_by_label(WORDS).input_value() == text
    save(page)
    page.wait_for_url(re.compile(r"/aktivitas/[0-9A-Z]{12}/"))
    assert "tidak dicatat dua kali" in page.locator("main").inner_text()
    page.goto(address)
    assert page.get_by_label(WORDS).input_value() == ""
