"""Filters: address to rows and chips; paging keeps them; what cannot be read is neither applied nor claimed."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from project.models import Letter

from core import filters
from core.filters import (
    ChoiceFilter,
    DateFilter,
    Filter,
    FilterSet,
    MoneyFilter,
    OrderFilter,
    PlaceFilter,
    TextFilter,
)
from core.paging import address, paginate

pytestmark = pytest.mark.django_db


class Letters(FilterSet):
    cari = TextFilter("Cari", "title__icontains")
    keadaan = ChoiceFilter("Keadaan", "state", choices=lambda: [("BARU", "Baru"), ("SELESAI", "Selesai")])
    kantor = PlaceFilter("Kecamatan", "office")
    dari = MoneyFilter("Paling sedikit", lambda rows, amount: rows.filter(version__gte=amount))
    sejak = DateFilter("Sejak", lambda rows, day: rows.filter(created_at__date__gte=day))
    urut = OrderFilter("Urutan", {"judul": ("Menurut judul", ["title"]), "akhir": ("Terakhir dahulu", ["-title"])})


class MoreLetters(Letters):
    pemilik = ChoiceFilter("Pemilik", "owner__username", choices=[("ana", "Ana")])


@pytest.fixture
def letters():
    return [
        Letter.objects.create(state=state, title=title, office=office, decided_note="ya")
        for title, state, office in [
            ("Air", "BARU", "32.73.02"),
            ("Batu", "SELESAI", ""),
            ("Cahaya air", "SELESAI", ""),
        ]
    ]


def found(rf, query, kind=Letters):
    return kind(rf.get(f"/daftar/?{query}"), Letter.objects.all())


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Air", "Batu", "Cahaya air"]),
        ("cari=air", ["Air", "Cahaya air"]),
        ("cari=air&keadaan=SELESAI", ["Cahaya air"]),
        ("urut=akhir", ["Cahaya air", "Batu", "Air"]),
        ("kantor=32.73.02", ["Air"]),
        ("dari=1", ["Air", "Batu", "Cahaya air"]),
        ("dari=2.000", []),
        ("sejak=1/1/2020", ["Air", "Batu", "Cahaya air"]),
        ("keadaan=LAIN", ["Air", "Batu", "Cahaya air"]),
        ("dari=abc", ["Air", "Batu", "Cahaya air"]),
    ],
)
def test_filters_combine(rf, letters, query, titles):
    assert [row.title for row in found(rf, query).rows] == titles


def test_chips_say_the_filter_and_drop_only_it(rf, letters):
    chips = found(rf, "cari=air&dari=1.000&sejak=24 Nov 2026&kantor=32.73.02&urut=akhir&hal=4").chips
    assert [chip.label for chip in chips] == [
        "Cari: “air”",
        "Kecamatan: Coblong",
        "Paling sedikit: Rp1.000",
        "Sejak: 24 Nov 2026",
        "Urutan: Terakhir dahulu",
    ]
    assert chips[0].url == "?dari=1.000&sejak=24+Nov+2026&kantor=32.73.02&urut=akhir"


@pytest.mark.parametrize("query", ["keadaan=LAIN", "dari=abc", "sejak=besok", "kantor=99.99.99"])
def test_what_cannot_be_read_is_said_and_no_chip(rf, letters, query):
    filters = found(rf, query)
    assert filters.chips == []
    assert list(filters.form.errors) == [query.partition("=")[0]]


def test_addresses_keep_filters_and_drop_pages_and_empty_keys(rf, letters):
    filters = found(rf, "cari=air&keadaan=&hal=3&lain=1")
    assert filters.url() == "?cari=air&lain=1"
    assert filters.url(ekspor="csv") == "?cari=air&lain=1&ekspor=csv"
    assert filters.url(ekspor="csv", cari=None) == "?lain=1&ekspor=csv"
    assert filters.reset_url == "?lain=1"


def test_a_subclass_adds_to_its_parent(rf, letters):
    assert list(MoreLetters.filters) == [*Letters.filters, "pemilik"]
    assert "pemilik" not in Letters.filters
    assert list(found(rf, "pemilik=ana", MoreLetters).rows) == []


def test_the_base_has_no_field():
    with pytest.raises(NotImplementedError):
        Filter("Kosong", "pk").field()


@pytest.mark.parametrize(
    ("asked", "number"), [("", 1), ("2", 2), ("0", 5), ("99", 5), ("abc", 1), ("-1", 5), ("2.5", 1)]
)
def test_a_page_is_always_found(rf, asked, number):
    assert paginate(rf.get(f"/?hal={asked}"), list(range(100))).number == number


def test_links_to_other_pages_keep_the_rest(rf):
    request = rf.get("/?cari=air&hal=5")
    links = paginate(request, list(range(200)), 10).links(request.GET)
    assert links.previous == "?cari=air&hal=4"
    assert links.next == "?cari=air&hal=6"
    assert links.pages == [
        (1, "?cari=air"),
        (0, ""),
        (4, "?cari=air&hal=4"),
        (5, ""),
        (6, "?cari=air&hal=6"),
        (0, ""),
        (20, "?cari=air&hal=20"),
    ]
    assert address(request.GET, 1) == "?cari=air"


def test_an_empty_list_has_one_page_without_links(rf):
    request = rf.get("/")
    links = paginate(request, []).links(request.GET)
    assert (links.previous, links.next, links.pages) == ("", "", [(1, "")])


def test_a_form_that_was_shown_lately_is_remembered_and_any_difference_makes_another(rf, settings, monkeypatch):
    """Remembered means not rendered again; what is typed, the choices and the language each make a form of its own."""
    rendered = []
    once = filters.FilterForm.render_fields
    monkeypatch.setattr(filters.FilterForm, "render_fields", lambda form: rendered.append(form) or once(form))
    filters.rendered.cache_clear()

    def grid(query, kind=Letters):
        before = len(rendered)
        return found(rf, query, kind).grid, len(rendered) - before

    first, made = grid("cari=air&keadaan=BARU&hal=2")
    assert made == 1
    assert grid("keadaan=BARU&cari=air&lain=1") == (first, 0)
    assert 'value="air"' in first
    assert '<option value="BARU" selected>' in first
    for query in ("cari=air", "cari=batu&keadaan=BARU", "cari=&keadaan=BARU", "keadaan=SELESAI&cari=air"):
        other, made = grid(query)
        assert (other == first, made) == (False, 1)
    assert grid("cari=air&keadaan=BARU", MoreLetters)[1] == 1
    monkeypatch.setattr(Letters.filters["keadaan"], "_choices", [("BARU", "Baru sekali")])
    assert "Baru sekali" in grid("cari=air&keadaan=BARU")[0]
    with translation.override("en"):
        assert grid("cari=air&keadaan=BARU")[1] == 1


def test_a_form_with_a_mistake_shows_it_and_is_not_remembered(rf):
    filters.rendered.cache_clear()
    shown = found(rf, "dari=banyak").grid
    assert 'value="banyak"' in shown
    assert "field--error" in shown
    assert filters.rendered.cache_info().currsize == 0


def test_the_form_keeps_what_else_the_address_holds_but_not_the_page(rf):
    kept = found(rf, "bulan=2026-10&cari=air&hal=3&kantor_4=x&lain=<b>&lain=2")
    assert kept.kept == [("bulan", "2026-10"), ("lain", "<b>"), ("lain", "2")]
    shown = render_to_string("core/parts/filters.html", {"filterset": kept})
    assert '<input type="hidden" name="bulan" value="2026-10">' in shown
    assert '<input type="hidden" name="lain" value="&lt;b&gt;">' in shown
