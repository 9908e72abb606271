"""Charges: the bill with everything it was computed from, and its payment, once (hayu.md section 11)."""

import datetime as dt
import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.http import HttpRequest

from core import dates
from core.errors import Refused, Stale
from hayu.domain.permits.clock import PAY_CALENDAR_DAYS
from hayu.enums import AppAction, BillState
from hayu.models import Application, Bill
from hayu.rules import formula

_DIGITS = 12


def amount_of(application: Application) -> int:
    """Return the charge in whole rupiah. Raises Refused when the formula cannot be computed from the answers."""
    try:
        return application.type.charge_of(application.answers)[0]
    except formula.FormulaError as error:
        raise Refused(f"Biaya tidak dapat dihitung: {error}") from None


def is_settled(application: Application) -> bool:
    """Return whether nothing is left to pay: no charge, or a paid bill of this application."""
    return not amount_of(application) or application.bills.filter(state=BillState.LUNAS).exists()


def issue(application: Application, today: dt.date) -> Bill:
    """Write the bill of an application that costs something."""
    kind = application.type
    amount, inputs = kind.charge_of(application.answers)
    return Bill.objects.create(
        application=application,
        payment_code="".join(secrets.choice("0123456789") for _ in range(_DIGITS)),
        amount=amount,
        formula=kind.charge.formula if kind.charge else str(kind.cost),
        inputs=inputs | {"versi_jenis": application.type_version.number},
        basis=kind.charge.basis if kind.charge else "; ".join(kind.basis)[:300],
        due_on=today + dt.timedelta(days=PAY_CALENDAR_DAYS),
    )


def open_bill(application: Application) -> Bill | None:
    """Return the bill that waits to be paid."""
    return application.bills.filter(state=BillState.TERBUKA).first()


def void(application: Application) -> None:
    """Let an unpaid bill lapse."""
    application.bills.filter(state=BillState.TERBUKA).update(state=BillState.HANGUS)


def settle(application: Application, amount: int, reference: str, now: dt.datetime) -> Bill:
    """Write a payment on the open bill. Raises Refused: no bill, another amount, a reference already used."""
    bill = open_bill(application)
    if bill is None:
        raise Refused("Tidak ada tagihan yang menunggu dibayar.")
    if amount != bill.amount:
        raise Refused("Jumlah yang dibayar tidak sama dengan tagihan.")
    if not reference.strip():
        raise Refused("Tulis nomor bukti bayar.")
    if Bill.objects.filter(reference=reference.strip()).exists():
        raise Refused("Nomor bukti itu sudah dipakai untuk pembayaran lain.")
    bill.reference, bill.paid_at, bill.state = reference.strip(), now, BillState.LUNAS
    bill.save(update_fields=["reference", "paid_at", "state"])
    return bill


def callback_signature(payment_code: str, amount: int, reference: str) -> str:
    """Return what the bank signs a message with: HMAC-SHA-256 over "code|amount|reference" with the shared key.

    The key is derived from the installation's secret; the bank gets it from `manage.py bank_key`.
    """
    text = f"{payment_code}|{amount}|{reference}"
    return hmac.new(callback_key().encode(), text.encode(), hashlib.sha256).hexdigest()


def callback_key() -> str:
    """Return the key shared with the bank, as hexadecimal text."""
    secret: str = settings.DATA_KEY.reveal()
    return hmac.new(secret.encode(), b"hayu bank callback", hashlib.sha256).hexdigest()


def confirm(
    payment_code: str, amount: int, reference: str, signature: str, request: HttpRequest | None = None
) -> tuple[Bill, bool]:
    """Take the bank's message; return the bill and whether it was new. A second identical message changes nothing.

    Raises Refused: wrong signature, unknown code, another amount, a reference of another bill, a bill that lapsed.
    """
    from hayu.domain.permits.machine import machine  # the table's guards ask this module

    if not hmac.compare_digest(callback_signature(payment_code, amount, reference), signature.lower()):
        raise Refused("Tanda tangan pesan bank tidak cocok.")
    with transaction.atomic():
        bill = Bill.objects.select_for_update().filter(payment_code=payment_code).first()
        if bill is None:
            raise Refused("Kode bayar itu tidak dikenal.")
        if bill.state == BillState.LUNAS and (bill.reference, bill.amount) == (reference.strip(), amount):
            return bill, False
        if bill.state != BillState.TERBUKA:
            raise Stale(f"Tagihan {payment_code} tidak lagi terbuka; uangnya dikembalikan lewat bendahara.")
        data = {"amount": amount, "reference": reference}
        machine.perform(bill.application_id, AppAction.BAYAR, None, data=data, request=request)
    bill.refresh_from_db()
    return bill, True


def paid_in(first: dt.date, last: dt.date) -> int:
    """Return what was paid from the first to the last day of the region, in whole rupiah."""
    rows = Bill.objects.filter(
        state=BillState.LUNAS, paid_at__gte=dates.at(first), paid_at__lt=dates.at(last + dt.timedelta(days=1))
    )
    return int(rows.aggregate(total=Sum("amount"))["total"] or 0)
