"""The clock of Hayu: what happens by itself each day, in the region's time zone and working-day calendar."""

import datetime as dt

from core import tasks
from core.sms import gateway
from hayu.domain import clock, complaints, retention, sms
from hayu.domain.permits import clock as applications
from hayu.domain.permits import signing


@tasks.periodic("bekukan_lewat_batas", hour=1)
def freeze_overdue(day: dt.date) -> str:
    """Freeze reports whose findings were not mended in time."""
    return f"{clock.freeze_overdue(day)} frozen"


@tasks.periodic("pilih_sampel", hour=2)
def draw_samples(day: dt.date) -> str:
    """Draw the reports of the days before."""
    drawn, chosen = clock.draw_samples(day)
    return f"{chosen} of {drawn} chosen"


@tasks.periodic("ingatkan_tahunan", hour=7)
def remind(day: dt.date) -> str:
    """Each January: ask owners whether their data are still true."""
    return f"{clock.remind(day)} reminded"


@tasks.periodic("tandai_data_usang", hour=3)
def mark_stale(day: dt.date) -> str:
    """Mark data that nobody confirmed for years."""
    return f"{clock.mark_stale(day)} marked"


@tasks.periodic("izin_lewat_batas", hour=1)
def lapse_applications(day: dt.date) -> str:
    """End what applicants left lying, and go on with visits whose day has come."""
    return f"{applications.lapse(day)} changed"


@tasks.periodic("izin_jam_layanan", hour=1)
def read_clocks(day: dt.date) -> str:
    """Read every service clock, tell superiors what runs late, label deemed approvals."""
    changed = applications.recompute(day)
    told, deemed = applications.escalate(day)
    return f"{changed} clocks, {told} escalated, {deemed} deemed granted"


@tasks.periodic("izin_ingatkan_perbaikan", hour=7)
def remind_applicants(day: dt.date) -> str:
    """Remind applicants who have to mend something."""
    return f"{applications.remind(day)} reminded"


@tasks.periodic("izin_masa_berlaku", hour=6)
def follow_permits(day: dt.date) -> str:
    """Begin, remind of and end permits by their dates."""
    begun, reminded, ended = applications.permits_daily(day)
    return f"{begun} begun, {reminded} reminded, {ended} ended"


@tasks.periodic("pengaduan_batas_waktu", hour=7)
def hurry_complaints(day: dt.date) -> str:
    """Tell supervisors of complaints that run late."""
    return f"{complaints.escalate(day)} escalated"


@tasks.periodic("masa_simpan", hour=4)
def erase_personal_data(day: dt.date) -> str:
    """Erase personal data whose period is over."""
    return ", ".join(f"{number} {kind.lower()}" for kind, number in retention.run(day).items())


@tasks.periodic("izin_tanda_tangan", every=tasks.MINUTELY)
def go_on_signing(day: dt.date) -> str:
    """Go on with batches of signatures."""
    return f"{signing.run_waiting()} lines"


@tasks.periodic("pesan_pendek", every=tasks.MINUTELY)
def send_short_messages(day: dt.date) -> str:
    """Send short messages where the region has a gateway."""
    way = gateway()
    if way is None:
        return "off"
    collected, (sent, failed) = sms.collect(), sms.send_due(way)
    return f"{collected} new, {sent} sent, {failed} failed"


@tasks.periodic("daftar_tidak_sampai", hour=8)
def tell_failures(day: dt.date) -> str:
    """Tell the administrators what could not be delivered."""
    return f"{sms.digest(day)} undelivered"
