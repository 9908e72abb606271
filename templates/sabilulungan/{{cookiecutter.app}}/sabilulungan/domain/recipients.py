"""Registering who applies, and reading the traces that find the same one twice."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q

from core import audit, dates, identity
from core.errors import Fault, Refused
from core.models import RoleAssignment, User
from core.wilayah import find
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


def register(data: RecipientData, user: User) -> Recipient:
    """Create a recipient with its officers and account; the user becomes its applicant (role PEMOHON).

    An operator at the counter registers on behalf of others and does not become the applicant.

    Raises Refused when the same NPWP, or the same name at the same address, is registered already.
    """
    place = find(data.village_code)
    if place is None:
        raise Refused("Alamat belum lengkap.", [Fault("village_code", "Pilih kelurahan atau desa di daerah ini.")])
    operator = user.has_role(Role.OPERATOR)
    if not operator and len(user.scopes(Role.PEMOHON)) >= MOST_RECIPIENTS:
        raise Refused(f"Satu akun paling banyak mengurus {MOST_RECIPIENTS} penerima.")
    recipient = Recipient(
        type=data.type,
        name=data.name,
        normal_name=normal_name(data.name)[:150],
        address=data.address,
        rt=data.rt,
        rw=data.rw,
        normal_address=normal_address(data.address, data.rt, data.rw)[:220],
        village_code=data.village_code,
        district_code=place.parent,
        postal_code=data.postal_code or place.postal_code,
        phone=data.phone,
        phone_token=identity.token(data.phone) if data.phone else "",
        email=data.email,
        npwp=data.npwp,
        npwp_token=identity.token(data.npwp) if data.npwp else "",
        deed_number=data.deed_number,
        approval_number=data.approval_number,
        registered_on=None if data.type in PERSONS else data.registered_on,
        registered_by=user,
    )
    twin = _twin(recipient)
    if twin and twin.registered_by_id == user.pk:  # a second click
        return twin
    _refuse_twin(recipient, twin)
    with transaction.atomic():
        recipient.save()
        for officer in data.officers:
            _add_officer(recipient, officer, user)
        if data.account_number:
            add_account(recipient, data.bank, data.account_number, data.account_owner)
        if not operator:
            RoleAssignment.objects.create(
                user=user, role=Role.PEMOHON, scope=recipient.public_id, basis="Pendaftaran sendiri"
            )
        audit.record(recipient, "daftar", actor=user, role=Role.OPERATOR if operator else Role.PEMOHON)
    user.forget_roles()
    return recipient


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


def add_account(recipient: Recipient, bank: str, number: str, owner_name: str) -> BankAccount:
    """Store an account of a recipient; Refused when it has this number already."""
    try:
        with transaction.atomic():
            return BankAccount.objects.create(
                recipient=recipient,
                bank=bank,
                number=number,
                number_token=identity.token(number),
                owner_name=owner_name,
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
        phone_tokens=frozenset(phones - {""}),
        name=recipient.normal_name,
        address=recipient.normal_address,
        district=recipient.district_code,
    )


def chair(recipient: Recipient) -> Officer | None:
    """Return who leads now: the chair, or the person himself."""
    wanted = Position.DIRI if recipient.is_person else Position.KETUA
    now = [officer for officer in recipient.officers.all() if officer.until is None]
    return next((officer for officer in now if officer.position == wanted), None)


def of_user(user: User) -> list[Recipient]:
    """Return the recipients a user applies for; an operator has those he registered at the counter, newest first."""
    if user.has_role(Role.OPERATOR):
        return list(Recipient.objects.filter(registered_by=user).order_by("-pk")[:MOST_SHOWN])
    return list(Recipient.objects.filter(public_id__in=user.scopes(Role.PEMOHON)).order_by("name"))
