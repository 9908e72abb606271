"""The story `kit verify` plays: an owner reports a business, anybody checks the receipt, an officer acts on it."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from core import dates, wilayah
from core.models import User
from core.rehearsal import Stage, Visitor, check
from hayu.domain import drafts
from hayu.enums import Action, Role, State
from hayu.models import Report
from hayu.rules import kbli

_LAUNDRY = "96100"
_REASON = "Uji coba pembekuan; tidak ada yang disimpan."


def story(stage: Stage) -> Iterator[str]:
    """Yield a sentence for each step that went well."""
    owner = stage.person("pemilik")
    browser = stage.signed_in(owner)
    yield "A citizen signs in."
    report = _draft(owner, stage)
    browser.get(reverse("hayu:draft_send", args=[report.public_id]))
    browser.post(reverse("hayu:draft_send", args=[report.public_id]), {"statement": "on", "version": report.version})
    report.refresh_from_db()
    check(report.state == State.TERDAFTAR, f"the report is in state {report.state} after it was sent")
    yield "The citizen sends a business report and gets a number."
    paper = browser.download(reverse("hayu:receipt_pdf", args=[report.public_id]))
    check(paper.startswith(b"%PDF-"), "the receipt is no PDF")
    yield "The citizen downloads the receipt as PDF."
    address = reverse("hayu:check_code", args=[report.code])
    check(report.number in Visitor().get(address), f"{address} does not show the number")
    yield "Anybody checks the receipt by its code."
    officer = stage.signed_in(stage.person("pejabat", (Role.PENANDATANGAN, "")))
    act = reverse("hayu:act", args=[report.public_id, Action.BEKUKAN])
    officer.get(act)
    officer.post(act, {"note": _REASON, "version": report.version})
    report.refresh_from_db()
    check(report.state == State.DIBEKUKAN, f"the report is in state {report.state} after the officer's decision")
    yield "An officer signs in and decides on the report."
    browser.get(reverse("hayu:receipt_pdf", args=[report.public_id]), status=409)
    yield "A receipt that is no longer valid is not given out."


def _draft(owner: User, stage: Stage) -> Report:
    activity = kbli.find(_LAUNDRY)
    check(activity, f"KBLI {_LAUNDRY} is not in the classification")
    place = wilayah.villages()[0]
    draft = drafts.begin(owner, activity)
    values = {
        "business_name": f"Usaha {stage.mark}",
        "capital": 5_000_000,
        "yearly_sales": 60_000_000,
        "workers": 1,
        "started_on": dates.today() - dt.timedelta(days=400),
        "village_code": place.code,
        "address": f"Jalan {stage.mark}",
        "holder_name": owner.full_name,
        "nik": f"{place.code.replace('.', '')[:6]}4508909998",
        "phone": "+6281234567890",
    }
    return drafts.save(draft, values, owner)
