"""Filters of the lists."""

from core.filters import ChoiceFilter, DateFilter, FilterSet, OrderFilter, PlaceFilter, TextFilter
from hayu.domain.queries import register
from hayu.enums import Scale


class PublicFilters(FilterSet):
    """The public register; the export shows exactly the same rows."""

    cari = TextFilter("Cari", register.by_words, help_text="Nama usaha, nomor, atau jenis usaha seperti “laundry”.")
    kecamatan = PlaceFilter("Kecamatan", "district_code")
    keadaan = ChoiceFilter("Keadaan", "state", choices=register.state_choices)
    bidang = ChoiceFilter("Bidang usaha", register.by_section, choices=register.section_choices)
    skala = ChoiceFilter("Skala", "scale", choices=Scale.choices)
    dari = DateFilter("Terdaftar sejak", "registered_at__date__gte")
    sampai = DateFilter("Terdaftar sampai", "registered_at__date__lte")
    urut = OrderFilter(
        "Urutan",
        {
            "terbaru": ("Terbaru dahulu", ["-registered_at", "-pk"]),
            "terlama": ("Terlama dahulu", ["registered_at", "pk"]),
            "nama": ("Nama usaha", ["business_name", "pk"]),
        },
    )


class FileFilters(PublicFilters):
    """The officers' list of files."""

    peringatan = ChoiceFilter(
        "Peringatan", "warnings__gte", choices=[("1", "Sedikitnya satu"), ("2", "Sedikitnya dua")]
    )
