"""The end of personal data: after the period of the region's profile names, numbers, answers and files are erased.

Periods are whole years of `privacy.retention` (UU 27/2022 art. 16 and 44): `applications` after the decision of an
application that led to no permit and after the answer to a complaint, `permits` after the end of a permit, which takes
its application along, and of a business report or a struck outside number (or `reports`, where the region names that).
A draft nobody touched for `drafts` years (else `applications`) goes altogether. What statistics need stays: kinds,
days, kecamatan, amounts. The audit log keeps who did what for its own period; what was taken is counted by the day,
without names.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Case as CaseOf
from django.db.models import F, Model, QuerySet, Value, When

from core import audit, dates, files
from core.models import Notification
from core.region import region
from core.transitions import SYSTEM
from hayu.domain.guards import years_before
from hayu.enums import FINAL, AppState, Erased, PermitState, State
from hayu.models import Application, Complaint, Erasure, Permit, Referral, Report, ShortMessage, SurveyAnswer

ACTION = "anonimkan"
DROPPED = "buang"
GONE = "Data dihapus"
REASON = "Dihapus sesuai masa simpan."
AT_ONCE = 500  # objects of each kind a day, so that a backlog of years does not hold the clock up
_COARSE = Decimal("0.01")  # degrees, about a kilometre


# The keys of `privacy.retention` that give a kind its period, the first that the region has.
_PERIODS: dict[str, tuple[str, ...]] = {
    Erased.PERMOHONAN: ("applications",),
    Erased.IZIN: ("permits",),
    Erased.PENGADUAN: ("applications",),
    Erased.LAPORAN: ("reports", "permits"),
    Erased.DRAF: ("drafts", "applications"),
    Erased.RUJUKAN: ("reports", "permits"),
}


def period(kind: str) -> int | None:
    """Return how many years a kind of data is kept after its end; None where the region sets no period."""
    years: dict[str, int] = region().get("privacy", {}).get("retention", {})
    found = next((years[key] for key in _PERIODS[kind] if key in years), None)
    return found if found and found > 0 else None


def due(kind: str, today: dt.date) -> list[QuerySet[Any]]:
    """Return what is due of a kind on a day, a list of rows for each model."""
    years = period(kind)
    if kind == Erased.DRAF:
        return [drafts_due(Report, today, years), drafts_due(Application, today, years)]
    rows = {
        Erased.PERMOHONAN: applications_due, Erased.IZIN: permits_due, Erased.PENGADUAN: complaints_due,
        Erased.LAPORAN: reports_due, Erased.RUJUKAN: referrals_due,
    }[Erased(kind)]  # fmt: skip
    return [rows(today, years)]


def run(today: dt.date) -> dict[str, int]:
    """Erase what is due; return how many of each kind. A second run finds nothing."""
    return {kind: sum(_each(kind, rows, today) for rows in due(kind, today)) for kind in Erased.values}


def applications_due(today: dt.date, years: int | None) -> QuerySet[Application]:
    """Return the applications that ended without a permit so many years ago; none where no period is set."""
    if years is None:
        return Application.objects.none()
    ended = [state for state in AppState.closed() if state != AppState.TERBIT]
    limit = dates.at(years_before(today, years))
    return Application.objects.filter(state__in=ended, decided_at__lt=limit, anonymised_on=None)


def permits_due(today: dt.date, years: int | None) -> QuerySet[Permit]:
    """Return the permits that ended so many years ago; none where no period is set."""
    if years is None:
        return Permit.objects.none()
    return Permit.objects.exclude(state__in=PermitState.active()).filter(
        ended_on__lt=years_before(today, years), anonymised_on=None
    )


def complaints_due(today: dt.date, years: int | None) -> QuerySet[Complaint]:
    """Return the complaints answered so many years ago; none where no period is set."""
    if years is None:
        return Complaint.objects.none()
    return Complaint.objects.filter(answered_at__lt=dates.at(years_before(today, years)), anonymised_on=None)


def reports_due(today: dt.date, years: int | None) -> QuerySet[Report]:
    """Return the business reports that ended so many years ago; none where no period is set."""
    if years is None:
        return Report.objects.none()
    return Report.objects.filter(state__in=FINAL, ended_on__lt=years_before(today, years), anonymised_on=None)


def referrals_due(today: dt.date, years: int | None) -> QuerySet[Referral]:
    """Return the outside numbers struck so many years ago; none where no period is set."""
    if years is None:
        return Referral.objects.none()
    return Referral.objects.filter(ended_on__lt=years_before(today, years), anonymised_on=None)


def drafts_due(model: type[Report] | type[Application], today: dt.date, years: int | None) -> QuerySet[Any]:
    """Return the drafts nobody touched for so many years; none where no period is set."""
    rows: QuerySet[Any] = model.objects.filter(state=State.DRAF)
    return rows.none() if years is None else rows.filter(updated_at__lt=dates.at(years_before(today, years)))


def _each(kind: str, rows: QuerySet[Any], today: dt.date) -> int:
    """Erase rows one by one, each with its line in the day's count; what is no longer due under the lock stays."""
    erase, done = _ERASE[rows.model], 0
    for key in list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            found = rows.select_for_update(of=("self",)).filter(pk=key).first()
            if found is None:
                continue
            gone = _drop_draft(found) if kind == Erased.DRAF else erase(found, today)
            counted, _made = Erasure.objects.get_or_create(day=today, kind=kind)
            Erasure.objects.filter(pk=counted.pk).update(number=F("number") + 1, files=F("files") + gone)
            done += 1
    return done


