"""Who signs the recommendation: the head of the office, the camat, the lurah and the chair of the team (T07; BDG).

The form exists once the office has evaluated (T07), so the signatures follow it, in this order. Which of them a region
demands before the case goes on to the amounts (T09, T10) says the setting RECOMMENDATION_SIGNERS; the others may sign.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import checks

from core import dates, wilayah
from core.enums import Signature
from core.errors import Fault
from core.models import User
from sabilulungan.domain.letters.shared import district_head, village_head
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Role
from sabilulungan.models import Proposal, SignedPaper

HEAD, CAMAT, LURAH, CHAIR = "rekomendasi", "rekomendasi-camat", "rekomendasi-lurah", "rekomendasi-ketua-tp"
ORDER = (HEAD, CAMAT, LURAH, CHAIR)
BESIDE = ORDER[1:]
_WORDS = {"KEPALA_OPD": HEAD, "CAMAT": CAMAT, "LURAH": LURAH, "KETUA_TP": CHAIR}
_ROLES = {HEAD: Role.KEPALA_OPD, CAMAT: Role.WILAYAH, LURAH: Role.WILAYAH, CHAIR: Role.KETUA_TP}


@dataclass(frozen=True, slots=True)
class Seat:
    """One place for a signature under a form: its code, whose it is, the signature if there, whether it is demanded."""

    code: str
    post: str
    signed: SignedPaper | None
    demanded: bool


def role_of(code: str) -> Role:
    """Return the role whose seat it is; a camat and a lurah hold theirs for their place only."""
    return _ROLES[code]


def post_of(proposal: Proposal, code: str) -> str:
    """Return in which post a seat is signed: "Camat Coblong", "Lurah Dago"."""
    if code == HEAD:
        return f"Kepala {profile_of(proposal).office_name(proposal.office)}"
    if code == CAMAT:
        return district_head(proposal.recipient)
    return village_head(proposal.recipient) if code == LURAH else "Ketua Tim Pertimbangan"


def is_of_place(user: User, proposal: Proposal, code: str) -> bool:
    """Return whether a person is the camat of the recipient's kecamatan, or the lurah of its kelurahan or desa."""
    village = proposal.recipient.village_code
    place = wilayah.find(village)
    wanted = {CAMAT: place.parent if place else "", LURAH: village}.get(code, "")
    return bool(wanted) and wanted in user.scopes(Role.WILAYAH)


def signed(proposal: Proposal) -> dict[str, SignedPaper]:
    """Return the signatures that count under the newest evaluation, by seat; the newest scan counts."""
    newest = proposal.evaluations.order_by("pk").last()
    rows = SignedPaper.objects.filter(evaluation=newest, code__in=ORDER) if newest else []
    return {row.code: row for row in rows}


def demanded() -> tuple[str, ...]:
    """Return the seats a case does not go on without, in their order."""
    wanted = {_WORDS.get(word) for word in settings.RECOMMENDATION_SIGNERS}
    return tuple(code for code in ORDER if code in wanted)


def before(code: str) -> tuple[str, ...]:
    """Return the seats that sign before one: the head of the office, and whom the region demands."""
    wanted = demanded()
    return tuple(one for one in ORDER[: ORDER.index(code)] if one == HEAD or one in wanted)


def of(proposal: Proposal) -> list[Seat]:
    """Return the seats of a case that was evaluated, in their order."""
    held, wanted = signed(proposal), demanded()
    return [Seat(code, post_of(proposal, code), held.get(code), code in wanted) for code in ORDER]


def faults(proposal: Proposal) -> list[Fault]:
    """Return what keeps a case from going on: the signatures the region demands and the form lacks."""
    wanted = demanded()
    if not wanted:
        return []
    held = signed(proposal)
    missing = [post_of(proposal, code) for code in wanted if code not in held]
    return [Fault("flags", f"Formulir rekomendasi belum ditandatangani {', '.join(missing)}.")] if missing else []


def lines(proposal: Proposal) -> dict[str, Any]:
    """Return what the form prints over each dotted line: how, who and when, for the seats that are signed."""
    held = signed(proposal)
    return {code: line(row.signature, row.signer_name, dates.local(row.at)) for code, row in held.items()}


def line(kind: str, name: str, at: Any) -> list[str]:
    """Return the words of one signature: how it was given, the name, day and time."""
    return [str(Signature(kind).label), name, f"{dates.day_and_month(at)} {dates.clock(at)}"]


@checks.register()
def known_words(**_: Any) -> list[checks.CheckMessage]:
    """Say which words of the setting name no seat."""
    unknown = sorted(set(settings.RECOMMENDATION_SIGNERS) - set(_WORDS))
    if not unknown:
        return []
    problem = f"RECOMMENDATION_SIGNERS names no signer with {', '.join(unknown)}."
    return [checks.Error(problem, hint=f"Use {', '.join(_WORDS)}.", id="sabilulungan.E001")]
