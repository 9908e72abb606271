"""Tracking without an account: the receipt number and the last four digits of the telephone number."""

import hmac
from dataclasses import dataclass

from core import audit
from core.models import AuditEntry
from hayu.domain import throttle
from hayu.enums import AppAction, AppState
from hayu.models import Application

_KIND = "lacak"
# What the public sees of the history: the applicant's own way, not who did what inside the office.
SHOWN = (
    AppAction.KIRIM, AppAction.AMBIL, AppAction.KEMBALIKAN, AppAction.KIRIM_ULANG, AppAction.TERUSKAN,
    AppAction.JADWALKAN, AppAction.CATAT_BAP, AppAction.REKOMENDASI, AppAction.TETAPKAN_BIAYA, AppAction.BAYAR,
    AppAction.TANDA_TANGANI, AppAction.SETUJUI_TOLAK, AppAction.TOLAK, AppAction.KEBERATAN,
    AppAction.KABULKAN_KEBERATAN, AppAction.TOLAK_KEBERATAN, AppAction.LEWAT_BATAS, AppAction.BATALKAN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tracked:
    """What tracking found: the application and its way, or the sentence that says why not."""

    application: Application | None
    steps: list[AuditEntry]
    sentence: str = ""


def track(receipt: str, digits: str, source: str) -> Tracked:
    """Find an application. A wrong number and wrong digits get the same answer, and count as a miss of the source."""
    if throttle.is_blocked(_KIND, source):
        return Tracked(None, [], "Terlalu banyak percobaan dari jaringan ini. Coba lagi satu jam lagi.")
    text = receipt.strip().upper()
    found = Application.objects.exclude(state=AppState.DRAF).select_related("type_version").filter(receipt=text).first()
    if found is None or not hmac.compare_digest(found.phone[-4:].encode(), digits.encode()):
        throttle.miss(_KIND, source)
        return Tracked(None, [], "Resi dan nomor telepon itu tidak cocok. Periksa lagi keduanya.")
    return Tracked(found, list(audit.history(found).filter(action__in=SHOWN)))
