"""Words and addresses of Hayu's pages."""

from typing import Any

from django import template

from core import money
from core.filters import FilterSet
from hayu.enums import Action, AppAction, ClaimAction, ComplaintAction, InspectionAction, PermitAction, ReferralAction
from hayu.rules.looks import RISK_WORDS

register = template.Library()
_CODES = (Action, AppAction, PermitAction, ComplaintAction, InspectionAction, ReferralAction, ClaimAction)
_ACTS = {value: label for codes in _CODES for value, label in codes.choices}
_OTHER_ACTS = {
    "lihat_data_terlindungi": "Data terlindungi dilihat",
    "anonimkan": "Data pribadi dihapus, masa simpannya habis",
    "buang": "Draf dibuang",
    "hubungkan_akun": "Dihubungkan dengan akun pemegangnya",
    "impor": "Diimpor dari arsip lama",
    "unduh_data_sendiri": "Data sendiri diunduh",
}


@register.filter
def rupiah_words(amount: int) -> str:
    """Return a sum as one says it: "Rp500 juta"."""
    return money.rupiah_short(amount)


@register.filter
def risk_words(level: str) -> str:
    """Return a risk level with what it asks for."""
    return RISK_WORDS[level]


@register.filter
def action_label(action: str) -> str:
    """Return an act of the history in words."""
    return _ACTS.get(action) or _OTHER_ACTS.get(action, action)


@register.filter
def at(mapping: Any, key: str) -> Any:
    """Return the value of a key."""
    return mapping[key]


@register.simple_tag
def download_url(found: FilterSet, fmt: str) -> str:
    """Return the address of the export that shows exactly the filter."""
    return found.url(ekspor=fmt)
