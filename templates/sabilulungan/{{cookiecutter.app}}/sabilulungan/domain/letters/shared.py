"""Words and figures that several documents share."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from core import dates, officials, wilayah
from core.money import rupiah, rupiah_document
from core.region import region
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Role
from sabilulungan.models import BudgetLine, Proposal, Recipient

Pairs = list[list[str]]


def place_and_date(day: dt.date) -> str:
    """Return the line above a signature: "Bandung, 10 Februari 2027"."""
    return f"{region().region.letter_place}, {dates.day_and_month(day)}"


def finance_office() -> str:
    """Return the name of the finance office."""
    return str(region().offices.finance.name)


def finance_head(day: dt.date) -> dict[str, Any]:
    """Return the signature block of the head of the finance office."""
    return officials.head_of_office("finance", on=day)


def decree_signer(proposal: Proposal, day: dt.date) -> dict[str, Any]:
    """Return who signs the decree in this region: the head, or the office's head by delegation."""
    profile = profile_of(proposal)
    if profile.after.decree_signer == Role.KDH:
        return officials.head_of_region(decision=True, on=day)
    return signer(f"Kepala {profile.office_name(proposal.office)}")


def district_head(recipient: Recipient) -> str:
    """Return who heads the kecamatan of a recipient: "Camat Coblong"."""
    village = wilayah.find(recipient.village_code)
    district = wilayah.find(village.parent) if village else None
    return wilayah.head_post(district) if district else str(region().terms.level3_head)


def village_head(recipient: Recipient) -> str:
    """Return who heads the kelurahan or desa of a recipient: "Lurah Dago", "Kepala Desa Cibeureum"."""
    village = wilayah.find(recipient.village_code)
    return wilayah.head_post(village) if village else str(region().terms.level4_urban_head)


def signer(post: str, name: str = "") -> dict[str, str]:
    """Return a signature block; without a name a dotted line is printed to sign over."""
    return {"post": post, "name": name}


def sum_row(cells: int, *amounts: int) -> list[str]:
    """Return the last row of a table: "Jumlah" under the texts, then the sums."""
    return ["", "Jumlah", *[""] * (cells - 2 - len(amounts)), *map(rupiah, amounts)]


def decreed_rows(lines: Iterable[BudgetLine]) -> list[list[str]]:
    """Return the cost lines with the amount decreed for each."""
    return [[str(line.number), line.description, rupiah(line.amount_decreed or 0)] for line in lines]


def leader_post(proposal: Proposal) -> str:
    """Return in which quality the recipient signs."""
    return "Penerima" if proposal.recipient.is_person else f"Ketua {proposal.recipient.name}"


def facts(*pairs: Sequence[Any]) -> Pairs:
    """Return facts as pairs of texts."""
    return [[str(name), str(value or "")] for name, value in pairs]


def exact(amount: int) -> str:
    """Return rupiah as legal texts write it."""
    return rupiah_document(amount)
