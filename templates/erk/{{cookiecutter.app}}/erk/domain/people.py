"""Who is whose superior, and who acts for whom (erk.md sections 3 and 7)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from core import audit, dates, notify
from core.errors import Fault, Refused
from core.models import User
from erk.enums import JenisJabatan, JenisPenempatan, Role, Skema
from erk.models import Jabatan, Opd, Pegawai, Penempatan

MAX_ACTING_DAYS = 90
STRUCTURAL = (JenisJabatan.JPT, JenisJabatan.ADMINISTRATOR, JenisJabatan.PENGAWAS)


def employee_of(user: User) -> Pegawai | None:
    """Return the active employee behind an account, read once per request."""
    cached: Pegawai | None
    if "_erk_employee" not in user.__dict__:
        user.__dict__["_erk_employee"] = Pegawai.objects.filter(user=user, aktif=True).first()
    cached = user.__dict__["_erk_employee"]
    return cached


def positions_of(user: User) -> frozenset[int]:
    """Return the positions an account holds today, for good or acting, read once per request."""
    if "_erk_positions" not in user.__dict__:
        held = Penempatan.objects.on(dates.today()).filter(pegawai__user=user, pegawai__aktif=True)
        user.__dict__["_erk_positions"] = frozenset(held.values_list("jabatan_id", flat=True))
    cached: frozenset[int] = user.__dict__["_erk_positions"]
    return cached


def placement_on(pegawai: Pegawai, day: dt.date) -> Penempatan | None:
    """Return the definitive placement of an employee on a day, with position and agency."""
    held = Penempatan.objects.definitif().on(day).filter(pegawai=pegawai)
    return held.select_related("jabatan__opd").order_by("mulai").last()


def superior_of(jabatan: Jabatan, pegawai: Pegawai, day: dt.date) -> int | None:
    """Return the position that decides on one person's work, as Chain.superior, in two queries a level."""
    seen, at = {jabatan.pk}, jabatan
    while at.induk_id is not None and at.induk_id not in seen:
        above = Jabatan.objects.get(pk=at.induk_id)
        if _held_by_another(above.pk, pegawai, day):
            return above.pk
        seen.add(above.pk)
        at = above
    delegate = at.delegasi_id
    return delegate if delegate is not None and _held_by_another(delegate, pegawai, day) else None


def _held_by_another(position: int, pegawai: Pegawai, day: dt.date) -> bool:
    held = Penempatan.objects.on(day).filter(jabatan_id=position, pegawai__aktif=True)
    return held.exclude(pegawai=pegawai).exists()


def positions_below(positions: Iterable[int], day: dt.date) -> set[int]:
    """Return the positions whose holders one of `positions` decides on, in two queries a level.

    These are the children, the tops of the tree delegated to one of them, and what lies below vacant ones.
    """
    held: set[int] = set(positions)
    found: set[int] = set()
    if not held:
        return found
    direct = Q(induk__in=held) | Q(induk__isnull=True, delegasi__in=held)
    level = set(Jabatan.objects.filter(direct).values_list("pk", flat=True))
    while level:
        found |= level
        occupied = Penempatan.objects.on(day).filter(jabatan_id__in=level, pegawai__aktif=True)
        vacant = level - set(occupied.values_list("jabatan_id", flat=True))
        below = Jabatan.objects.filter(induk__in=vacant).values_list("pk", flat=True) if vacant else ()
        level = set(below) - found
    return found


