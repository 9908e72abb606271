"""A few voices in the demo: an answered comment, a recipient's correction, and a report that waits."""

import datetime as dt

from core import dates, demo_clock
from sabilulungan.domain import voices
from sabilulungan.domain.demo.cast import Cast
from sabilulungan.enums import ORGANISATIONS, PAID_STATES, VoiceKind
from sabilulungan.models import Proposal

SAID = (
    (VoiceKind.KOMENTAR, 40, "Kegiatannya ramai. Kapan dilanjutkan?", "Kelanjutannya tergantung usulan baru."),
    (VoiceKind.KOREKSI, 25, "Nama jalan kami sudah berganti sejak tahun lalu.", "Terima kasih, alamat kami catat."),
    (VoiceKind.LAPORAN, 3, "Barang bantuan belum terlihat di sekretariat.", ""),
)  # fmt: skip


def load(cast: Cast) -> None:
    """Let people speak about the newest paid cases, and officers answer all but the last."""
    cases = Proposal.objects.filter(state__in=PAID_STATES, recipient__type__in=ORGANISATIONS).order_by("-pk")
    for (kind, ago, text, answer), case in zip(SAID, cases, strict=False):
        with demo_clock.at(dates.now() - dt.timedelta(days=ago)):
            voice = voices.speak(case, kind, text, name="Warga" if kind == VoiceKind.KOMENTAR else "")
        if answer:
            with demo_clock.at(dates.now() - dt.timedelta(days=ago - 4)):
                voices.answer(voice, cast.registry, answer, accept=True)
