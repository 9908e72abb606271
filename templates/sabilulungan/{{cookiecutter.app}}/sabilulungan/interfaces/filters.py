"""The filters of the public list; page, export and API use the same."""

from collections.abc import Iterable

from django.db.models import QuerySet

from core.filters import ChoiceFilter, FilterSet, MoneyFilter, OrderFilter, PlaceFilter, TextFilter
from sabilulungan.domain import rulebook
from sabilulungan.domain.flow.looks import stage_label
from sabilulungan.domain.queries import lists
from sabilulungan.domain.queries.search import search
from sabilulungan.enums import CLASSIC_STAGES, ENDS_WITHOUT_MONEY, Kind
from sabilulungan.models import Proposal
from sabilulungan.rules.flow import stages

Rows = QuerySet[Proposal]


def _years() -> Iterable[tuple[int, str]]:
    return [(year, str(year)) for year in lists.years()]


def _fields() -> Iterable[tuple[int, str]]:
    return [(route.code, route.name) for route in sorted(rulebook.current().fields, key=lambda route: route.name)]


def _offices() -> Iterable[tuple[str, str]]:
    return [(office.code, office.name) for office in sorted(rulebook.current().offices, key=lambda one: one.name)]


def _stages() -> Iterable[tuple[str, str]]:
    profile = rulebook.current()
    return [
        (stage.value, stage_label(stage, profile.step(stage).label if stage in CLASSIC_STAGES else ""))
        for stage in stages(profile)
    ]


def _at_stage(rows: Rows, value: str) -> Rows:
    return rows.filter(stage=value).exclude(state__in=ENDS_WITHOUT_MONEY)


def _in_village(rows: Rows, value: str) -> Rows:
    return rows.filter(recipient__village_code=value)


class ProposalFilters(FilterSet):
    """Year, kind, field, office, step, outcome, place, amounts and text, in any combination."""

    cari = TextFilter("Kata", search, help_text="Judul, nama organisasi, alamat, atau nomor.")
    tahun = ChoiceFilter("Tahun anggaran", "budget_year", choices=_years)
    jenis = ChoiceFilter("Jenis", "kind", choices=Kind.choices)
    bidang = ChoiceFilter("Bidang", "field", choices=_fields)
    dinas = ChoiceFilter("Dinas penilai", "office", choices=_offices)
    tahap = ChoiceFilter("Tahap sekarang", _at_stage, choices=_stages)
    hasil = ChoiceFilter("Hasil", lists.outcome, choices=lists.OUTCOMES.items())
    kecamatan = PlaceFilter("Kecamatan", "recipient_district")
    kelurahan = PlaceFilter("Kelurahan atau desa", _in_village, level=4)
    dari = MoneyFilter("Diminta paling sedikit", "amount_asked__gte")
    sampai = MoneyFilter("Diminta paling banyak", "amount_asked__lte")
    urut = OrderFilter(
        "Urutan",
        {
            "terbaru": ("Terbaru dahulu", ["-submitted_at", "-pk"]),
            "terlama": ("Terlama dahulu", ["submitted_at", "pk"]),
            "terbesar": ("Jumlah terbesar dahulu", ["-amount_asked", "-pk"]),
        },
    )
