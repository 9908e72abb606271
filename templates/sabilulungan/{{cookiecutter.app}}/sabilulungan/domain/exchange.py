"""F12: who was paid by another government, matched by tokens under a key agreed with it."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction

from core import audit
from core.errors import Refused
from core.models import User
from core.money import rupiah
from sabilulungan.enums import PAID_STATES, Role
from sabilulungan.models import Exchange, PaidElsewhere, Proposal, Recipient

COLUMNS = ("token", "tahun_anggaran", "dibayar")
LEAST_KEY = 32
"""Characters of a shared key: with fewer, 16 structured digits could be guessed through."""


def token(key: str, kind: str, number: str) -> str:
    """Return the token of a number ("NIK" or "NPWP") under a shared key: HMAC-SHA-256, 64 hex digits."""
    return hmac.new(key.encode(), f"{kind}:{number}".encode(), hashlib.sha256).hexdigest()


def tokens_of(recipient: Recipient, key: str) -> set[str]:
    """Return the tokens of a recipient's present officers and of its tax number."""
    found = {token(key, "NIK", officer.nik) for officer in recipient.officers.all() if officer.until is None}
    return found | {token(key, "NPWP", recipient.npwp)} if recipient.npwp else found


def paid_elsewhere(proposal: Proposal) -> str:
    """Return a sentence on what another government paid in the budget year or the one before; empty when nothing."""
    years = (proposal.budget_year - 1, proposal.budget_year)
    for one in Exchange.objects.order_by("-pk"):
        payment = one.payments.filter(
            token__in=tokens_of(proposal.recipient, one.key), budget_year__in=years
        ).order_by("-budget_year").first()  # fmt: skip
        if payment:
            paid = f"{one.giver} membayar {rupiah(payment.amount)} pada TA {payment.budget_year}"
            return f"{paid} kepada pemilik NIK atau NPWP yang sama."
    return ""


def to_give(key: str) -> Iterator[tuple[str, int, int]]:
    """Yield token, budget year and amount of all this region paid. Raises Refused when the key is short."""
    _check_key(key)
    sums: dict[tuple[str, int], int] = {}
    paid = Proposal.objects.filter(state__in=PAID_STATES, amount_paid__gt=0).select_related("recipient")
    for proposal in paid.prefetch_related("recipient__officers").order_by("pk").iterator(chunk_size=500):
        for one in tokens_of(proposal.recipient, key):
            sums[one, proposal.budget_year] = sums.get((one, proposal.budget_year), 0) + (proposal.amount_paid or 0)
    for (one, year), amount in sorted(sums.items()):
        yield one, year, amount


def read(table: Sequence[Mapping[str, str]]) -> list[PaidElsewhere]:
    """Return the rows of a file, not stored yet. Raises Refused with every fault and its row."""
    faults = [f"Kolom {name} tidak ada." for name in COLUMNS if not table or name not in table[0]]
    rows: dict[tuple[str, int], PaidElsewhere] = {}
    for number, cells in enumerate(table if not faults else (), start=2):
        one, year, amount = (str(cells[name] or "").strip() for name in COLUMNS)
        if len(one) != 64 or set(one) - set("0123456789abcdef"):
            faults.append(f"Baris {number}: token bukan 64 angka heksadesimal; nomor asli tidak boleh dikirim.")
        elif not (year.isdecimal() and len(year) == 4 and amount.isdecimal() and 0 < int(amount) < 10**15):
            faults.append(f"Baris {number}: tahun_anggaran atau dibayar bukan bilangan bulat.")
        elif (one, int(year)) in rows:
            faults.append(f"Baris {number}: token dan tahun ini sudah ada di atas.")
        else:
            rows[one, int(year)] = PaidElsewhere(token=one, budget_year=int(year), amount=int(amount))
    if faults:
        raise Refused(" ".join(faults))
    return list(rows.values())


def take(rows: Sequence[PaidElsewhere], *, giver: str, key: str, sha256: str, user: User) -> Exchange:
    """Store a file of another government in place of its older one. Refused when this very file is stored already."""
    _check_key(key)
    with transaction.atomic():
        if Exchange.objects.filter(sha256=sha256).exists():
            raise Refused("Berkas ini sudah pernah diterima.")
        Exchange.objects.filter(giver=giver).delete()
        made = Exchange.objects.create(giver=giver, key=key, sha256=sha256, imported_by=user)
        for row in rows:
            row.exchange = made
        PaidElsewhere.objects.bulk_create(rows, batch_size=1000)
        data = {"rows": len(rows), "sha256": sha256}
        audit.record(made, "terima_pertukaran", actor=user, role=Role.ADMIN_WILAYAH, note=giver, data=data)
    return made


def _check_key(key: str) -> None:
    if len(key) < LEAST_KEY:
        raise Refused(f"Kunci bersama paling sedikit {LEAST_KEY} karakter.")
