"""Who is put into which position, for good or acting for a period (erk.md section 3)."""

import datetime as dt

from django.db import transaction
from django.http import HttpRequest

from core import audit, dates, notify
from core.errors import Fault, Refused
from core.models import User
from erk.enums import JenisJabatan, JenisPenempatan, Role, Skema
from erk.models import Jabatan, Pegawai, Penempatan

MAX_ACTING_DAYS = 90
STRUCTURAL = (JenisJabatan.JPT, JenisJabatan.ADMINISTRATOR, JenisJabatan.PENGAWAS)


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
    return place_acting(
        pengganti, jabatan, JenisPenempatan.PLH, mulai, akhir, dasar, actor=user, role=Role.ATASAN, request=request
    )


def place_acting(
    pengganti: Pegawai,
    jabatan: Jabatan,
    jenis: JenisPenempatan,
    mulai: dt.date,
    akhir: dt.date,
    dasar: str,
    *,
    actor: User | None,
    role: str = "",
    request: HttpRequest | None = None,
) -> Penempatan:
    """Let an employee act in a position (Plt., Plh.) for a period; Refused when somebody else already does."""
    with transaction.atomic():
        Jabatan.objects.select_for_update().get(pk=jabatan.pk)
        acting = Penempatan.objects.between(mulai, akhir).filter(jabatan=jabatan)
        if acting.exclude(jenis=JenisPenempatan.DEFINITIF).exists():
            raise Refused(f"Sudah ada Plt. atau Plh. untuk jabatan {jabatan.nama} pada masa itu.")
        row = Penempatan.objects.create(
            pegawai=pengganti, jabatan=jabatan, mulai=mulai, akhir=akhir, jenis=jenis, skema=Skema.NON, dasar=dasar
        )
        if pengganti.user:
            since, until = dates.short_date(mulai), dates.short_date(akhir)
            message = notify.Message(
                event="erk.plh",
                user=pengganti.user,
                subject=f"Anda ditunjuk sebagai {jenis.label} {jabatan.nama}",
                body=f"Sejak {since} sampai {until} Anda memutuskan aktivitas bawahan jabatan ini.",
                link="/persetujuan/",
            )
            notify.queue([message], about=row)
        data = {"jabatan": jabatan.nama, "jenis": jenis, "mulai": mulai, "akhir": akhir}
        audit.record(row, "tunjuk_plh", actor=actor, role=role, note=dasar, data=data, request=request)
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
