"""Invented numbers of OSS and SIMBG: one waits to be compared, one was found, one was struck (hayu.md section 1).

Beside them a permit of the time before, whose holder asks at the desk that it becomes theirs.
"""

import datetime as dt

from core import codes, dates, identity, wilayah
from hayu.domain import catalogue, claims, referrals
from hayu.domain.demo.people import Cast
from hayu.domain.referrals import Given, machine
from hayu.enums import Outside, PermitState, ReferralAction, Role, Signature
from hayu.models import Permit
from hayu.rules import kbli

_NUMBERS = (
    (Outside.OSS, "9120099000017", "Apotek Contoh Sehat", "47721"),
    (Outside.OSS, "9120099000025", "Kedai Kopi Contoh", "56303"),
    (Outside.SIMBG, "PBG-000000-01012026-01", "Ruko contoh tiga lantai", ""),
)


def write_down(people: Cast) -> None:
    """Write the numbers down for the demo's applicant and two owners; an officer acts on two of them."""
    places = wilayah.villages()
    for at, (system, number, name, code) in enumerate(_NUMBERS):
        place, owner = places[7 * at % len(places)], (people.applicant, *people.owners)[at]
        given = Given(system, number, name, place.code, kbli.find(code) if code else None)
        row = referrals.record(given, owner)
        checker = people.office[Role.VERIFIKATOR]
        if at == 1:
            machine.perform(row.pk, ReferralAction.COCOKKAN, checker)
        elif at == 2:
            machine.perform(row.pk, ReferralAction.CORET, checker, note="Nomor ini tidak ditemukan di SIMBG.")


def take_over(people: Cast) -> None:
    """Take over one permit of the old archive; its holder has asked, the desk has not decided."""
    place, owner = wilayah.villages()[0], people.owners[0]
    version = catalogue.version_for(catalogue.types()[0].code)
    began = dates.today() - dt.timedelta(days=200)
    permit = Permit.objects.create(
        state=PermitState.BERLAKU, number=f"CONTOH/{began.year}/0001", code=codes.new_code(), type_version=version,
        type_code=version.code, holder_name=owner.full_name, nik_token=identity.token(owner.nik),
        object_text="Contoh izin dari arsip lama", village_code=place.code, district_code=place.parent,
        issued_on=began, starts_on=began, ends_on=began + dt.timedelta(days=365), imported=True,
        signer_post="Pejabat penanda tangan sebelum sistem ini", signature=Signature.BASAH,
    )  # fmt: skip
    claims.ask(permit.number, owner.nik, owner)
