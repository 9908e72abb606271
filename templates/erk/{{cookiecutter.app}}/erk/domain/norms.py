"""Norms of the region's catalogue, changed by its keeper: each change is a new version, logged work keeps its own."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.http import HttpRequest

from core import audit, dates
from core.errors import Fault, Refused
from core.models import User
from erk.enums import Role
from erk.models import Katalog
from erk.rules.windows import next_month


def publish(
    user: User,
    item: Katalog,
    *,
    norm: int,
    longest: int | None = None,
    proof: bool,
    daily_max: int | None,
    families: Sequence[str] = (),
    needs_plan: bool = False,
    since: dt.date,
    basis: str,
    request: HttpRequest | None = None,
) -> Katalog:
    """Publish a new version of an item from the first day of a month to come, and return it.

    `norm`: minutes for a unit of output; `longest`: the upper edge where the norm is a range. `families`: codes of
    the families of positions it is for, none for all; `needs_plan`: it must serve a planned result. Work of the
    running month is judged by the norm people knew when they did it. Raises Refused with faults by field.
    """
    faults = []
    earliest = next_month(dates.today())
    if since < earliest or since.day != 1:
        faults.append(
            Fault("mulai", f"Norma baru berlaku sejak awal bulan, paling cepat {dates.short_date(earliest)}.")
        )
    if not 1 <= norm <= 600:
        faults.append(Fault("norma", "Norma antara 1 dan 600 menit."))
    if longest is not None and not norm < longest <= 600:
        faults.append(Fault("norma_maks", "Norma paling lama di atas normanya, dan paling banyak 600 menit."))
    if not basis.strip():
        faults.append(Fault("dasar", "Isi dasar perubahannya."))
    with transaction.atomic():
        current = Katalog.objects.select_for_update().get(pk=item.pk)
        if current.berlaku_akhir is not None:
            raise Refused("Versi ini sudah digantikan. Buka versi yang berlaku.")
        if since <= current.berlaku_mulai:
            faults.append(Fault("mulai", "Versi yang akan berlaku sudah ada; pilih bulan sesudahnya."))
        values = {
            "norma": norm, "norma_maks": longest, "wajib_bukti": proof, "maks_harian": daily_max,
            "rumpun": " ".join(sorted(families)), "wajib_rhk": needs_plan,
        }  # fmt: skip
        if all(getattr(current, name) == value for name, value in values.items()):
            faults.append(Fault("norma", "Tidak ada yang berubah."))
        if faults:
            raise Refused("Norma belum diterbitkan. Perbaiki yang bertanda.", faults)
        current.berlaku_akhir = since - dt.timedelta(days=1)
        current.save(update_fields=["berlaku_akhir"])
        columns = {name: getattr(current, name) for name in ("kode", "nama", "satuan", "bebas", "kelompok")}
        version = Katalog.objects.filter(kode=current.kode).count() + 1
        fresh = Katalog.objects.create(
            **columns,
            **values,
            versi=version,
            dari_profil=False,
            berlaku_mulai=since,
        )
        data = {"kode": fresh.kode, "semula": current.norma, "menjadi": norm, "paling_lama": longest, "sejak": since}
        audit.record(
            fresh, "terbitkan_katalog", actor=user, role=Role.ADMIN_KATALOG, note=basis, data=data, request=request
        )
    return fresh
