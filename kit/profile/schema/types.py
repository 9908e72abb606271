"""Kinds of value a profile holds: each says what it expects in words, for faults, editors and the reference."""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kit.profile.schema.base import Section, field

AppCode = Literal["sabilulungan", "hayu", "erk"]
APPS: tuple[AppCode, ...] = ("sabilulungan", "hayu", "erk")

_TOKEN = re.compile(r"\{(?:klas|no|opd|tahun|bulan)\}")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


@dataclass(frozen=True)
class Format:
    """A rule on text: ``expected`` in words, ``check`` the rule, ``pattern`` the same for editors, if a regex can."""

    expected: str
    check: Callable[[str], bool]
    pattern: str | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._validate, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        made = dict(handler(schema))
        if self.pattern:
            made["pattern"] = f"^(?:{self.pattern})$"
        return made

    def _validate(self, value: str) -> str:
        if not self.check(value):
            raise PydanticCustomError("kit_format", "expected {expected}", {"expected": self.expected})
        return value


def _matching(expected: str, pattern: str) -> Format:
    compiled = re.compile(pattern)
    return Format(expected, lambda value: compiled.fullmatch(value) is not None, pattern)


def is_host(text: str) -> bool:
    """Whether ``text`` is a lower-case DNS name of at least two labels (no scheme, port, path or IP address)."""
    labels = text.split(".")
    return (
        len(text) <= 253
        and len(labels) > 1
        and all(_LABEL.fullmatch(part) for part in labels)
        and not labels[-1].isdigit()
    )


def _is_address_or_host(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return is_host(text) or (_LABEL.fullmatch(text) is not None and not text.isdigit())
    return True


def is_url(text: str) -> bool:
    """Whether ``text`` is http(s)://host[:port][/path] without user, query, fragment or ``..``."""
    if re.fullmatch(r"https?://[a-z0-9.\[\]:-]+(?:/[A-Za-z0-9._~/-]*)?", text) is None:
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    return (
        bool(parts.hostname)
        and _is_address_or_host(str(parts.hostname))
        and (port is None or port > 0)
        and not text.partition("://")[2].partition("/")[0].endswith(":")
        and ".." not in parts.path
        and "//" not in parts.path
    )


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


def _is_mail(text: str) -> bool:
    local, at, host = text.rpartition("@")
    return bool(at) and re.fullmatch(r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*", local) is not None and is_host(host)


def _is_hours(text: str) -> bool:
    if re.fullmatch(r"(?:[01]\d|2[0-3])\.[0-5]\d-(?:[01]\d|2[0-3])\.[0-5]\d", text) is None:
        return False
    start, _, end = text.partition("-")
    return start < end


def _is_number_template(text: str) -> bool:
    rest = _TOKEN.sub("", text)
    return "{no}" in text and re.fullmatch(r"[\w ./-]*", rest) is not None


def is_inside_path(text: str) -> bool:
    """Whether ``text`` names a file below the profile's folder: relative, plain names, no ``..``."""
    return re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", text) is not None


Text = Annotated[
    str,
    Format(
        "a line of text, at most 300 characters",
        lambda v: bool(v.strip()) and not set(v) & set("\n\t") and len(v) <= 300,
    ),
]
Paragraph = Annotated[str, Format("text of at most 4000 characters", lambda v: bool(v.strip()) and len(v) <= 4000)]
Code = Annotated[
    str, _matching('an official code of 2 or 4 digits in quotes, such as "52" or "52.07"', r"[0-9]{2}(?:\.[0-9]{2})?")
]
ProvinceCode = Annotated[str, _matching('a province code of 2 digits in quotes, such as "52"', r"[0-9]{2}")]
HexColour = Annotated[
    str, _matching('a colour as # and 6 hexadecimal digits in quotes, such as "#0B5FA5"', r"#[0-9A-Fa-f]{6}")
]
Host = Annotated[
    str,
    Format("a host name in lower case without https:// and path, such as mataramkota.go.id", is_host, r"[a-z0-9.-]+"),
]
Server = Annotated[str, Format("a host name or IP address, such as 10.0.0.5", _is_address_or_host)]
Url = Annotated[
    str,
    Format(
        "an address such as https://hibah.mataramkota.go.id/ (host in lower case, no ? or #)", is_url, r"https?://.+"
    ),
]
Login = Annotated[
    str,
    _matching("a user name of letters, digits and . _ @ -, such as kota-mataram", r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}"),
]
Network = Annotated[str, Format("a network in CIDR form, such as 10.0.0.0/24", _is_network)]
Mail = Annotated[str, Format("an e-mail address, such as diskominfo@mataramkota.go.id", _is_mail, r"[^@\s]+@[^@\s]+")]
Phone = Annotated[
    str,
    _matching("a telephone number in quotes, such as (0370) 123456 or +62 370 123456", r"[+(]?[0-9][0-9 ()-]{4,24}"),
]
PostalCode = Annotated[str, _matching('5 digits in quotes, such as "12345"', r"[0-9]{5}")]
Nip = Annotated[str, _matching("a NIP of 18 digits in quotes", r"[0-9]{18}")]
Language = Annotated[str, _matching("a language tag such as id, su, jv or sas", r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")]
Hours = Annotated[
    str, Format("a span of hours such as 07.30-16.00, start before end", _is_hours, r"\d\d\.\d\d-\d\d\.\d\d")
]
FilePath = Annotated[
    str,
    Format(
        "a file below the profile's folder, by its relative path in plain letters, such as emblem.svg (no .., no /)",
        is_inside_path,
    ),
]
Slug = Annotated[str, _matching("a key in lower-case letters, digits and _, such as letter", r"[a-z][a-z0-9_]{0,39}")]
NumberTemplate = Annotated[
    str,
    Format(
        "a number pattern with {no} and any of {klas} {opd} {tahun} {bulan}, letters, digits and . / -",
        _is_number_template,
    ),
]
MaskedAccount = Annotated[
    str,
    _matching(
        "a masked account number: stars and at most the last 4 digits, such as ******1234", r"\*{3,20}[0-9]{0,4}"
    ),
]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Timezone = Literal["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
TimezoneLabel = Literal["WIB", "WITA", "WIT"]


class Contact(Section):
    """Someone to reach, by post and not by person."""

    name: Text | None = field(None, doc="Post or office to ask for", example="Kepala Dinas Komunikasi dan Informatika")
    email: Mail | None = field(None, doc="E-mail address", example="diskominfo@mataramkota.go.id")
    phone: Phone | None = field(None, doc="Telephone", example="(0370) 123456")


class Paper(Section):
    """A signed paper: its number, date and optionally its file."""

    number: Text | None = field(
        None, doc="Number, by both parties where there are two", example="119/1234/Diskominfo/2026", used="D"
    )
    signed_on: date | None = field(None, doc="Date of signing", example="2026-11-24", used="D")
    file: FilePath | None = field(None, doc="Scan or PDF beside the profile", example="papers/pks.pdf", used="D")
