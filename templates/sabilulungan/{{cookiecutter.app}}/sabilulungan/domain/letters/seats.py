"""Who signs the recommendation: the head of the office, the camat, the lurah and the chair of the team (T07; BDG).

The form exists once the office has evaluated (T07), so the signatures follow it, in this order. Which of them a case
does not go on to the amounts without (T09, T10) says the profile under which it was filed, `recommendation_signers`;
the others may sign. A form has no seat for whom the region does not have: in a province no camat and no lurah, where
no team meets no chair of it.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core import dates, wilayah
from core.enums import Signature
from core.errors import Fault
from core.models import User
from core.region import region
from sabilulungan.domain.letters.shared import district_head, village_head
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import FormSigner, Role, Stage
from sabilulungan.models import ProfileVersion, Proposal, SignedPaper
from sabilulungan.rules.profile import Profile

HEAD, CAMAT, LURAH, CHAIR = "rekomendasi", "rekomendasi-camat", "rekomendasi-lurah", "rekomendasi-ketua-tp"
ORDER = (HEAD, CAMAT, LURAH, CHAIR)
BESIDE = ORDER[1:]
SIGNERS = {
    HEAD: FormSigner.KEPALA_OPD, CAMAT: FormSigner.CAMAT, LURAH: FormSigner.LURAH, CHAIR: FormSigner.KETUA_TP
}  # fmt: skip
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


def there(proposal: Proposal) -> tuple[str, ...]:
    """Return the seats the form of a case has, in their order."""
    return under(profile_of(proposal))


def under(profile: Profile) -> tuple[str, ...]:
    """Return the seats a form has under a version of the profile, in their order."""
    absent = {CAMAT, LURAH} if region().region.kind == "provinsi" else set()
    if not profile.step(Stage.PERIKSA_TP).on:
        absent.add(CHAIR)
    return tuple(code for code in ORDER if code not in absent)


def demanded(proposal: Proposal) -> tuple[str, ...]:
    """Return the seats a case does not go on without, in their order."""
    wanted = profile_of(proposal).recommendation_signers
    return tuple(code for code in ORDER if SIGNERS[code] in wanted)


def demanding(code: str) -> QuerySet[ProfileVersion]:
    """Return the versions of the profile that demand a seat."""
    return ProfileVersion.objects.filter(content__recommendation_signers__icontains=f'"{SIGNERS[code]}"')


def before(proposal: Proposal, code: str) -> tuple[str, ...]:
    """Return the seats that sign before one: the head of the office, and whom the case's profile demands."""
    wanted = demanded(proposal)
    return tuple(one for one in ORDER[: ORDER.index(code)] if one == HEAD or one in wanted)


def of(proposal: Proposal) -> list[Seat]:
    """Return the seats of a case that was evaluated, in their order."""
    held, wanted = signed(proposal), demanded(proposal)
    return [Seat(code, post_of(proposal, code), held.get(code), code in wanted) for code in there(proposal)]


def turns(found: list[Seat]) -> list[Seat]:
    """Return the seats whose turn it is: nobody signed there yet, and those before have signed."""
    held = {seat.code for seat in found if seat.signed}
    first = {seat.code for seat in found if seat.code == HEAD or seat.demanded}
    return [
        seat
        for place, seat in enumerate(found)
        if not seat.signed and held >= {one.code for one in found[:place]} & first
    ]


def faults(proposal: Proposal) -> list[Fault]:
    """Return what keeps a case from going on: the signatures its profile demands and the form lacks."""
    wanted = demanded(proposal)
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
