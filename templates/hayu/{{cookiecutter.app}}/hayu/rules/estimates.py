"""Estimates before one applies (hayu.md section 11): two formulas of the law, and those of the region's permit types.

An estimate binds nobody: PBG is charged through SIMBG, tax on billboards by the revenue office.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hayu.enums import FieldKind
from hayu.rules import formula
from hayu.rules.permits import PermitType

MOST_TAX = Decimal(25)  # percent of the rental value (UU 1/2022)


@dataclass(frozen=True, slots=True)
class Asked:
    """One number to type: its name in the formula, its label, and the largest it may be."""

    name: str
    label: str
    most: Decimal = Decimal(10**12)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A formula one may try: its name in addresses, title, rule, who sets the real amount, and what it asks for."""

    key: str
    title: str
    formula: str
    basis: str
    decides: str
    asked: tuple[Asked, ...]
    constants: tuple[tuple[str, Decimal], ...] = ()

    def result(self, given: Mapping[str, Decimal]) -> int:
        """Return the estimate in whole rupiah. Raises formula.FormulaError: an input missing, division by 0."""
        return formula.parse(self.formula).result({**dict(self.constants), **given})


PBG = Estimate(
    "pbg", "Retribusi persetujuan bangunan gedung (PBG)", "luas * (ilo / 100 * shst) * it * ibg",
    "PP Nomor 16 Tahun 2021", "Besarnya ditetapkan di SIMBG.",
    (
        Asked("luas", "Luas lantai total (m²)"), Asked("ilo", "Indeks lokalitas (persen)", Decimal(100)),
        Asked("shst", "Standar harga satuan tertinggi (rupiah per m²)"),
        Asked("it", "Indeks terintegrasi", Decimal(100)),
        Asked("ibg", "Indeks bangunan gedung terbangun", Decimal(100)),
    ),
)  # fmt: skip
BILLBOARD = Estimate(
    "pajak-reklame", "Pajak reklame", "luas * hari * harga * tarif / 100", "UU Nomor 1 Tahun 2022",
    "Pajak ditetapkan dan dibayar di badan pendapatan daerah, bukan di sini.",
    (
        Asked("luas", "Luas reklame (m²)"), Asked("hari", "Banyak hari", Decimal(3660)),
        Asked("harga", "Nilai sewa (rupiah per m² per hari)"), Asked("tarif", "Tarif pajak (persen)", MOST_TAX),
    ),
)  # fmt: skip


def of_type(kind: PermitType) -> Estimate | None:
    """Return the estimate of a permit type whose charge is computed from the form, None for a fixed or no charge."""
    if kind.charge is None:
        return None
    used = formula.parse(kind.charge.formula).names
    asked = tuple(
        Asked(question.key, question.label)
        for question in kind.questions
        if question.key in used and question.kind in (FieldKind.ANGKA, FieldKind.RUPIAH)
    )
    return Estimate(
        kind.code.lower(), kind.name, kind.charge.formula, kind.charge.basis,
        "Biaya yang sebenarnya dihitung dari isian permohonan dan tertulis pada tagihan.", asked, kind.charge.constants,
    )  # fmt: skip
