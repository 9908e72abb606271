"""Work of the clock."""

import datetime as dt

from django.db import transaction

from core import civil_registry, tasks
from core.errors import Refused
from sabilulungan.domain import aid, civil, clock, copied_photos, flow
from sabilulungan.enums import Action, State
from sabilulungan.interfaces import publishing
from sabilulungan.models import Proposal


@tasks.periodic("tutup_perbaikan", every=tasks.DAILY, hour=1)
def close_overdue_repairs(day: dt.date) -> str:
    """Close returned proposals whose repair did not come in time (T04). Running it again changes nothing."""
    overdue = Proposal.objects.select_related("recipient", "profile").filter(state=State.PERBAIKAN, due_on__lt=day)
    closed = 0
    for proposal in overdue:
        try:
            flow.perform(proposal, Action.LEWAT_WAKTU, None)
        except Refused:
            continue  # repaired while this ran
        closed += 1
    return f"{closed} closed"


@tasks.periodic("teruskan_disposisi", every=tasks.DAILY, hour=1)
def pass_on(day: dt.date) -> str:
    """Pass on what the head left lying, where the region lets the system do it (T05)."""
    return f"{clock.pass_on(day)} passed on"


@tasks.periodic("terbitkan_data_terbuka", every=tasks.DAILY, hour=3)
def publish_open_data(day: dt.date) -> str:
    """Write the daily files of open data."""
    made = publishing.publish_daily()
    return f"{len(made['berkas'])} files, {sum(one['bita'] for one in made['berkas'].values())} bytes"


@tasks.periodic("tutup_tak_dianggarkan", every=tasks.DAILY, hour=1)
def close_unbudgeted(day: dt.date) -> str:
    """Close approved proposals that were left out of the year's APBD (T14)."""
    return f"{clock.close_unbudgeted(day)} closed"


@tasks.periodic("rekap_bansos_mendesak", every=tasks.DAILY, hour=2)
def recap_unplanned_aid(day: dt.date) -> str:
    """Make the recap of last year's unplanned aid on 5 January (Permendagri 39/2012 art. 35A)."""
    made = aid.recap(day)
    return f"{made.count} cases, Rp{made.total}" if made else "nothing due"


@tasks.periodic("tagih_laporan", every=tasks.DAILY, hour=6)
def chase_reports(day: dt.date) -> str:
    """Remind before and after the last day of reports, send warning letters, put defaulters under sanction (T22)."""
    counts = clock.chase_reports(day)
    return ", ".join(f"{count} {word}" for word, count in counts.items())


@tasks.periodic("lihat_foto", every=tasks.HOURLY)
def look_at_photos(day: dt.date) -> str:
    """Keep what the pictures of before an upgrade look like, so that copies of them are found (F06, F14)."""
    return f"{copied_photos.catch_up()} pictures"


@tasks.periodic("cocokkan_kependudukan", every=tasks.HOURLY)
def ask_civil_registry(day: dt.date) -> str:
    """Ask the civil registry about officers without a verdict (F10), once this run's transaction has ended."""
    way = civil_registry.registry()
    if way is None:
        return "not linked"
    waiting = civil.waiting()
    transaction.on_commit(lambda: civil.ask(way, waiting))
    return f"{len(waiting)} to ask"