class Chain:
    """The position tree and its holders on one day: answers who decides, for many people, in two queries."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        self._parent: dict[int, int | None] = {}
        self._delegate: dict[int, int | None] = {}
        for pk, parent, delegate in Jabatan.objects.values_list("pk", "induk_id", "delegasi_id"):
            self._parent[pk], self._delegate[pk] = parent, delegate
        self._holders: dict[int, set[int]] = defaultdict(set)
        active = Penempatan.objects.on(day).filter(pegawai__aktif=True)
        for position, person in active.values_list("jabatan_id", "pegawai_id"):
            self._holders[position].add(person)

    def superior(self, position: int, person: int) -> int | None:
        """Return the position that decides on a person's work: the nearest one above that somebody else holds.

        A vacant position, or one the person acts in, is passed over. At the top the position's delegate decides.
        """
        seen = {position}
        at, above = position, self._parent.get(position)
        while above is not None and above not in seen:
            if self._holders[above] - {person}:
                return above
            seen.add(above)
            at, above = above, self._parent.get(above)
        delegate = self._delegate.get(at)
        return delegate if delegate is not None and self._holders[delegate] - {person} else None


def place(
    pegawai: Pegawai,
    jabatan: Jabatan,
    mulai: dt.date,
    *,
    akhir: dt.date | None = None,
    dasar: str = "",
    actor: User | None,
) -> Penempatan:
    """Place an employee in a position for good; an open earlier placement ends the day before.

    Raises Refused when another definitive placement lies in the period, or a leading position is taken.
    """
    with transaction.atomic():
        Pegawai.objects.select_for_update().get(pk=pegawai.pk)
        earlier = Penempatan.objects.definitif().filter(pegawai=pegawai, akhir__isnull=True, mulai__lt=mulai)
        earlier.update(akhir=mulai - dt.timedelta(days=1))
        last = akhir or dt.date.max
        if Penempatan.objects.definitif().between(mulai, last).filter(pegawai=pegawai).exists():
            raise Refused("Pegawai ini sudah mempunyai penempatan lain pada masa itu.")
        taken = Penempatan.objects.definitif().between(mulai, last).filter(jabatan=jabatan)
        if jabatan.jenis in STRUCTURAL and taken.exists():
            raise Refused(f"Jabatan {jabatan.nama} sudah terisi pada masa itu.")
        row = Penempatan.objects.create(
            pegawai=pegawai, jabatan=jabatan, mulai=mulai, akhir=akhir, dasar=dasar, skema=jabatan.opd.skema
        )
        audit.record(row, "tempatkan", actor=actor, data={"jabatan": jabatan.nama, "mulai": mulai, "akhir": akhir})
    return row


def appoint_acting(
    user: User,
    jabatan: Jabatan,
    pengganti: Pegawai,
    mulai: dt.date,
    akhir: dt.date,
    dasar: str,
    *,
    request: HttpRequest | None = None,
) -> Penempatan:
    """Let another employee decide for a position during a leave (Plh.); the approval right ends by itself.

    Only a definitive holder appoints for the own position. Raises Refused with faults by field.
    """
    faults = _acting_faults(user, jabatan, pengganti, mulai, akhir)
    if faults:
        raise Refused("Penunjukan belum disimpan. Perbaiki yang bertanda.", faults)
    with transaction.atomic():
        Jabatan.objects.select_for_update().get(pk=jabatan.pk)
        acting = (
            Penempatan.objects.between(mulai, akhir).filter(jabatan=jabatan).exclude(jenis=JenisPenempatan.DEFINITIF)
        )
        if acting.exists():
            raise Refused("Sudah ada Plh. untuk jabatan ini pada masa itu.")
        row = Penempatan.objects.create(
            pegawai=pengganti,
            jabatan=jabatan,
            mulai=mulai,
            akhir=akhir,
            jenis=JenisPenempatan.PLH,
            skema=Skema.NON,
            dasar=dasar,
        )
        if pengganti.user:
            since, until = dates.short_date(mulai), dates.short_date(akhir)
            notify.queue(
                [
                    notify.Message(
                        event="erk.plh",
                        user=pengganti.user,
                        subject=f"Anda ditunjuk sebagai Plh. {jabatan.nama}",
                        body=f"Sejak {since} sampai {until} Anda memutuskan aktivitas bawahan jabatan ini.",
                        link="/persetujuan/",
                    )
                ],
                about=row,
            )
        audit.record(
            row,
            "tunjuk_plh",
            actor=user,
            role=Role.ATASAN,
            note=dasar,
            data={"jabatan": jabatan.nama, "mulai": mulai, "akhir": akhir},
            request=request,
        )
    return row


def _acting_faults(user: User, jabatan: Jabatan, pengganti: Pegawai, mulai: dt.date, akhir: dt.date) -> list[Fault]:
    faults = []
    own = Penempatan.objects.definitif().on(dates.today()).filter(pegawai__user=user, jabatan=jabatan)
    if not own.exists():
        faults.append(Fault("jabatan", "Pilih jabatan yang Anda pegang sendiri."))
    if pengganti.user_id == user.pk:
        faults.append(Fault("pengganti", "Pilih orang lain, bukan diri Anda sendiri."))
    if not pengganti.aktif:
        faults.append(Fault("pengganti", "Pegawai ini sudah tidak aktif."))
    if mulai < dates.today():
        faults.append(Fault("mulai", "Hari pertama paling awal hari ini."))
    if akhir < mulai:
        faults.append(Fault("akhir", "Hari terakhir tidak boleh sebelum hari pertama."))
    elif (akhir - mulai).days >= MAX_ACTING_DAYS:
        faults.append(Fault("akhir", f"Plh. paling lama {MAX_ACTING_DAYS} hari; selebihnya perlu keputusan Plt."))
    return faults


def scopes_of(role: str) -> list[tuple[str, str]]:
    """Return what a role is limited to: head and administrator of an agency to that agency; never "everywhere"."""
    if role in (Role.KEPALA_OPD, Role.ADMIN_OPD):
        return list(Opd.objects.values_list("kode", "nama"))
    return []