def _drop_draft(found: Report | Application) -> int:
    gone = files.erase(found)
    audit.record(found, DROPPED, actor=None, role=SYSTEM, source=State.DRAF, note=REASON, data={"berkas": gone})
    found.delete()
    return gone


def _erase_application(found: Application, today: dt.date) -> int:
    gone = files.erase(found)
    for visit in found.visits.all():
        gone += files.erase(visit)
    visited = found.visits.exclude(visited_at=None)
    for visit in visited:
        visited.filter(pk=visit.pk).update(
            note="", answers={}, latitude=_coarse(visit.latitude), longitude=_coarse(visit.longitude)
        )
    found.advices.update(note="")
    SurveyAnswer.objects.filter(application=found).update(suggestion="")
    Application.objects.filter(pk=found.pk).update(
        holder_name=GONE, nik="", nik_token=f"{ACTION}-{found.pk}", phone="", email="", address="", latitude=None,
        longitude=None, answers={}, flagged=[], consent="", applicant=None, filed_by=None, anonymised_on=today,
        reason=CaseOf(When(reason="", then=Value("")), default=Value(REASON)),
    )  # fmt: skip
    return _log(found, gone)


def _erase_permit(found: Permit, today: dt.date) -> int:
    gone = files.erase(found)
    for inspection in found.supervisions.all():
        gone += files.erase(inspection)
        if inspection.latitude is not None:
            found.supervisions.filter(pk=inspection.pk).update(
                note="", latitude=_coarse(inspection.latitude), longitude=_coarse(inspection.longitude)
            )
    Permit.objects.filter(pk=found.pk).update(
        holder=None, holder_name=GONE, nik_token="", object_text=GONE, address="", answers={}, anonymised_on=today
    )
    found.claims.all().delete()
    _log(found, gone)
    if found.application and found.application.anonymised_on is None:
        gone += _erase_application(found.application, today)
    return gone


def _erase_complaint(found: Complaint, today: dt.date) -> int:
    Complaint.objects.filter(pk=found.pk).update(
        reporter=None, reporter_name="", reporter_contact="", text=REASON, anonymised_on=today
    )
    return _log(found, 0)


def _erase_report(found: Report, today: dt.date) -> int:
    gone = files.erase(found)
    for visit in found.inspections.all():
        gone += files.erase(visit)
        found.inspections.filter(pk=visit.pk).update(
            note="", latitude=_coarse(visit.latitude), longitude=_coarse(visit.longitude)
        )
    Report.objects.filter(pk=found.pk).update(
        business_name=GONE, holder_name=GONE, nik="", nik_token=f"{ACTION}-{found.pk}", phone="", phone_token="",
        email="", nib="", address=GONE, address_key=f"{ACTION}-{found.pk}", latitude=None, longitude=None, consent="",
        applicant=None, filed_by=None, anonymised_on=today,
    )  # fmt: skip
    return _log(found, gone)


def _erase_referral(found: Referral, today: dt.date) -> int:
    Referral.objects.filter(pk=found.pk).update(
        number=f"{ACTION}-{found.pk}", name=GONE, consent="", applicant=None, filed_by=None, anonymised_on=today
    )
    return _log(found, 0)


_ERASE: dict[Any, Callable[[Any, dt.date], int]] = {
    Application: _erase_application,
    Permit: _erase_permit,
    Complaint: _erase_complaint,
    Report: _erase_report,
    Referral: _erase_referral,
}


def _coarse(degrees: Decimal | None) -> Decimal | None:
    return None if degrees is None else degrees.quantize(_COARSE)


def _log(found: Model, gone: int) -> int:
    """Write the log, take the messages about the object out of inboxes and outbox, and return the number of files."""
    told, _kinds = Notification.objects.filter(object_type=audit.object_type(found), object_id=str(found.pk)).delete()
    ShortMessage.objects.filter(object_type=audit.object_type(found), object_id=str(found.pk)).delete()
    audit.record(found, ACTION, actor=None, role=SYSTEM, data={"berkas": gone, "pesan": told})
    return gone
