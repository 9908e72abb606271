"""Lane RUJUK: the number OSS or SIMBG gave, written down by its owner, compared there by an officer (section 1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

import rules
from core import dates, wilayah
from core.errors import Fault, NotAllowed, Refused
from core.models import User
from core.notify import Message
from core.region import region
from core.transitions import NEW, Machine, Step, Transition
from hayu.enums import Channel, Outside, Role
from hayu.enums import ReferralAction as Act
from hayu.enums import ReferralState as S
from hayu.models import Referral, Report
from hayu.rules.kbli import Activity
from hayu.validators import normalise_nib

READERS = (Role.VERIFIKATOR, Role.PENANDATANGAN, Role.AUDITOR)
_SIMBG = re.compile(r"[A-Z0-9][A-Z0-9./-]{7,58}[A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Given:
    """What is written down: the system, its number, name and place of business or building, and its kind."""

    system: str
    number: str
    name: str
    village_code: str
    activity: Activity | None = None
    report: Report | None = None
    consent: str = ""


def is_open() -> bool:
    """Return whether the region keeps outside numbers by hand (profile: `licences.oss_link`)."""
    return bool(region().licences.oss_link != "off")


def normalise(system: str, text: str) -> str:
    """Return a number as its system writes it; ValueError with a sentence when it cannot be one."""
    if system == Outside.OSS:
        return normalise_nib(text)
    number = "".join(text.upper().split())
    if not _SIMBG.fullmatch(number) or not any(sign.isdigit() for sign in number):
        raise ValueError("Salin nomor PBG atau SLF seperti tertulis, misalnya “PBG-327305-12012026-01”.")
    return number


def record(given: Given, user: User, *, desk: bool = False, request: HttpRequest | None = None) -> Referral:
    """Write a number down and return it. Raises Refused with all faults: no such number, place, consent, a twin."""
    found, number = [], given.number
    try:
        number = normalise(given.system, given.number)
    except ValueError as error:
        found.append(Fault("number", str(error)))
    if not given.name.strip():
        found.append(Fault("name", "Isi nama usaha atau bangunan."))
    if not wilayah.is_inside(given.village_code):
        found.append(Fault("village_code", f"Tempat itu di luar {region().region.name}."))
    if desk and not given.consent.strip():
        found.append(Fault("consent", "Catat persetujuan pemilik yang datang ke loket."))
    if Referral.objects.filter(system=given.system, number=number).exclude(state=S.DICORET).exists():
        found.append(Fault("number", "Nomor itu sudah ada di daftar."))
    if not is_open():
        found.append(Fault("", "Nomor dari luar tidak dicatat di daerah ini."))
    if found:
        raise Refused("Nomor belum dapat dicatat. Perbaiki yang ditandai.", found)
    place = wilayah.find(given.village_code)
    row = Referral(
        system=given.system, number=number, name=given.name.strip(), village_code=given.village_code,
        district_code=place.parent if place else "", report=given.report, applicant=None if desk else user,
        filed_by=user, channel=Channel.LOKET if desk else Channel.WEB, consent=given.consent.strip() if desk else "",
    )  # fmt: skip
    if given.activity and given.system == Outside.OSS:
        row.kbli_version, row.kbli_code = given.activity.version, given.activity.code
    recorded: Referral = machine.begin(row, Act.CATAT, user, request=request)
    return recorded


def holds(user: User, role: str, referral: Referral) -> bool:
    """Return whether a user has a role on an outside number: its owner, the desk it came in at, the verifiers."""
    if role == Role.PEMOHON:
        return referral.applicant_id == user.pk
    if role == Role.LOKET:
        return referral.channel == Channel.LOKET and user.has_role(role)
    return user.has_role(role)


def involved(user: User, referral: Referral) -> bool:
    """Return whether it is the person's own number."""
    return referral.applicant_id == user.pk


def open_to(user: User) -> QuerySet[Referral]:
    """Return the numbers an officer may read, those to compare first, the longest waiting before the rest."""
    rows = Referral.objects.order_by("-state", "created_at", "pk")  # TERCATAT, DICORET, COCOK
    if user.has_role(*READERS):
        return rows
    return rows.filter(channel=Channel.LOKET) if user.has_role(Role.LOKET) else rows.none()


def waiting(user: User) -> QuerySet[Referral]:
    """Return the numbers this verifier is to compare; not their own, nor what they wrote down themselves."""
    if not user.has_role(Role.VERIFIKATOR):
        return Referral.objects.none()
    return open_to(user).filter(state=S.TERCATAT).exclude(applicant=user).exclude(filed_by=user)


def _is_another(step: Step) -> None:
    if step.obj.filed_by_id == step.actor.pk:
        raise NotAllowed("Nomor dicocokkan oleh petugas lain, bukan oleh yang mencatatnya.")


def _check(step: Step) -> None:
    step.obj.checked_on = dates.today()
    step.audit_data["nomor"] = step.obj.number


def _strike(step: Step) -> None:
    step.obj.ended_on = dates.today()


def _told(step: Step) -> Iterator[Message]:
    referral: Referral = step.obj
    if referral.applicant_id and step.role != Role.PEMOHON:
        link = reverse("hayu:referral", args=[referral.public_id])
        checked = step.transition.action == Act.COCOKKAN
        subject = "Nomor Anda sudah dicocokkan" if checked else "Nomor Anda dicoret dari daftar"
        body = f"{referral.get_system_display()} {referral.number}, {referral.name}. {step.note}".strip()
        event = "rujukan.cocok" if checked else "rujukan.dicoret"
        yield Message(event, subject, body, user=referral.applicant, link=link)


TABLE = (
    Transition("R01", (NEW,), Act.CATAT, (Role.PEMOHON, Role.LOKET), S.TERCATAT),
    Transition("R02", (S.TERCATAT,), Act.COCOKKAN, (Role.VERIFIKATOR,), S.COCOK, guard=_is_another, effect=_check,
               notify=_told),
    Transition("R03", (S.TERCATAT, S.COCOK), Act.CORET, (Role.PEMOHON, Role.LOKET, Role.VERIFIKATOR), S.DICORET,
               effect=_strike, notify=_told, note_required=True),
)  # fmt: skip

machine = Machine(Referral, TABLE, holds=holds, involved=involved, owner_roles=(Role.PEMOHON,))


@rules.predicate
def _reads(user: User, referral: Referral) -> bool:
    if not (isinstance(user, User) and user.is_active):
        return False
    return involved(user, referral) or holds(user, Role.LOKET, referral) or user.has_role(*READERS)


@rules.predicate
def _lists(user: User) -> bool:
    return isinstance(user, User) and user.is_active and user.has_role(*READERS, Role.LOKET)


rules.add_perm("hayu.view_referral", _reads)
rules.add_perm("hayu.list_referrals", _lists)
