"""Accounts of officers and their roles: who may come in, with which role, from when to when."""

import datetime as dt

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string

from core import audit, dates, links, notify
from core.errors import NotAllowed, Refused
from core.models import RoleAssignment, User
from core.roles import roles

ADMIN = "ADMIN_WILAYAH"
NEVER_GIVEN = frozenset({"PEMOHON", "PUBLIK", "PEGAWAI", "ATASAN"})  # held by registering, or by a position


def may_administer(user: User) -> bool:
    """Return whether a person administers accounts here."""
    return user.is_active and user.has_role(ADMIN)


def assignable() -> list[tuple[str, str]]:
    """Return code and name of the roles an administrator may give."""
    return [(role.value, str(role.label)) for role in roles() if role.value not in NEVER_GIVEN]


def scopes_of(role: str) -> list[tuple[str, str]]:
    """Return code and name of the offices or places a role can be limited to; none for a role of the whole region.

    The app says so in `settings.ROLE_SCOPES`, the path of a function of the role's code.
    """
    path = getattr(settings, "ROLE_SCOPES", None)
    return list(import_string(path)(role)) if path else []


def invite(
    actor: User | None, *, username: str, full_name: str, email: str, request: HttpRequest | None = None
) -> User:
    """Make an account without a password; its owner sets one through `one_time_link`. Raises Refused if it exists."""
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(f"Nama pengguna {username} sudah dipakai. Pilih nama lain.")
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(f"Alamat surel {email} sudah dipakai akun lain.")
    with transaction.atomic():
        user = User(username=username, full_name=full_name, email=email, is_staff=True)
        user.set_unusable_password()
        user.save()
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        audit.record(user, "undang_petugas", actor=actor, role=ADMIN if actor else "", request=request)
    return user


def one_time_link(user: User) -> str:
    """Return the address under which a person sets the password; it dies with its first use (and after three days)."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uid, _, token = key.partition("-")
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    return links.absolute(path)


def grant(
    actor: User | None,
    user: User,
    role: str,
    *,
    scope: str = "",
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    basis: str = "",
    request: HttpRequest | None = None,
) -> RoleAssignment:
    """Give a role for a time, on a stated basis (a decree). Nobody gives himself a role; a double one is refused."""
    if actor == user:
        raise NotAllowed("Peran Anda sendiri hanya dapat diubah administrator lain.")
    if role not in dict(assignable()):
        raise Refused("Peran itu tidak diberikan lewat halaman ini.")
    allowed = scopes_of(role)
    if allowed and scope not in dict(allowed):
        raise Refused("Pilih lingkup yang sesuai dengan peran itu.")
    if not allowed and scope:
        raise Refused("Peran itu berlaku untuk seluruh daerah; kosongkan lingkupnya.")
    start = valid_from or dates.today()
    if valid_to and valid_to < start:
        raise Refused("Tanggal akhir mendahului tanggal mulai.")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        same = RoleAssignment.objects.filter(user=user, role=role, scope=scope)
        if any(row.valid_to is None or row.valid_to >= start for row in same):
            raise Refused("Orang ini sudah memegang peran itu pada masa tersebut.")
        row = RoleAssignment.objects.create(
            user=user, role=role, scope=scope, valid_from=start, valid_to=valid_to, basis=basis
        )
        data = {"role": role, "scope": scope, "from": start, "to": valid_to, "basis": basis}
        audit.record(user, "beri_peran", actor=actor, role=ADMIN if actor else "", data=data, request=request)
    user.forget_roles()
    return row


def end(actor: User, row: RoleAssignment, request: HttpRequest | None = None) -> None:
    """End a role with today's date gone: from tomorrow's point of view it was held until yesterday."""
    if actor == row.user:
        raise NotAllowed("Peran Anda sendiri hanya dapat diubah administrator lain.")
    with transaction.atomic():
        fresh = RoleAssignment.objects.select_for_update().get(pk=row.pk)
        yesterday = dates.today() - dt.timedelta(days=1)
        if fresh.valid_to and fresh.valid_to <= yesterday:
            raise Refused("Peran itu sudah berakhir.")
        data = {"role": fresh.role, "scope": fresh.scope, "from": fresh.valid_from}
        if fresh.valid_from > yesterday:
            fresh.delete()
        else:
            fresh.valid_to = yesterday
            fresh.save(update_fields=["valid_to"])
        audit.record(row.user, "akhiri_peran", actor=actor, role=ADMIN, data=data, request=request)
    row.user.forget_roles()


def set_active(actor: User, user: User, *, active: bool, reason: str, request: HttpRequest | None = None) -> None:
    """Close or reopen an account, with a reason; a closed one is signed out at its next request."""
    if actor == user:
        raise NotAllowed("Akun Anda sendiri hanya dapat ditutup administrator lain.")
    if not reason.strip():
        raise Refused("Tuliskan alasannya dahulu.")
    with transaction.atomic():
        fresh = User.objects.select_for_update().get(pk=user.pk)
        if fresh.is_active == active:
            raise Refused("Akun ini sudah aktif." if active else "Akun ini sudah ditutup.")
        fresh.is_active = active
        fresh.save(update_fields=["is_active"])
        action = "buka_akun" if active else "tutup_akun"
        audit.record(user, action, actor=actor, role=ADMIN, note=reason.strip(), request=request)
    user.is_active = active


def forget_second_step(actor: User, user: User, *, reason: str, request: HttpRequest | None = None) -> None:
    """Take the second step off an account whose owner lost the telephone and the spare codes, with a reason.

    The owner is told by mail and in the inbox, so that nobody's account is opened unseen. Raises Refused.
    """
    if actor == user:
        raise NotAllowed("Masuk dua langkah akun Anda sendiri hanya dapat dihapus administrator lain.")
    if not reason.strip():
        raise Refused("Tuliskan alasannya dahulu.")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if not Authenticator.objects.filter(user=user).delete()[0]:
            raise Refused("Akun ini tidak memakai masuk dua langkah.")
        audit.record(user, "hapus_langkah_kedua", actor=actor, role=ADMIN, note=reason.strip(), request=request)
        body = (
            f"{actor.full_name} menghapus masuk dua langkah akun Anda. Alasan: {reason.strip()}\n"
            "Aktifkan lagi di halaman Akun saya. Bila bukan Anda yang meminta, segera hubungi administrator."
        )
        message = notify.Message("langkah_kedua_dihapus", "Masuk dua langkah akun Anda dihapus", body, user=user)
        notify.queue([message], about=user)
