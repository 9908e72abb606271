"""Nominative lists: what waits to be listed, making a list, its PDF, and deciding a whole list line by line."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest

from core import audit, dates, documents, files, officials
from core.errors import Fault, NotAllowed, Refused
from core.models import User
from core.money import in_words, rupiah
from sabilulungan.domain import flow
from sabilulungan.domain.letters.shared import facts, place_and_date, sum_row
from sabilulungan.domain.numbers import next_number
from sabilulungan.domain.recipients import full_address
from sabilulungan.domain.rulebook import current
from sabilulungan.enums import Action, Form, Kind, Role, State
from sabilulungan.models import NominativeLine, NominativeList, Proposal

SIGNED = "tertanda"


@dataclass(frozen=True, slots=True)
class Group:
    """Proposals that wait for the head without a list: one list is made of each group."""

    budget_year: int
    kind: str
    office: str
    form: str
    count: int
    total: int

    @property
    def words(self) -> str:
        """Return the group in words."""
        office = current().office_short(self.office)
        return f"{Kind(self.kind).label}, {Form(self.form).label.lower()}, {office}, {self.budget_year}"

    @property
    def key(self) -> str:
        """Return the group as one value of a form."""
        return f"{self.budget_year}:{self.kind}:{self.form}:{self.office}"


def unlisted() -> list[Group]:
    """Return the groups that wait, the largest first."""
    rows = (
        _unlisted()
        .order_by()
        .values("budget_year", "kind", "office", "form")
        .annotate(count=Count("pk"), total=Sum("amount_tapd"))
        .order_by("-total", "office")
    )
    return [Group(**{**row, "total": row["total"] or 0}) for row in rows]


def _unlisted() -> QuerySet[Proposal]:
    return Proposal.objects.filter(state=State.PERSETUJUAN, nominative_line__isnull=True)


def make(key: str, user: User) -> NominativeList:
    """Make the list of a group (T10); Refused when nothing of it waits any more."""
    group = next((group for group in unlisted() if group.key == key), None)
    if group is None:
        raise Refused("Tidak ada lagi usulan yang menunggu dalam kelompok ini.")
    today = dates.today()
    with transaction.atomic():
        waiting = (
            _unlisted()
            .select_for_update(of=("self",))
            .filter(budget_year=group.budget_year, kind=group.kind, office=group.office, form=group.form)
        )
        made = NominativeList.objects.create(
            number=next_number("dnc", today),
            budget_year=group.budget_year,
            kind=group.kind,
            form=group.form,
            office=group.office,
            made_on=today,
            made_by=user,
        )
        NominativeLine.objects.bulk_create(
            NominativeLine(list=made, proposal=proposal, position=position)
            for position, proposal in enumerate(waiting.order_by("-amount_tapd", "pk"), start=1)
        )
        audit.record(made, "buat_dnc", actor=user, role=Role.TAPD, data={"lines": made.lines.count()})
    return made


def file_scan(
    found: NominativeList, upload: IO[bytes], name: str, user: User, *, request: HttpRequest | None = None
) -> None:
    """File the scan of the list the regional secretary signed with ink (T10); an earlier scan stays readable.

    NotAllowed for others than the budget team; Refused without a name, for a file that is no PDF, or once lines of the
    list are decided: what was decided upon is not replaced.
    """
    if not user.has_role(Role.TAPD):
        raise NotAllowed("Pindaian daftar nominatif diunggah oleh tim anggaran.")
    if not name.strip():
        raise Refused("Isi siapa yang menandatangani.", [Fault("name", "Isi siapa yang menandatangani.")])
    content, media_type = files.inspect(upload, allowed=(files.PDF,))
    with transaction.atomic():
        locked = NominativeList.objects.select_for_update().get(pk=found.pk)
        if locked.signer_name and locked.lines.exclude(proposal__state=State.PERSETUJUAN).exists():
            raise Refused("Daftar ini sudah mulai diputuskan, jadi pindaiannya tidak dapat diganti.")
        locked.signer_name, locked.filed_by, locked.filed_at = name.strip(), user, dates.now()
        locked.save(update_fields=["signer_name", "filed_by", "filed_at"])
        title = f"{locked.title} {locked.number} tertanda"
        stored = files.store_bytes(content, media_type, owner=locked, kind=SIGNED, user=user, name=title)
        data = {"sha256": stored.sha256, "penanda_tangan": locked.signer_name}
        audit.record(locked, "unggah_dnc_tertanda", actor=user, role=Role.TAPD, data=data, request=request)


def lines_of(found: NominativeList) -> list[NominativeLine]:
    """Return the lines of a list with what a page shows."""
    return list(found.lines.select_related("proposal__recipient", "proposal__profile"))


def approve(
    found: NominativeList, chosen: Sequence[int], user: User, *, number: str, signed_on: dt.date | None,
    request: HttpRequest | None = None,
) -> int:  # fmt: skip
    """Approve the chosen lines of a list with one sheet (T12); all of them or none. Return how many.

    Each line goes through the machine like a single one. Raises Refused with the line that stands against it.
    """
    lines = [line for line in lines_of(found) if line.pk in set(chosen) and line.proposal.state == State.PERSETUJUAN]
    if not lines:
        raise Refused("Pilih dahulu baris yang disetujui.")
    with transaction.atomic():
        for line in lines:
            data: dict[str, Any] = {
                "amount": line.proposal.amount_tapd or line.proposal.amount_tp or line.proposal.amount_opd,
                "approval_number": number,
                "approved_on": signed_on,
            }
            try:
                flow.perform(
                    line.proposal, Action.SETUJUI, user, version=line.proposal.version, data=data, request=request
                )
            except Refused as error:
                why = " ".join(fault.sentence for fault in error.faults) or error.sentence
                raise Refused(f"Baris {line.position}, {line.proposal.recipient.name}: {why}") from None
    return len(lines)


def sheets(lines: Sequence[NominativeLine]) -> dict[str, list[NominativeLine]]:
    """Return the approved lines of a list by the number of the sheet that approved them (T12)."""
    found: dict[str, list[NominativeLine]] = {}
    for line in lines:
        if line.proposal.amount_approved is not None:
            found.setdefault(line.proposal.approval_number, []).append(line)
    return found


def sheet_pdf(found: NominativeList, number: str, lines: Sequence[NominativeLine]) -> bytes:
    """Return an approval sheet as PDF/A for the head's signature: the lines it approves, each with its amount."""
    signed_on = lines[0].proposal.approved_on
    total = sum(line.proposal.amount_approved or 0 for line in lines)
    said = {
        "judul": "Lembar persetujuan",
        "nomor": number,
        "rincian": facts(
            ("Daftar nominatif", found.number),
            ("Tahun anggaran", found.budget_year),
            ("Perangkat daerah", current().office_name(found.office)),
            ("Bentuk", found.form_label),
        ),
        "baris": [
            [
                str(line.position),
                line.proposal.recipient.name,
                full_address(line.proposal.recipient),
                line.proposal.title,
                rupiah(line.proposal.amount_tapd or 0),
                rupiah(line.proposal.amount_approved or 0),
            ]
            for line in lines
        ],
        "jumlah": sum_row(6, sum(line.proposal.amount_tapd or 0 for line in lines), total),
        "terbilang": in_words(total),
        "tempat_tanggal": place_and_date(signed_on),
        "penanda": officials.head_of_region(on=signed_on),
    }
    return documents.render("lembar_persetujuan", said, at=dates.at(signed_on))


def pdf(found: NominativeList) -> bytes:
    """Return the signed list as it was scanned, or the list as PDF/A for the regional secretary's signature."""
    signed = files.current(found, SIGNED)
    if signed:
        return files.read(signed[0])
    lines = lines_of(found)
    sums = [sum(getattr(line.proposal, f"amount_{name}") or 0 for line in lines) for name in ("asked", "opd", "tapd")]
    said = {
        "judul": found.title,
        "nomor": found.number,
        "rincian": facts(
            ("Tahun anggaran", found.budget_year),
            ("Perangkat daerah", current().office_name(found.office)),
            ("Bentuk", found.form_label),
        ),
        "baris": [
            [
                str(line.position),
                line.proposal.recipient.name,
                full_address(line.proposal.recipient),
                line.proposal.title,
                *(rupiah(getattr(line.proposal, f"amount_{name}") or 0) for name in ("asked", "opd", "tapd")),
            ]
            for line in lines
        ],
        "jumlah": sum_row(7, *sums),
        "tempat_tanggal": place_and_date(found.made_on),
        "penanda": officials.secretary(on=found.made_on),
    }
    return documents.render("dnc", said, at=dates.at(found.made_on))
