"""New norms of the catalogue as a file: a row a version, by the same rules as one published by hand."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core import dates
from core.errors import Refused
from core.models import User
from erk.domain import norms
from erk.domain.imports.base import Importer, register
from erk.domain.imports.rows import Cells, Column
from erk.enums import ImportKind, Role
from erk.models import Katalog
from erk.rules.windows import next_month


@dataclass(frozen=True, slots=True)
class NewNorm:
    """One row: the version that holds last, and what the next one says. Minutes for one unit of output."""

    item: Katalog
    norm: int
    longest: int | None
    since: dt.date
    basis: str


@register
class Norms(Importer):
    """A new norm a row, one number or a range; what else an item asks for stays as it is."""

    kind = ImportKind.KATALOG
    roles = (Role.ADMIN_KATALOG,)
    columns = (
        Column("kode", "Kode", example="SRT-02"),
        Column("norma", "Norma (menit)", example="30"),
        Column("norma_maks", "Norma paling lama (menit)", required=False, help="Bila rentang.", example="45"),
        Column("mulai", "Berlaku sejak", help="Awal bulan yang akan datang.", example="01/11/2026"),
        Column("dasar", "Dasar", example="SE 1/2026"),
    )

    def prepare(self, rows: list[Mapping[str, str]]) -> None:
        """Read the versions that hold last."""
        codes = {row.get("kode", "").strip().upper() for row in rows}
        self._items = {row.kode: row for row in Katalog.objects.filter(kode__in=codes, berlaku_akhir__isnull=True)}
        self._seen: set[str] = set()

    def item(self, cells: Cells) -> NewNorm | None:
        """Return a new norm."""
        code, since = cells.text("kode").upper(), cells.date("mulai")
        norm, longest = cells.whole("norma", 1, 600), cells.whole("norma_maks", 1, 600)
        found = self._items.get(code)
        if code and found is None:
            cells.fault("kode", f"“{code}” tidak ada dalam katalog yang berlaku.")
        if code in self._seen:
            cells.fault("kode", "ada dua kali dalam berkas ini.")
        self._seen.add(code)
        earliest = next_month(dates.today())
        if since and (since < earliest or since.day != 1):
            cells.fault("mulai", f"harus awal bulan, paling cepat {dates.short_date(earliest)}.")
        elif since and found and since <= found.berlaku_mulai:
            cells.fault("mulai", "tidak sesudah versi yang akan berlaku; pilih bulan sesudahnya.")
        if longest and longest <= norm:
            cells.fault("norma_maks", "harus di atas normanya.")
        if found and (norm, longest or None) == (found.norma, found.norma_maks):
            cells.fault("norma", "sama dengan yang berlaku.")
        cells.done()
        return NewNorm(found, norm, longest or None, since, cells.text("dasar")[:200]) if found and since else None

    def save(self, items: list[Any], user: User) -> None:
        """Publish the versions. Raises Refused, naming the item, when one changed meanwhile."""
        for row in items:
            try:
                norms.publish(
                    user, row.item, norm=row.norm, longest=row.longest, proof=row.item.wajib_bukti,
                    daily_max=row.item.maks_harian, families=row.item.rumpun.split(), needs_plan=row.item.wajib_rhk,
                    since=row.since, basis=row.basis,
                )  # fmt: skip
            except Refused as refusal:
                raise Refused(f"{row.item.kode}: {refusal.sentence}") from refusal
