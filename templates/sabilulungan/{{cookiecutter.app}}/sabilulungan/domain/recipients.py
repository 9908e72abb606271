"""Registering who applies, and reading the traces that find the same one twice."""

import copy
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from core import audit, dates, identity
from core.errors import Fault, Refused
from core.models import RoleAssignment, User
from core.wilayah import find, name_of
from sabilulungan.enums import PERSONS, Position, RecipientType, Role
from sabilulungan.models import BankAccount, Officer, Recipient
from sabilulungan.rules.duplicates import Traces, normal_address, normal_name

MOST_RECIPIENTS = 5
MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class OfficerData:
    """An officer as typed and checked: NIK of 16 digits, phone as +62…."""

    position: Position
    name: str
    nik: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class RecipientData:
    """A recipient as typed and checked."""

    type: RecipientType
    name: str
    address: str
    rt: str
    rw: str
    village_code: str
    officers: tuple[OfficerData, ...]
    postal_code: str = ""
    phone: str = ""
    email: str = ""
    npwp: str = ""
    deed_number: str = ""
    approval_number: str = ""
    registered_on: dt.date | None = None
    bank: str = ""
    account_number: str = ""
    account_owner: str = ""
    account_opened: dt.date | None = None
    position: tuple[Decimal, Decimal] | None = None
    family_card: str = ""


def register(data: RecipientData, user: User) -> Recipient:
    """Create a recipient with its officers and account; the user becomes its applicant (role PEMOHON).

    An operator at the counter registers on behalf of others and does not become the applicant.

    Raises Refused when the same NPWP, or the same name at the same address, is registered already.
    """
    if find(data.village_code) is None:
        raise Refused("Alamat belum lengkap.", [Fault("village_code", "Pilih kelurahan atau desa di daerah ini.")])
    operator = user.has_role(Role.OPERATOR)
    if not operator and len(user.scopes(Role.PEMOHON)) >= MOST_RECIPIENTS:
        raise Refused(f"Satu akun paling banyak mengurus {MOST_RECIPIENTS} penerima.")
    recipient = _built(data, user)
    twin = _twin(recipient)
    if twin and twin.registered_by_id == user.pk:  # a second click
        return twin
    if twin and not operator and _may_claim(twin, data):
        return _claim(twin, data, user)
    _refuse_twin(recipient, twin)
    with transaction.atomic():
        _store(recipient, data, user)
        if not operator:
            RoleAssignment.objects.create(
                user=user, role=Role.PEMOHON, scope=recipient.public_id, basis="Pendaftaran sendiri"
            )
        audit.record(recipient, "daftar", actor=user, role=Role.OPERATOR if operator else Role.PEMOHON)
    user.forget_roles()
    return recipient


def _may_claim(twin: Recipient, data: RecipientData) -> bool:
    """Return whether an imported recipient nobody applies for is claimed by an officer the register names, if any."""
    claimed = RoleAssignment.objects.filter(role=Role.PEMOHON, scope=twin.public_id).exists()
    if claimed or not twin.past_grants.exists():
        return False
    known = {officer.nik_token for officer in twin.officers.all()}
    return not known or bool(known & {identity.token(officer.nik) for officer in data.officers})


def _claim(twin: Recipient, data: RecipientData, user: User) -> Recipient:
    """Make a user the applicant of an imported recipient and add the officers, numbers and account it lacks."""
    with transaction.atomic():
        held = set(twin.officers.filter(until__isnull=True).values_list("position", flat=True))
        for officer in data.officers:
            if officer.position not in held:
                _add_officer(twin, officer, user)
        _fill(twin, data, user)
        if data.account_number and not twin.accounts.exists():
            add_account(twin, data.bank, data.account_number, data.account_owner, data.account_opened)
        RoleAssignment.objects.create(
            user=user, role=Role.PEMOHON, scope=twin.public_id, basis="Pendaftaran atas data yang diambil alih"
        )
        audit.record(twin, "daftar", actor=user, role=Role.PEMOHON, note="Penerima dari register lama")
    user.forget_roles()
    return twin


