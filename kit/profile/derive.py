"""What a profile need not say, because the official code says it (domain rule: key on the code, never on the name)."""

from typing import Any

from kit.profile.official import Official, pilots, regions, slug
from kit.profile.schema.types import is_host

_HEADS = {"kota": "Wali Kota", "kabupaten": "Bupati", "provinsi": "Gubernur"}
_SHORT = {
    "kota": ("Pemkot", "Perwal", "Kepwal"),
    "kabupaten": ("Pemkab", "Perbup", "Kepbup"),
    "provinsi": ("Pemprov", "Pergub", "Kepgub"),
}
HOST_CODE = "32.73"


def derive(code: str, head_spelling: str = "Wali Kota") -> dict[str, Any]:
    """The derived layer of a profile as plain data.

    ``head_spelling``: "Wali Kota" or "Walikota", used in a kota. Raises KeyError for an unknown code.
    """
    region = regions()[code]
    pilot = pilots().get(code)
    government = f"Pemerintah {region.name}"
    head = head_spelling if region.kind == "kota" else _HEADS[region.kind]
    layer: dict[str, Any] = {
        "region": _region(region, pilot.letter_place if pilot else region.seat),
        "terms": _terms(region, head),
        "offices": _offices(region),
        "brand": {"app_names": _app_names(), "footer": f"© {government}"},
        "doc": {
            "kop": {"head": [f"{head} {region.short_name}".upper()], "office": [government.upper()]},
            "address": {},
        },
        "locale": {
            "timezone": region.tz,
            "tz_label": region.tz_label,
            "languages": ["id", *(pilot.languages if pilot else ())],
        },
        "net": {},
        "privacy": {"notice": _notice(government)},
    }
    if code == HOST_CODE:
        layer["brand"]["credit"] = {"text": "Dikembangkan oleh Pemerintah Kota Bandung"}
    return layer


def derive_addresses(domain: object) -> dict[str, Any]:
    """Web site and app addresses under the region's own domain; nothing when there is no sound domain yet."""
    if not isinstance(domain, str) or not is_host(domain):
        return {}
    urls = {app: f"https://{app}.{domain}/" for app in ("sabilulungan", "hayu", "erk")}
    return {"net": {"base_url": urls}, "doc": {"address": {"site": domain}}}


def _region(region: Official, letter_place: str) -> dict[str, Any]:
    return {
        "code": region.code,
        "kind": region.kind,
        "name": region.name,
        "short_name": region.short_name,
        "province_code": region.province_code,
        "province_name": region.province_name,
        "seat": region.seat,
        "letter_place": letter_place,
    }


def _terms(region: Official, head: str) -> dict[str, Any]:
    government, regulation, decision = _SHORT[region.kind]
    return {
        "head": head,
        "deputy": f"Wakil {head}",
        "government_long": f"Pemerintah {region.name}",
        "government_short": f"{government} {region.short_name}",
        "regulation": f"Peraturan {head}",
        "regulation_abbr": regulation,
        "decision": f"Keputusan {head}",
        "decision_abbr": decision,
        "bylaw": f"Peraturan Daerah {region.name}",
        "secretariat": f"Sekretariat Daerah {region.name}",
        "council": f"DPRD {region.name}",
        "bureau": "Biro" if region.kind == "provinsi" else "Bagian",
    }


def _offices(region: Official) -> dict[str, Any]:
    province = region.kind == "provinsi"
    bureau = "Biro" if province else "Bagian"
    named = {
        "it": ("Dinas Komunikasi dan Informatika", "Diskominfo"),
        "licensing": ("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPMPTSP"),
        "personnel": ("Badan Kepegawaian Daerah", "BKD")
        if province
        else ("Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", "BKPSDM"),
        "finance": ("Badan Pengelolaan Keuangan dan Aset Daerah", "BPKAD"),
        "social": ("Dinas Sosial", "Dinsos"),
        "law": (f"{bureau} Hukum Sekretariat Daerah", f"{bureau} Hukum"),
        "inspectorate": ("Inspektorat Daerah", "Inspektorat"),
        "planning": ("Badan Perencanaan Pembangunan Daerah", "Bappeda"),
    }
    return {duty: {"name": name, "short_name": short} for duty, (name, short) in named.items()}


def head_post(office_name: str) -> str:
    """Post of an office's head: Inspektur for an Inspektorat, Kepala … for all others."""
    return (
        office_name.replace("Inspektorat", "Inspektur", 1)
        if office_name.startswith("Inspektorat")
        else f"Kepala {office_name}"
    )


def _app_names() -> dict[str, Any]:
    return {
        "sabilulungan": {"name": "Sabilulungan", "slogan": "Hibah dan bantuan sosial yang terbuka"},
        "hayu": {"name": "Hayu", "slogan": "Izin usaha yang ringkas"},
        "erk": {"name": "E-RK", "slogan": "Kinerja yang tercatat dan dihargai"},
    }


def _notice(government: str) -> str:
    return (
        f"{government} memakai data pribadi Anda hanya untuk melayani permohonan ini dan menjalankan tugasnya menurut "
        "peraturan perundang-undangan. Anda berhak melihat, meminta salinan, dan meminta perbaikan data Anda."
    )


def folder(code: str) -> str:
    """Name of the profile's folder: ``52.71-kota-mataram``."""
    return f"{code}-{slug(regions()[code])}"
