"""Whether the profile is of one region: code, kind, name, province, time zone, folder and domain agree."""

import re
from collections.abc import Iterator

from kit.profile.faults import shown
from kit.profile.official import Official, near, pilots, regions
from kit.profile.rules.view import Finding, View

_LABELS = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def _region(view: View) -> Official | None:
    return regions().get(view.text("region", "code") or "")


def code_exists(view: View) -> Iterator[Finding]:
    """The code is in the official list (Kepmendagri 300.2.2-2430/2025)."""
    code = view.text("region", "code")
    if code and code not in regions():
        close = near(code)
        yield Finding(
            ("region", "code"),
            f"the code {shown(code)}, which no region has",
            "the official code of a province, kabupaten or kota",
            'code: "52.71"',
            " or ".join(f'"{one.code}" ({one.name})' for one in close[:3]),
        )


def kind_fits(view: View) -> Iterator[Finding]:
    """The kind is the one the code has."""
    region, kind = _region(view), view.text("region", "kind")
    if region and kind and kind != region.kind:
        yield Finding(
            ("region", "kind"), shown(kind), f"{region.kind}: {region.code} is {region.name}", f"kind: {region.kind}"
        )


def name_fits(view: View) -> Iterator[Finding]:
    """The name is not that of another region, and begins with the kind (26 short names exist twice)."""
    region, name = _region(view), view.text("region", "name")
    if not region or not name or name == region.name:
        return
    other = next(
        (one for one in regions().values() if one.name.lower() == name.lower() and one.code != region.code), None
    )
    if other:
        yield Finding(
            ("region", "name"),
            shown(name),
            f"{region.name}, which {region.code} is; {other.name} is {other.code}",
            f"name: {region.name}",
        )
    elif name.split()[0].lower() != region.name.split()[0].lower():
        yield Finding(
            ("region", "name"), shown(name), f"a name that begins with {region.name.split()[0]}", f"name: {region.name}"
        )


def province_fits(view: View) -> Iterator[Finding]:
    """The province is the first part of the code."""
    region, province = _region(view), view.text("region", "province_code")
    if region and province and province != region.province_code:
        yield Finding(
            ("region", "province_code"),
            shown(province),
            f'"{region.province_code}" ({region.province_name}), the first part of the code',
            f'province_code: "{region.province_code}"',
        )


def zone_fits(view: View) -> Iterator[Finding]:
    """Time zone and label are those of the province (PP 41/1987)."""
    region, zone, label = _region(view), view.text("locale", "timezone"), view.text("locale", "tz_label")
    if region and zone and zone != region.tz:
        expected = f"{region.tz}: {region.name} lies in the zone {region.tz_label}"
        yield Finding(("locale", "timezone"), shown(zone), expected, f"timezone: {region.tz}")
    elif label and zone and label != _LABELS[zone]:
        yield Finding(
            ("locale", "tz_label"), shown(label), f"{_LABELS[zone]}, the label of {zone}", f"tz_label: {_LABELS[zone]}"
        )


def folder_fits(view: View) -> Iterator[Finding]:
    """A profile copied to another region's folder has its code changed."""
    code, folder = view.text("region", "code"), view.folder.name if view.folder else ""
    match = re.match(r"(\d\d(?:\.\d\d)?)-", folder)
    if code in regions() and match and match[1] != code:
        expected = f'"{match[1]}", as the folder {folder} says'
        yield Finding(("region", "code"), shown(code), expected, f'code: "{match[1]}"')


def domain_fits(view: View) -> Iterator[Finding]:
    """The domain is not another region's; host names are never made of a region's name."""
    region, domain = _region(view), view.text("net", "domain")
    if not region or not domain:
        return
    owners = [code for code, pilot in pilots().items() if pilot.domain == domain]
    if owners and region.code not in owners:
        other = regions()[owners[0]]
        own = pilots()[region.code].domain if region.code in pilots() else "mataramkota.go.id"
        expected = f"the domain of {region.name}; this one is that of {other.name} ({other.code})"
        yield Finding(("net", "domain"), shown(domain), expected, f"domain: {own}")


def former_codes_fit(view: View) -> Iterator[Finding]:
    """A former code is not the present one."""
    for at, item in view.items("region", "former_codes"):
        if item["code"] == view.text("region", "code"):
            yield Finding(
                ("region", "former_codes", at, "code"), shown(item["code"]), "a code the region no longer has"
            )


RULES = (code_exists, kind_fits, name_fits, province_fits, zone_fits, folder_fits, domain_fits, former_codes_fit)