def _fill(twin: Recipient, data: RecipientData, user: User) -> None:
    """Add what an imported recipient lacks: map point, mail address, family card."""
    typed = _built(data, user)
    if twin.position is None:
        twin.latitude, twin.longitude = typed.latitude, typed.longitude
    if not twin.email:
        twin.email, twin.email_token = typed.email, typed.email_token
    if not twin.family_card:
        twin.family_card, twin.family_card_token = typed.family_card, typed.family_card_token
    twin.save()


def store(data: RecipientData, user: User) -> Recipient:
    """Create a recipient of an imported register: nobody applies for it yet, and no twin is looked for."""
    with transaction.atomic():
        return _store(_built(data, user), data, user)


def _store(recipient: Recipient, data: RecipientData, user: User) -> Recipient:
    recipient.save()
    for officer in data.officers:
        _add_officer(recipient, officer, user)
    if data.account_number:
        add_account(recipient, data.bank, data.account_number, data.account_owner, data.account_opened)
    return recipient


def _built(data: RecipientData, user: User) -> Recipient:
    place = find(data.village_code)
    district = place.parent if place else ""
    latitude, longitude = data.position or (None, None)
    return Recipient(
        type=data.type,
        name=data.name,
        normal_name=normal_name(data.name)[:150],
        address=data.address,
        rt=data.rt,
        rw=data.rw,
        normal_address=normal_address(data.address, data.rt, data.rw)[:220],
        village_code=data.village_code,
        district_code=district,
        postal_code=data.postal_code or (place.postal_code if place else ""),
        latitude=latitude,
        longitude=longitude,
        phone=data.phone,
        phone_token=identity.token(data.phone) if data.phone else "",
        email=data.email,
        email_token=identity.token(data.email.casefold()) if data.email else "",
        family_card=data.family_card,
        family_card_token=identity.token(data.family_card) if data.family_card else "",
        npwp=data.npwp,
        npwp_token=identity.token(data.npwp) if data.npwp else "",
        deed_number=data.deed_number,
        approval_number=data.approval_number,
        registered_on=None if data.type in PERSONS else data.registered_on,
        registered_by=user,
    )


def _twin(recipient: Recipient) -> Recipient | None:
    same = Q(
        normal_name=recipient.normal_name, normal_address=recipient.normal_address, village_code=recipient.village_code
    )
    if recipient.npwp_token:
        same |= Q(npwp_token=recipient.npwp_token)
    return Recipient.objects.filter(same).first()


def _refuse_twin(recipient: Recipient, twin: Recipient | None) -> None:
    if twin is None:
        return
    if recipient.npwp_token and recipient.npwp_token == twin.npwp_token:
        fault = Fault("npwp", "NPWP ini sudah terdaftar. Minta pengurus yang mendaftarkannya menambahkan Anda.")
    else:
        fault = Fault("name", "Nama ini sudah terdaftar di alamat yang sama.")
    raise Refused("Penerima ini sudah terdaftar.", [fault])


def _add_officer(recipient: Recipient, data: OfficerData, user: User) -> Officer:
    token = identity.token(data.nik)
    return Officer.objects.create(
        recipient=recipient,
        user=user if user.nik_token and user.nik_token == token else None,
        position=data.position,
        name=data.name,
        nik=data.nik,
        nik_token=token,
        phone=data.phone,
        phone_token=identity.token(data.phone) if data.phone else "",
        since=dates.today(),
    )


def add_account(
    recipient: Recipient, bank: str, number: str, owner_name: str, opened_on: dt.date | None = None
) -> BankAccount:
    """Store an account of a recipient; Refused when it has this number already."""
    try:
        with transaction.atomic():
            return BankAccount.objects.create(
                recipient=recipient,
                bank=bank,
                number=number,
                number_token=identity.token(number),
                owner_name=owner_name,
                normal_owner=normal_name(owner_name)[:150],
                opened_on=opened_on,
            )
    except IntegrityError:
        raise Refused("Rekening ini sudah dicatat.", [Fault("account_number", "Rekening ini sudah dicatat.")]) from None


