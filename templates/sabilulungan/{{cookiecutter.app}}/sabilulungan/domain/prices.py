"""The standard price list: taking a year's list from a file, and finding what the lines of a plan should cost."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from core import audit
from core.errors import Refused
from core.models import User
from core.money import rupiah
from sabilulungan.enums import Role
from sabilulungan.models import BudgetLine, Proposal, StandardPrice
from sabilulungan.rules.prices import MOST_PERCENT, normal, too_dear

COLUMNS = ("nama", "satuan", "harga")
MOST_NAMED = 2  # of dear lines in one sentence
LONGEST = 200  # letters of a sentence


def read(table: Sequence[Mapping[str, str]], year: int) -> list[StandardPrice]:
    """Return the rows of a file, not stored yet. Raises Refused with every fault and its row."""
    faults = [f"Kolom {name} tidak ada." for name in COLUMNS if not table or name not in table[0]]
    rows: dict[tuple[str, str], StandardPrice] = {}
    for number, cells in enumerate(table if not faults else (), start=2):
        name, unit, price = (str(cells[column] or "").strip() for column in COLUMNS)
        key = normal(name), normal(unit)
        if not all(key) or len(name) > 150 or len(unit) > 30:
            faults.append(f"Baris {number}: nama atau satuan kosong atau terlalu panjang.")
        elif not (price.isascii() and price.isdecimal() and 0 < int(price) < 10**12):
            faults.append(f"Baris {number}: harga bukan rupiah bulat tanpa titik.")
        elif key in rows:
            faults.append(f"Baris {number}: {name} per {unit} sudah ada di atas.")
        else:
            rows[key] = StandardPrice(year=year, name=name, unit=unit, price=int(price), item=key[0], measure=key[1])
    if faults:
        raise Refused(" ".join(faults))
    return list(rows.values())


def take(rows: Sequence[StandardPrice], year: int, user: User) -> None:
    """Store a year's list in place of the one before it, all of it or nothing."""
    with transaction.atomic():
        StandardPrice.objects.filter(year=year).delete()
        StandardPrice.objects.bulk_create(rows, batch_size=1000)
        data = {"year": year, "rows": len(rows)}
        audit.record(rows[0], "ganti_standar_harga", actor=user, role=Role.ADMIN_WILAYAH, note=str(year), data=data)


def standards(proposal: Proposal, lines: Iterable[BudgetLine]) -> dict[int, StandardPrice]:
    """Return the standard price of each line the list knows, by the line's number.

    The list of the budget year counts, else the newest before it.
    """
    wanted = {line.number: (normal(line.description), normal(line.unit)) for line in lines}
    lists = StandardPrice.objects.filter(year__lte=proposal.budget_year)
    year = lists.aggregate(newest=Max("year"))["newest"]
    if year is None or not wanted:
        return {}
    rows = lists.filter(year=year, item__in={item for item, _ in wanted.values()})
    held = {(row.item, row.measure): row for row in rows}
    return {number: held[key] for number, key in wanted.items() if key in held}


def beside_standard(proposal: Proposal) -> list[tuple[BudgetLine, StandardPrice | None, bool]]:
    """Return the lines of a plan, each with its standard price, if the list knows it, and whether it lies too high."""
    lines = list(proposal.lines.all())
    known = standards(proposal, lines)
    return [
        (line, standard, standard is not None and too_dear(line.unit_price, standard.price))
        for line, standard in ((line, known.get(line.number)) for line in lines)
    ]


def dear_sentence(proposal: Proposal) -> str:
    """Return which unit prices lie above 120% of the standard (F11); "" when none does."""
    dear = [(line, standard) for line, standard, high in beside_standard(proposal) if standard and high]
    if not dear:
        return ""
    named = "; ".join(
        f"{line.description[:30]} {rupiah(line.unit_price)}, standar {rupiah(standard.price)}"
        for line, standard in dear[:MOST_NAMED]
    )
    more = f", dan {len(dear) - MOST_NAMED} baris lain" if len(dear) > MOST_NAMED else ""
    return f"Di atas {MOST_PERCENT}% standar harga: {named}{more}."[:LONGEST]
