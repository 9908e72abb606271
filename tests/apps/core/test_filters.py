"""Filters: address to rows and chips; paging keeps them; what cannot be read is neither applied nor claimed."""

import pytest
from project.models import Letter

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