def traces_of(recipient: Recipient, key: int) -> Traces:
    """Return what finds a recipient under another name; `key` is the id findings point to."""
    officers = list(recipient.officers.all())
    accounts = list(recipient.accounts.all())
    phones = {officer.phone_token for officer in officers} | {recipient.phone_token}
    return Traces(
        key=key,
        nik_tokens=frozenset(officer.nik_token for officer in officers),
        account_token=accounts[-1].number_token if accounts else "",
        owner=accounts[-1].normal_owner if accounts else "",
        phone_tokens=frozenset(phones - {""}),
        name=recipient.normal_name,
        address=recipient.normal_address,
        district=recipient.district_code,
        position=recipient.position,
        family_token=recipient.family_card_token,
        email_token=recipient.email_token,
    )


def chair(recipient: Recipient) -> Officer | None:
    """Return who leads now: the chair, or the person himself."""
    wanted = Position.DIRI if recipient.is_person else Position.KETUA
    now = [officer for officer in recipient.officers.all() if officer.until is None]
    return next((officer for officer in now if officer.position == wanted), None)


def full_address(recipient: Recipient) -> str:
    """Return the address as annexes, decrees and agreements print it: street, RT/RW, village, kecamatan."""
    parts = [recipient.address]
    if recipient.rt:
        parts.append(f"RT {recipient.rt}/RW {recipient.rw}")
    return ", ".join([*parts, name_of(recipient.village_code), name_of(recipient.district_code)])


def change_leader(recipient: Recipient, name: str, nik: str, phone: str, user: User) -> Officer:
    """End the leader's term today and put another person in office (R16)."""
    today = dates.today()
    old = chair(recipient)
    if old:
        old.until = today
        old.save(update_fields=["until"])
    return _add_officer(recipient, OfficerData(Position.KETUA, name, nik, phone), user)


_NAMED = ("name", "address", "rt", "rw", "village_code")


def differs(recipient: Recipient, data: Mapping[str, Any]) -> bool:
    """Return whether name or address (street, RT, RW, village) are not those on file."""
    return any((data.get(part) or "").strip() != getattr(recipient, part) for part in _NAMED)


def _put_name(recipient: Recipient, data: Mapping[str, Any]) -> None:
    moved = any((data.get(part) or "").strip() != getattr(recipient, part) for part in _NAMED[1:])
    for part in _NAMED:
        setattr(recipient, part, (data.get(part) or "").strip())
    place = find(recipient.village_code)
    recipient.district_code = place.parent if place else ""
    recipient.postal_code = place.postal_code if place else ""
    recipient.normal_name = normal_name(recipient.name)[:150]
    recipient.normal_address = normal_address(recipient.address, recipient.rt, recipient.rw)[:220]
    if moved:  # the point was that of the old address
        recipient.latitude = recipient.longitude = None


def stands_elsewhere(recipient: Recipient, data: Mapping[str, Any]) -> bool:
    """Return whether another recipient has the new name at the new address."""
    wanted = copy.copy(recipient)
    _put_name(wanted, data)
    same = Recipient.objects.filter(
        normal_name=wanted.normal_name, normal_address=wanted.normal_address, village_code=wanted.village_code
    )
    return same.exclude(pk=recipient.pk).exists()


def rename(recipient: Recipient, data: Mapping[str, Any]) -> None:
    """Give a recipient another name or address; of a person, his own entry among the officers follows."""
    _put_name(recipient, data)
    recipient.save()
    if recipient.is_person:
        recipient.officers.filter(position=Position.DIRI, until__isnull=True).update(name=recipient.name)


def applicants(recipient: Recipient) -> list[User]:
    """Return everybody who applies for a recipient today."""
    held = RoleAssignment.objects.valid_on(dates.today()).filter(role=Role.PEMOHON, scope=recipient.public_id)
    return list(User.objects.filter(is_active=True, assignments__in=held).distinct())


def of_user(user: User) -> list[Recipient]:
    """Return the recipients a user applies for; an operator has those he registered at the counter, newest first."""
    if user.has_role(Role.OPERATOR):
        return list(Recipient.objects.filter(registered_by=user).order_by("-pk")[:MOST_SHOWN])
    return list(Recipient.objects.filter(public_id__in=user.scopes(Role.PEMOHON)).order_by("name"))
