"""Decreed grants in the 360Giving Data Standard 1.4 (https://standard.threesixtygiving.org, CC BY 4.0)."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from core import dates, links
from core.region import region
from core.wilayah import find, name_of
from sabilulungan.domain import rulebook
from sabilulungan.domain.queries import public
from sabilulungan.enums import Purpose
from sabilulungan.models import Proposal, ProposalQuerySet, Recipient
from sabilulungan.rules.redaction import redact

CHUNK = 500
VERSION = "1.4"
_LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}
# Codelists grantToIndividualsReason and grantToIndividualsPurpose; a purpose tells no more than the public page does.
_REASON = {
    Purpose.REHABILITASI: "GTIR090",
    Purpose.PERLINDUNGAN: "GTIR100",
    Purpose.PEMBERDAYAAN: "GTIR110",
    Purpose.JAMINAN: "GTIR010",
    Purpose.KEMISKINAN: "GTIR010",
    Purpose.BENCANA: "GTIR100",
}
_UNRESTRICTED, _LOCAL_AREA = "GTIP010", "GLS060"
PERSON = "Penerima perorangan"


def grants(proposals: ProposalQuerySet) -> Iterator[dict[str, Any]]:
    """Yield the decreed proposals among these as grants, reading the database in pieces."""
    decreed = proposals.filter(decree_line__isnull=False).defer(None).defer("profile__content", "search_text")
    rows = decreed.select_related("decree_line__decree", "budget_entry").prefetch_related("disbursements")
    for proposal in rows.iterator(chunk_size=CHUNK):
        yield grant(proposal)


def grant(proposal: Proposal) -> dict[str, Any]:
    """Return one grant; amounts are whole rupiah. Of persons there is a generic name and an id of this grant only."""
    row = public.row(proposal)
    prefix = _prefix()
    recipient, line = proposal.recipient, proposal.decree_line
    payments = list(proposal.disbursements.all())
    found: dict[str, Any] = {
        "id": f"{prefix}-{row.number}",
        "title": row.title,
        "description": row.title if recipient.is_person else redact(proposal.aims) or row.title,
        "currency": "IDR",
        "amountAppliedFor": proposal.amount_asked,
        "amountAwarded": line.amount,
        "amountDisbursed": proposal.amount_paid or 0,
        "awardDate": line.decree.signed_on.isoformat(),
        "fundingOrganization": [{"id": prefix, "name": str(region().terms.government_long), "department": row.office}],
        "grantProgramme": [{"code": proposal.budget_entry.account_code, "title": f"{row.kind} {proposal.budget_year}"}],
        "classifications": [
            {"vocabulary": "bidang", "code": str(proposal.field), "title": row.field},
            {"vocabulary": "bentuk", "code": proposal.form, "title": row.form},
            {"vocabulary": "sifat", "code": proposal.nature, "title": row.nature},
        ],
        "beneficiaryLocation": [_place(recipient.village_code)],
        "locationScope": _LOCAL_AREA,
        "fromOpenCall": "Yes",
        "disbursementTransaction": [
            {
                "id": f"{prefix}-{row.number}-{one.tranche}",
                "transactionDate": one.paid_on.isoformat(),
                "currency": "IDR",
                "value": one.amount,
            }
            for one in payments
        ],
        "dateModified": dates.local(proposal.updated_at).isoformat(timespec="seconds"),
        "dataSource": links.absolute(reverse("detail", args=[row.number])),
    }
    if proposal.starts_on and proposal.ends_on:
        found["plannedDates"] = [{"startDate": proposal.starts_on.isoformat(), "endDate": proposal.ends_on.isoformat()}]
    if recipient.is_person:
        found["recipientIndividual"] = {"id": f"{prefix}-perorangan-{row.number}", "name": PERSON}
        reason = _REASON.get(Purpose(proposal.purpose)) if proposal.purpose else None
        details = {"primaryGrantReason": reason} if reason else {}
        found["toIndividualsDetails"] = {**details, "grantPurpose": [_UNRESTRICTED]}
    else:
        found["recipientOrganization"] = [_organisation(proposal, prefix, row.name)]
    return found


def _prefix() -> str:
    """Return the publisher's prefix; one of 360Giving's own needs registration there first."""
    return f"ID-{region().region.code}"


def _organisation(proposal: Proposal, prefix: str, name: str) -> dict[str, Any]:
    recipient = proposal.recipient
    return {
        "id": f"{prefix}-{recipient.public_id}",
        "name": name,
        "streetAddress": redact(recipient.address),
        "addressLocality": name_of(recipient.district_code),
        "addressCountry": "Indonesia",
        "postalCode": recipient.postal_code,
        "organisationType": recipient.type_label,
        "location": [_place(recipient.village_code) | _point(recipient)],
    }


def _point(recipient: Recipient) -> dict[str, float]:
    point = public.public_point(recipient)
    return {"latitude": point[0], "longitude": point[1]} if point else {}


def _place(code: str) -> dict[str, Any]:
    place = find(code)
    return {
        "name": place.title if place else code,
        "countryCode": "ID",
        "geoCode": code,
        "geoCodeType": "KEMENDAGRI",
    }


def package(proposals: ProposalQuerySet) -> Iterator[str]:
    """Yield the package as JSON text, one grant a line, in flat memory."""
    licence = rulebook.current().data_licence
    head = {
        "version": VERSION,
        "title": f"Hibah dan bantuan sosial {region().region.name}",
        "issued": dates.today().isoformat(),
        "publisher": {"identifier": _prefix(), "name": str(region().terms.government_long)},
        "license": _LICENCES.get(licence, licence),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "grants": ['
    yield from _listed(grants(proposals))
    yield "\n]}\n"


def _listed(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for index, one in enumerate(rows):
        yield ("," if index else "") + "\n" + json.dumps(one, ensure_ascii=False)
