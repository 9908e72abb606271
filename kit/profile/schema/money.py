"""Section ``budget``: the budget year and how money is treated."""

from typing import Literal

from kit.profile.schema.base import Section, field
from kit.profile.schema.types import FilePath, MaskedAccount, Text


class FiscalYear(Section):
    """Budget year (calendar year) and phase."""

    year: int = field(2026, doc="Budget year", example=2026, used="S E", ge=2000, le=2100)
    phase: Literal["murni", "perubahan"] = field(
        "murni", doc="APBD as first set, or as changed", example="perubahan", used="S E"
    )


class Bank(Section):
    """Where the region's general account (RKUD) is."""

    bank: Text | None = field(None, doc="Bank", example="Bank NTB Syariah", used="S")
    account: MaskedAccount | None = field(None, doc="Account number, masked", example="******1234", used="S")


class Budget(Section):
    """Budget."""

    fiscal_year: FiscalYear = field(FiscalYear, doc="Budget year", example={"year": 2026, "phase": "murni"}, used="S E")
    bank_rkud: Bank = field(Bank, doc="Regional general account", example={"bank": "Bank NTB Syariah"}, used="S")
    account_codes: FilePath | None = field(
        None, doc="Account codes as CSV beside the profile: code,name", example="accounts.csv", used="S"
    )
    rounding: Literal["down", "half_up"] = field("down", doc="How fractions of a rupiah end", example="down", used="E")
