"""Annex III (hibah) and IV (aid) of the breakdown regulation, as entered line by line (T14, Permendagri 39/2012)."""

from django.db.models import QuerySet

from core import dates, documents, officials
from core.money import in_words, rupiah
from sabilulungan.domain.letters.shared import place_and_date, sum_row
from sabilulungan.enums import Kind
from sabilulungan.models import BudgetEntry, EnactedBudget

KIND_OF = {"iii": Kind.HIBAH, "iv": Kind.BANSOS}


def lines(budget: EnactedBudget, kind: Kind) -> QuerySet[BudgetEntry]:
    """Return the lines of one annex in the order of account codes and names."""
    rows = budget.entries.filter(proposal__kind=kind).select_related("proposal")
    return rows.order_by("account_code", "name", "pk")


def pdf(budget: EnactedBudget, kind: Kind) -> bytes:
    """Return an annex as PDF/A; the same lines give the same bytes."""
    rows = list(lines(budget, kind))
    total = sum(row.amount for row in rows)
    said = {
        "judul": f"Daftar penerima {kind.label.lower()}",
        "lampiran": "III" if kind == Kind.HIBAH else "IV",
        "peraturan": budget.regulation,
        "tahun": str(budget.budget_year),
        "baris": [
            [str(number), row.account_code, row.name, row.address, row.proposal.title, rupiah(row.amount)]
            for number, row in enumerate(rows, start=1)
        ],
        "jumlah": sum_row(6, total),
        "terbilang": in_words(total),
        "tempat_tanggal": place_and_date(budget.enacted_on),
        "penanda": officials.head_of_region(decision=True, on=budget.enacted_on),
    }
    return documents.render("lampiran_apbd", said, at=dates.at(budget.enacted_on))
