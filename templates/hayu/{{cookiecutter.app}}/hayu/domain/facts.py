"""The business facts of a report: what is checked and written alike by draft, correction and yearly update."""

from typing import Any

from core import identity, wilayah
from core.errors import Fault
from core.region import region
from hayu.domain import places
from hayu.domain.policy import policy
from hayu.enums import ACTIVE, Channel, Lane, TableRow
from hayu.models import Report
from hayu.rules import kbli, lane, scale
from hayu.rules.addresses import address_key
from hayu.rules.lane import Decision

_PLAIN = (
    "business_name", "holder_name", "capital", "yearly_sales", "workers", "started_on", "nib", "consent", "email",
    "latitude", "longitude", "scope_number",
)  # fmt: skip
_NEEDED = {
    "business_name": "Isi nama usaha.",
    "capital": "Isi modal usaha.",
    "village_code": "Pilih tempat usaha sampai kelurahan atau desa.",
    "address": "Isi alamat usaha.",
    "holder_name": "Isi nama pemilik seperti di KTP.",
    "nik": "Isi NIK pemilik.",
    "phone": "Isi nomor telepon pemilik.",
}


def apply(report: Report, data: dict[str, Any]) -> None:
    """Write cleaned facts into a report's columns and derive what follows from them; saves nothing."""
    for name in _PLAIN:
        if name in data:
            setattr(report, name, data[name])
    if "nik" in data:
        report.nik = data["nik"] or ""
        report.nik_token = identity.token(report.nik) if report.nik else ""
    if "phone" in data:
        report.phone = data["phone"] or ""
        report.phone_token = identity.token(report.phone) if report.phone else ""
    if "village_code" in data:
        place = wilayah.find(data["village_code"]) if data["village_code"] else None
        report.village_code = place.code if place else ""
        report.district_code = place.parent if place else ""
    if "address" in data:
        report.address = data["address"]
    if report.address and report.village_code:
        report.address_key = address_key(report.address, report.village_code)
    if report.capital is not None:
        report.scale = scale.scale_of(report.capital, report.yearly_sales)
        report.risk = kbli.risk(report.activity, report.scale, report.scope_number)


def decision(report: Report) -> Decision:
    """Return where a report with capital and scale belongs, by rows 3 to 6 of the table."""
    return lane.decide(report.activity, report.scope_number, report.capital, report.scale, policy())


def faults(report: Report) -> list[Fault]:
    """Return everything that keeps a report from being registered, all at once; the statement apart."""
    found = [Fault(name, sentence) for name, sentence in _NEEDED.items() if getattr(report, name) in ("", None)]
    if report.nik:
        try:
            identity.normalise_nik(report.nik)
        except ValueError as error:
            found.append(Fault("nik", str(error)))
    if kbli.find(report.kbli_code, report.kbli_version) is None:
        found.append(Fault("kbli", "Kode usaha itu tidak ada di daftar KBLI. Pilih usahanya sekali lagi."))
    if report.village_code and not wilayah.is_inside(report.village_code):
        found.append(Fault("village_code", f"Tempat usaha itu di luar {region().region.name}."))
    if report.latitude is not None and report.longitude is not None:
        try:
            places.inside(float(report.latitude), float(report.longitude))
        except ValueError as error:
            found.append(Fault("latitude", str(error)))
    if report.channel == Channel.LOKET and not report.consent:
        found.append(Fault("consent", "Catat persetujuan pemilik yang datang ke loket."))
    if report.capital is not None and report.scale:
        found += lane_faults(decision(report))
    twin = same_active(report)
    if twin:
        found.append(Fault("address", f"Usaha yang sama di alamat itu sudah terdaftar dengan nomor {twin.number}."))
    return found


def lane_faults(found: Decision) -> list[Fault]:
    """Return why a business does not belong to lane LAPOR, as faults beside the field that decides it."""
    if found.lane == Lane.LAPOR:
        return []
    if found.row == TableRow.EXCLUDED:
        return [Fault("kbli", f"Usaha dengan {found.exclusion} diurus lewat OSS, berapa pun modalnya.")]
    if found.row == TableRow.HIGH_RISK:
        level = str(found.risk.label).lower()
        return [Fault("kbli", f"Risiko usaha ini {level}, jadi perizinannya diurus lewat OSS.")]
    return [Fault("capital", "Modal usaha ini sudah mencapai batas, jadi perizinannya diurus lewat OSS.")]


def same_active(report: Report) -> Report | None:
    """Return another active report for the same NIK, activity and address, if there is one."""
    if not (report.nik_token and report.address_key):
        return None
    same = Report.objects.filter(
        nik_token=report.nik_token,
        kbli_version=report.kbli_version,
        kbli_code=report.kbli_code,
        address_key=report.address_key,
        state__in=ACTIVE,
    )
    return same.exclude(pk=report.pk).first()
