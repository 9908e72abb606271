"""What an applicant fills in: written alike by draft, mending and renewal, and everything wrong with it at once."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from core import dates, files, identity, wilayah
from core.errors import Fault
from core.models import StoredFile
from core.region import region
from hayu.enums import AppState, Channel
from hayu.models import Application
from hayu.models.permits import plain_answers
from hayu.rules import formula
from hayu.rules.permits import day_of

FILE = "syarat-"
_PLAIN = ("holder_name", "email", "address", "consent", "latitude", "longitude")
_NEEDED = {
    "holder_name": "Isi nama pemohon seperti di KTP.",
    "nik": "Isi NIK pemohon.",
    "phone": "Isi nomor telepon pemohon.",
    "village_code": "Pilih tempat sampai kelurahan atau desa.",
    "address": "Isi alamat.",
}


def apply(application: Application, data: dict[str, Any]) -> None:
    """Write cleaned facts and answers into an application's columns; saves nothing."""
    for name in _PLAIN:
        if name in data:
            setattr(application, name, data[name])
    if "nik" in data:
        application.nik = data["nik"] or ""
        application.nik_token = identity.token(application.nik) if application.nik else ""
    if "phone" in data:
        application.phone = data["phone"] or ""
    if "village_code" in data:
        place = wilayah.find(data["village_code"]) if data["village_code"] else None
        application.village_code = place.code if place else ""
        application.district_code = place.parent if place else ""
    known = {question.key for question in application.type.questions}
    given = {key: value for key, value in (data.get("answers") or {}).items() if key in known}
    application.answers = {**application.answers, **plain_answers(given)}


def documents(application: Application) -> dict[str, StoredFile]:
    """Return the newest file of each requirement, by the requirement's key."""
    stored = files.current(application)
    return {row.kind.removeprefix(FILE): row for row in stored if row.kind.startswith(FILE)}


def faults(application: Application) -> list[Fault]:
    """Return everything that keeps an application from being sent, all at once; the statement apart."""
    found = [Fault(name, sentence) for name, sentence in _NEEDED.items() if not getattr(application, name)]
    if application.village_code and not wilayah.is_inside(application.village_code):
        found.append(Fault("village_code", f"Tempat itu di luar {region().region.name}."))
    if application.channel == Channel.LOKET and not application.consent:
        found.append(Fault("consent", "Catat persetujuan pemohon yang datang ke loket."))
    kind = application.type
    found += [
        Fault(question.key, f"Isi “{question.label}”.")
        for question in kind.questions
        if question.required and application.answers.get(question.key) in (None, "")
    ]
    have = documents(application)
    found += [
        Fault(requirement.item, f"Lampirkan “{requirement.name}”.")
        for requirement in kind.needed(application.kind)
        if requirement.is_required(application.answers) and requirement.key not in have
    ]
    found += _period_faults(application, dates.today())
    if not found:
        found += _charge_faults(application)
    twin = same_open(application)
    if twin:
        found.append(Fault("", f"Permohonan yang sama sedang berjalan dengan resi {twin.receipt}."))
    return found


def _period_faults(application: Application, today: dt.date) -> Iterable[Fault]:
    limits = application.type.validity
    start, end = day_of(application.answers.get(limits.start_key)), day_of(application.answers.get(limits.end_key))
    if start and start < today:
        yield Fault(limits.start_key, "Tanggal mulai sudah lewat.")
    if end and end < max(start or today, today):
        yield Fault(limits.end_key, "Tanggal akhir mendahului tanggal mulai atau sudah lewat.")
    elif start and end and limits.max_days and (end - start).days + 1 > limits.max_days:
        yield Fault(limits.end_key, f"Lamanya paling banyak {limits.max_days} hari.")


def _charge_faults(application: Application) -> Iterable[Fault]:
    try:
        application.type.charge_of(application.answers)
    except formula.FormulaError as error:
        yield Fault("", str(error))


def same_open(application: Application) -> Application | None:
    """Return another open application of the same person for the same type, object and place, if there is one."""
    if not (application.nik_token and application.village_code):
        return None
    same = Application.objects.filter(
        nik_token=application.nik_token,
        type_code=application.type_code,
        village_code=application.village_code,
        state__in=AppState.open(),
    ).exclude(pk=application.pk)
    wanted = _said(application)
    return next((row for row in same.select_related("type_version") if _said(row) == wanted), None)


def _said(application: Application) -> tuple[str, str]:
    return (" ".join(application.object_text.lower().split()), " ".join(application.address.lower().split()))
