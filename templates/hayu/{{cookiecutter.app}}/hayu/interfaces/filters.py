"""Filters of the lists."""

from django.db.models import F, Q, QuerySet

from core.filters import ChoiceFilter, DateFilter, FilterSet, OrderFilter, PlaceFilter, TextFilter
from hayu.domain import catalogue
from hayu.domain.queries import register
from hayu.enums import AppState, Outside, PermitState, ReferralState, Scale
from hayu.models import Application


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


def _type_choices() -> list[tuple[str, str]]:
    return [(kind.code, kind.name) for kind in catalogue.types()]


def _by_colour(rows: QuerySet[Application], value: str) -> QuerySet[Application]:
    over, late = Q(used_days__gt=F("sla_days") * 6 / 10), Q(used_days__gt=F("sla_days"))
    return rows.filter({"hijau": ~over, "kuning": over & ~late, "lewat": late}[value])


class ApplicationFilters(FilterSet):
    """The office's applications."""

    cari = TextFilter(
        "Cari", lambda rows, text: rows.filter(Q(receipt__icontains=text) | Q(holder_name__icontains=text)),
        help_text="Resi atau nama pemohon.",
    )  # fmt: skip
    jenis = ChoiceFilter("Jenis izin", "type_code", choices=_type_choices)
    keadaan = ChoiceFilter(
        "Keadaan", "state", choices=[(state.value, state.label) for state in AppState if state != AppState.DRAF]
    )
    kecamatan = PlaceFilter("Kecamatan", "district_code")
    warna = ChoiceFilter(
        "Waktu layanan", _by_colour,
        choices=[("hijau", "Sampai 60 persen"), ("kuning", "60 sampai 100 persen"), ("lewat", "Sudah lewat")],
    )  # fmt: skip


class PermitFilters(FilterSet):
    """The public register of permits; the export shows exactly the same rows."""

    cari = TextFilter(
        "Cari", lambda rows, text: rows.filter(Q(number__icontains=text) | Q(object_text__icontains=text)),
        help_text="Nomor izin, atau untuk apa izinnya.",
    )  # fmt: skip
    jenis = ChoiceFilter("Jenis izin", "type_code", choices=_type_choices)
    keadaan = ChoiceFilter("Keadaan", "state", choices=PermitState.choices)
    kecamatan = PlaceFilter("Kecamatan", "district_code")
    dari = DateFilter("Terbit sejak", "issued_on__gte")
    sampai = DateFilter("Terbit sampai", "issued_on__lte")


class ReferralFilters(FilterSet):
    """The public register of numbers from OSS and SIMBG; the export shows exactly the same rows."""

    cari = TextFilter(
        "Cari", lambda rows, text: rows.filter(Q(name__icontains=text) | Q(number__iexact=text.strip())),
        help_text="Nama usaha atau bangunan, atau nomornya.",
    )  # fmt: skip
    sistem = ChoiceFilter("Sistem", "system", choices=Outside.choices)
    keadaan = ChoiceFilter(
        "Keadaan", "state",
        choices=[(state.value, state.label) for state in ReferralState if state != ReferralState.DICORET],
    )  # fmt: skip
    kecamatan = PlaceFilter("Kecamatan", "district_code")
