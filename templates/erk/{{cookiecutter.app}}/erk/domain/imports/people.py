"""Agencies, positions with their classes, and employees with their placements (erk.md sections 3 and 14)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress

from core.errors import Refused
from core.models import User
from erk.domain.imports.base import Importer, register
from erk.domain.imports.rows import Cells, Column
from erk.domain.placements import place, place_acting
from erk.enums import ImportKind, JenisJabatan, JenisOpd, JenisPenempatan, Role, Skema, StatusPegawai
from erk.models import Jabatan, Opd, Pegawai, Penempatan
from erk.validators import nip

_RANKS = {f"{roman}/{letter}" for roman in ("I", "II", "III") for letter in "abcd"} | {f"IV/{x}" for x in "abcde"}
_CONTRACT_RANKS = {
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
}  # fmt: skip


@register
class Offices(Importer):
    """Agencies by their code."""

    kind = ImportKind.OPD
    roles = (Role.ADMIN_WILAYAH,)
    columns = (
        Column("kode", "Kode", help="Tetap, dipakai sebagai lingkup peran.", example="DISHUB"),
        Column("nama", "Nama", example="Dinas Perhubungan"),
        Column("nama_pendek", "Nama pendek", example="Dishub"),
        Column("jenis", "Jenis", choices=JenisOpd, example="DINAS"),
        Column("kode_induk", "Kode induk", required=False, help="Bagi unit di bawah perangkat daerah lain."),
        Column("skema", "Skema", required=False, choices=Skema, help="ERK bila kosong."),
        Column("gelombang", "Gelombang penutupan", required=False, help="0, 1, atau 2 hari kerja lebih lambat."),
    )

    def prepare(self, rows: list[Mapping[str, str]]) -> None:
        """Read the agencies there are; those of the file may stand above each other."""
        self._known = set(Opd.objects.values_list("kode", flat=True)) | {row.get("kode", "").upper() for row in rows}
        self._seen: set[str] = set()

    def item(self, cells: Cells) -> dict[str, Any]:
        """Return the columns of an agency."""
        code = cells.text("kode").upper()
        if code in self._seen:
            cells.fault("kode", f"{code} ada lebih dari satu kali dalam berkas ini.")
        if not code.replace("-", "").replace("_", "").isalnum() or len(code) > 20:
            cells.fault("kode", f"“{code}” hanya boleh huruf, angka, dan tanda hubung, paling banyak 20.")
        self._seen.add(code)
        parent = cells.text("kode_induk").upper()
        if parent and (parent not in self._known or parent == code):
            cells.fault("kode_induk", f"“{parent}” bukan perangkat daerah lain yang dikenal.")
        return {
            "kode": code,
            "nama": cells.text("nama")[:150],
            "singkatan": cells.text("nama_pendek")[:60],
            "jenis": cells.choice("jenis", JenisOpd),
            "skema": cells.choice("skema", Skema, Skema.ERK),
            "gelombang": cells.whole("gelombang", 0, 2),
            "induk": parent,
        }

    def save(self, items: list[Any], user: User) -> None:
        """Write agencies, then who stands above whom."""
        made = {}
        for values in items:
            columns = {name: value for name, value in values.items() if name not in ("kode", "induk")}
            made[values["kode"]], _ = Opd.objects.update_or_create(kode=values["kode"], defaults=columns)
        for values in items:
            parent = made.get(values["induk"]) or Opd.objects.filter(kode=values["induk"]).first()
            Opd.objects.filter(pk=made[values["kode"]].pk).update(induk=parent)


@register
class Positions(Importer):
    """Positions by their code, with class and place in the tree: the superior follows from it."""

    kind = ImportKind.JABATAN
    roles = (Role.ADMIN_WILAYAH,)
    columns = (
        Column("kode", "Kode jabatan", example="DISHUB-02"),
        Column("kode_opd", "Kode perangkat daerah", example="DISHUB"),
        Column("nama", "Nama jabatan", example="Kepala Bidang Lalu Lintas"),
        Column("jenis", "Jenis", choices=JenisJabatan, example="ADMINISTRATOR"),
        Column("kelas", "Kelas jabatan", help="1 sampai 17.", example="11"),
        Column("eselon", "Eselon", required=False, example="III.b"),
        Column("rumpun", "Rumpun", required=False),
        Column("kode_induk", "Kode jabatan atasan", required=False, example="DISHUB-01"),
        Column(
            "kode_delegasi", "Kode jabatan pendelegasian", required=False, help="Bagi jabatan tanpa atasan di sini."
        ),
    )

    def prepare(self, rows: list[Mapping[str, str]]) -> None:
        """Read agencies and codes there are."""
        self._offices = {row.kode: row for row in Opd.objects.all()}
        self._parent = dict(Jabatan.objects.exclude(kode="").values_list("kode", "induk__kode"))
        self._parent |= {row.get("kode", "").upper(): row.get("kode_induk", "").upper() for row in rows}
        self._seen: set[str] = set()

    def item(self, cells: Cells) -> dict[str, Any]:
        """Return the columns of a position."""
        code = cells.text("kode").upper()
        if code in self._seen:
            cells.fault("kode", f"{code} ada lebih dari satu kali dalam berkas ini.")
        self._seen.add(code)
        office = self._offices.get(cells.text("kode_opd").upper())
        if office is None and cells.text("kode_opd"):
            cells.fault("kode_opd", f"“{cells.text('kode_opd')}” tidak dikenal. Impor dahulu perangkat daerahnya.")
        above = {name: cells.text(name).upper() for name in ("kode_induk", "kode_delegasi")}
        for name, value in above.items():
            if value and value not in self._parent:
                cells.fault(name, f"“{value}” tidak dikenal.")
        if self._circles(code):
            cells.fault("kode_induk", f"membuat {code} menjadi atasannya sendiri.")
        return {
            "kode": code[:30],
            "opd": office,
            "nama": cells.text("nama")[:150],
            "jenis": cells.choice("jenis", JenisJabatan),
            "kelas": cells.whole("kelas", 1, 17),
            "eselon": cells.text("eselon")[:6],
            "rumpun": cells.text("rumpun")[:40],
            **above,
        }

    def _circles(self, code: str) -> bool:
        seen, at = {code}, self._parent.get(code)
        while at:
            if at in seen:
                return True
            seen.add(at)
            at = self._parent.get(at)
        return False

    def save(self, items: list[Any], user: User) -> None:
        """Write positions, then the tree."""
        made = {}
        for values in items:
            columns = {key: value for key, value in values.items() if not key.startswith("kode")}
            made[values["kode"]], _ = Jabatan.objects.update_or_create(kode=values["kode"], defaults=columns)
        codes = {values[name] for values in items for name in ("kode_induk", "kode_delegasi")} - {""}
        known = {row.kode: row for row in Jabatan.objects.filter(kode__in=codes)}
        if codes - known.keys():
            raise Refused(f"Jabatan atasan {', '.join(sorted(codes - known.keys()))} ada pada baris yang keliru.")
        for values in items:
            Jabatan.objects.filter(pk=made[values["kode"]].pk).update(
                induk=known.get(values["kode_induk"]), delegasi=known.get(values["kode_delegasi"])
            )


@dataclass(frozen=True, slots=True)
class Staff:
    """A row of an employee: own columns, mail address, and the placement it asks for."""

    columns: dict[str, Any]
    mail: str
    position: Jabatan
    kind: JenisPenempatan
    first: dt.date
    last: dt.date | None
    basis: str


@register
class Employees(Importer):
    """Employees by their number, with one placement a row: for good, or acting for a period."""

    kind = ImportKind.PEGAWAI
    roles = (Role.ADMIN_WILAYAH, Role.ADMIN_OPD)
    columns = (
        Column("nip", "NIP", help="Simpan sebagai teks, 18 angka.", example="198609262015051001"),
        Column("nama", "Nama tanpa gelar", example="Asep Suryana"),
        Column("gelar_depan", "Gelar depan", required=False),
        Column("gelar_belakang", "Gelar belakang", required=False, example="S.Sos."),
        Column("status", "Status", choices=StatusPegawai, example="PNS"),
        Column("golongan", "Golongan", example="III/a"),
        Column("surel", "Surel", required=False, help="Bila diisi, akunnya dibuat tanpa kata sandi."),
        Column("kode_jabatan", "Kode jabatan", example="DISHUB-02"),
        Column("penempatan", "Penempatan", required=False, choices=JenisPenempatan, help="DEFINITIF bila kosong."),
        Column("mulai", "Mulai", example="01/01/2026"),
        Column("sampai", "Sampai", required=False, help="Wajib bagi PLT dan PLH."),
        Column("dasar", "Nomor SK", example="SK 800/12/2026"),
    )

    def prepare(self, rows: list[Mapping[str, str]]) -> None:
        """Read the positions and mail addresses the rows name, and where the people of the file work now."""
        codes = [row.get("kode_jabatan", "").upper() for row in rows]
        self._positions = {row.kode: row for row in Jabatan.objects.filter(kode__in=codes).select_related("opd")}
        mails = [row.get("surel", "").lower() for row in rows if row.get("surel")]
        taken = User.objects.filter(email__in=mails).values_list("email", "pegawai__nip")
        self._mails = {mail.lower(): owner for mail, owner in taken}
        numbers = ["".join(row.get("nip", "").split()) for row in rows]
        held = Penempatan.objects.definitif().filter(pegawai__nip__in=numbers, akhir__isnull=True)
        self._works_at = dict(held.values_list("pegawai__nip", "jabatan__opd__kode"))
        self._seen: set[tuple[str, str, str]] = set()

    def item(self, cells: Cells) -> Staff:
        """Return a row's employee and placement."""
        status = cells.choice("status", StatusPegawai)
        number = self._number(cells, status)
        position = self._position(cells, number)
        kind = cells.choice("penempatan", JenisPenempatan, JenisPenempatan.DEFINITIF)
        first, last = cells.date("mulai"), cells.date("sampai")
        if kind and kind != JenisPenempatan.DEFINITIF and last is None:
            cells.fault("sampai", f"wajib diisi bagi {kind}.")
        if first and last and last < first:
            cells.fault("sampai", "mendahului tanggal mulainya.")
        key = (number, cells.text("kode_jabatan").upper(), cells.text("mulai"))
        if key in self._seen:
            cells.fault("nip", f"{number} ada dua kali dengan penempatan yang sama.")
        self._seen.add(key)
        rank = cells.text("golongan")
        if rank and rank not in (_CONTRACT_RANKS if status == StatusPegawai.PPPK else _RANKS):
            cells.fault("golongan", f"“{rank}” tidak dikenal; misalnya III/a, atau IX bagi PPPK.")
        names = ("nama", "gelar_depan", "gelar_belakang")
        columns = {name: cells.text(name) for name in names} | {"nip": number, "status": status, "golongan": rank[:6]}
        cells.done()
        return Staff(columns, self._mail(cells, number), position, kind, first, last, cells.text("dasar")[:200])  # type: ignore[arg-type]

    def _number(self, cells: Cells, status: StatusPegawai | None) -> str:
        text = cells.text("nip")
        if not text or status is None:
            return text
        try:
            return nip(text, status)
        except ValueError as error:
            cells.fault("nip", f"“{text}”: {error}")
            return text

    def _position(self, cells: Cells, number: str) -> Jabatan | None:
        code = cells.text("kode_jabatan").upper()
        position = self._positions.get(code)
        if code and position is None:
            cells.fault("kode_jabatan", f"“{code}” tidak dikenal. Impor dahulu jabatannya.")
        if position and self.scope and position.opd.kode != self.scope:
            cells.fault("kode_jabatan", f"“{code}” milik perangkat daerah lain.")
        if self.scope and self._works_at.get(number, self.scope) != self.scope:
            cells.fault("nip", f"{number} bekerja di perangkat daerah lain; pindahnya dicatat admin wilayah.")
        return position

    def _mail(self, cells: Cells, number: str) -> str:
        mail = cells.text("surel").lower()
        if mail and ("@" not in mail or " " in mail):
            cells.fault("surel", f"“{mail}” bukan alamat surel.")
        if mail in self._mails and self._mails[mail] != number:
            cells.fault("surel", f"“{mail}” sudah dipakai akun lain.")
        cells.done()
        return mail

    def save(self, items: list[Any], user: User) -> None:
        """Write employees, their accounts, and placements that do not exist yet; earlier ones end the day before."""
        for row in items:
            employee, _ = Pegawai.objects.update_or_create(nip=row.columns["nip"], defaults=row.columns)
            if row.mail and employee.user_id is None:
                employee.user = _account(employee, row.mail)
                employee.save(update_fields=["user"])
            same = Penempatan.objects.filter(
                pegawai=employee, jabatan=row.position, jenis=row.kind, mulai=row.first, akhir=row.last
            )
            if not same.exists():
                _place(employee, row, user)


def _place(employee: Pegawai, row: Staff, user: User) -> None:
    try:
        if row.kind == JenisPenempatan.DEFINITIF or row.last is None:
            place(employee, row.position, row.first, akhir=row.last, dasar=row.basis, actor=user)
        else:
            place_acting(employee, row.position, row.kind, row.first, row.last, row.basis, actor=user)
    except Refused as refusal:
        raise Refused(f"NIP {employee.nip}, {employee.nama}: {refusal.sentence}") from None


def _account(employee: Pegawai, mail: str) -> User:
    account = User(username=employee.nip, full_name=employee.nama, email=mail)
    account.set_unusable_password()
    account.save()
    EmailAddress.objects.create(user=account, email=mail, verified=True, primary=True)
    return account
