"""Whether values make sense together: dates in order, no two apps on one address, what a choice needs is given."""

import ipaddress
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from kit.profile.faults import shown
from kit.profile.rules.view import Finding, View
from kit.profile.schema.types import APPS

_PAPERS = ("mou", "pks", "bast")


def lists_have_no_twins(view: View) -> Iterator[Finding]:
    """Lists that are sets hold each value once."""
    for path in (
        ("apps", "enabled"),
        ("locale", "languages"),
        ("calendar", "workdays"),
        ("calendar", "open_on_cuti_bersama"),
        ("grants", "recommendation_signers"),
    ):
        seen: set[str] = set()
        for at, item in view.items(*path):
            if item in seen:
                yield Finding((*path, at), shown(item), "each value once")
            seen.add(item)


def indonesian_is_spoken(view: View) -> Iterator[Finding]:
    """Indonesian comes first: everything falls back to it (UU 24/2009)."""
    languages = view.get("locale", "languages")
    if isinstance(languages, list) and languages[:1] != ["id"]:
        yield Finding(
            ("locale", "languages"), shown(", ".join(languages)), "a list that begins with id", "languages: [id, sas]"
        )
    for language in view.get("locale", "strings") or {}:
        if isinstance(languages, list) and language not in languages:
            yield Finding(("locale", "strings", language), shown(language), "a language of locale.languages")


def addresses_differ(view: View) -> Iterator[Finding]:
    """No two apps share an address."""
    taken: dict[str, str] = {}
    for app in APPS:
        url = view.text("net", "base_url", app)
        if url is None:
            continue
        other = taken.setdefault(url.rstrip("/"), app)
        if other != app:
            yield Finding(("net", "base_url", app), shown(url), f"an address of its own; {other} has this one")


def hours_fit(view: View) -> Iterator[Finding]:
    """Every working day has hours, and the break lies within them."""
    for day in view.get("calendar", "workdays") or ():
        if isinstance(hours := view.get("calendar", "hours"), dict) and day not in hours:
            yield Finding(
                ("calendar", "hours"),
                f"no hours for {day}",
                "hours for every working day",
                f'{day}: {{work: "07.30-16.00"}}',
            )
    tables = [
        ("calendar", "hours"),
        *(("calendar", "ramadan", at, "hours") for at, _ in view.items("calendar", "ramadan")),
    ]
    for table in tables:
        for day, hours in (view.get(*table) or {}).items():
            rest = hours.get("rest")
            start, _, end = hours["work"].partition("-")
            if rest and not (start <= rest.partition("-")[0] and rest.partition("-")[2] <= end):
                yield Finding((*table, day, "rest"), shown(rest), f"a break within {hours['work']}")


def dates_in_order(view: View) -> Iterator[Finding]:
    """What ends does not end before it begins; papers follow one another."""
    for at, item in view.items("calendar", "ramadan"):
        if item["last"] < item["first"]:
            yield Finding(("calendar", "ramadan", at, "last"), shown(item["last"]), f"a day from {item['first']} on")
    for post in ("head", "deputy", "secretary"):
        since, until = view.text("officials", post, "since"), view.text("officials", post, "until")
        if since and until and until < since:
            yield Finding(("officials", post, "until"), shown(until), f"a day from {since} on")
    dated = [(paper, day) for paper in _PAPERS if (day := view.text("agreement", paper, "signed_on"))]
    for (before, first), (paper, day) in pairwise(dated):
        if day < first:
            yield Finding(
                ("agreement", paper, "signed_on"), shown(day), f"a day from {first} on, the date of agreement.{before}"
            )
    seen: set[tuple[str, str]] = set()
    for at, item in view.items("calendar", "holidays"):
        if (key := (item["date"], item["name"])) in seen:
            yield Finding(("calendar", "holidays", at, "date"), shown(item["date"]), "each holiday once")
        seen.add(key)


def choices_are_complete(view: View) -> Iterator[Finding]:
    """A choice that needs a second value has it."""
    for path, value, needed, example in (
        (("sign", "provider"), "bsre", ("sign", "endpoint"), "endpoint: http://10.10.0.5/"),
        (("sign", "provider"), "bsre", ("sign", "user"), "user: kota-mataram"),
        (("auth", "sso"), "oidc", ("auth", "issuer"), "issuer: https://sso.mataramkota.go.id/"),
    ):
        section = view.get(path[0])
        if section and view.text(*path) == value and view.get(*needed) is None:
            yield Finding(path, f"{value} without {'.'.join(needed)}", f"{'.'.join(needed)} as well", example)
    if (view.get("mail") or {}) and view.get("mail", "smtp", "host") and view.get("mail", "sender") is None:
        yield Finding(
            ("mail", "smtp", "host"),
            "a mail server without mail.sender",
            "mail.sender as well",
            "sender: noreply@mataramkota.go.id",
        )


def signing_stays_inside(view: View) -> Iterator[Finding]:
    """The eSign service runs on a server inside the region: a private address or a host of its domain."""
    endpoint, domain = view.text("sign", "endpoint"), view.text("net", "domain")
    if not endpoint or not domain:
        return
    host = urlsplit(endpoint).hostname or ""
    try:
        inside = ipaddress.ip_address(host).is_private
    except ValueError:
        inside = host == domain or host.endswith(f".{domain}")
    if not inside:
        yield Finding(
            ("sign", "endpoint"),
            shown(endpoint),
            f"a private address or a host of {domain}",
            "endpoint: http://10.10.0.5/",
        )


def signers_exist(view: View) -> Iterator[Finding]:
    """Nobody must sign a recommendation who is not there: a camat of a province, the chair of a team that never meets.

    Camat and lurah serve a kabupaten or kota (UU 23/2014 art. 221, 229).
    """
    meets = all(step.get("on", True) for _, step in view.items("grants", "steps") if step["code"] == "PERIKSA_TP")
    for at, signer in view.items("grants", "recommendation_signers"):
        path = ("grants", "recommendation_signers", at)
        if signer in ("CAMAT", "LURAH") and view.text("region", "kind") == "provinsi":
            yield Finding(
                path, shown(signer), "KEPALA_OPD or KETUA_TP: a province has no camat and no lurah of its own"
            )
        if signer == "KETUA_TP" and not meets:
            yield Finding(path, shown(signer), "no KETUA_TP while the step PERIKSA_TP is off: no team meets")


RULES = (
    lists_have_no_twins,
    indonesian_is_spoken,
    addresses_differ,
    hours_fit,
    dates_in_order,
    choices_are_complete,
    signers_exist,
    signing_stays_inside,
)
