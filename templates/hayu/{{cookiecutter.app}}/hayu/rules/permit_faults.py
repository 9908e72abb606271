"""Everything wrong with the definition of a permit type, found at once: profile, editor and store all ask here."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from hayu.enums import FieldKind
from hayu.rules import formula, sla
from hayu.rules.permits import CODE, KEY, NUMBER_PATTERN, RESERVED_CODES, TEMPLATE, VISITS

_LETTERS = r"(?:[\w ./-]|\{(?:kode|jenis|opd|tahun|bulan)\})*"
_NUMBER = re.compile(_LETTERS + r"\{no(?::0?[1-9])?\}" + _LETTERS)


def faults(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return everything wrong with a definition: the part of the editor and the sentence."""
    found: list[tuple[str, str]] = []
    if not CODE.fullmatch(str(data.get("code", ""))) or data.get("code") in RESERVED_CODES:
        found.append(("code", "Kode: huruf besar, angka, dan tanda hubung, 2–20 tanda, dan bukan nama jalur."))
    found += [
        (key, "Bagian ini wajib diisi.") for key in ("name", "summary", "product", "validity") if not data.get(key)
    ]
    found += [
        (key, "Tulis sedikitnya satu baris.") for key in ("basis", "procedure", "requirements") if not data.get(key)
    ]
    if not 1 <= int(data.get("days") or sla.DEFAULT_DAYS) <= 120:
        found.append(("days", "Waktu layanan 1 sampai 120 hari kerja."))
    if not _NUMBER.fullmatch(data.get("number_pattern") or NUMBER_PATTERN):
        found.append(
            ("number_pattern", "Pola nomor memuat {no} dan boleh memuat {kode}, {jenis}, {opd}, {tahun}, {bulan}.")
        )
    if not KEY.fullmatch(data.get("template") or TEMPLATE):
        found.append(("template", "Nama naskah memakai huruf kecil, angka, dan garis bawah."))
    if data.get("field_visit", "no") not in VISITS:
        found.append(("field_visit", "Pilih ada tidaknya peninjauan lapangan."))
    found += _question_faults(data, "questions") + _question_faults(data, "minutes")
    if data.get("object_key") and data["object_key"] not in [row.get("key") for row in data.get("questions") or ()]:
        found.append(("object_key", "Objek izin harus salah satu isian."))
    documents = [str(row.get("key")) for row in data.get("requirements") or ()]
    found += [("requirements", f"Kunci “{key}” tidak dapat dipakai.") for key in documents if not KEY.fullmatch(key)]
    if len(set(documents)) != len(documents):
        found.append(("requirements", "Dua syarat memakai kunci yang sama."))
    found += _when_faults(data)
    found += _limit_faults(data)
    return found + _charge_faults(data)


def _when_faults(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A document that is required above some answer names a question that takes a number, and the number."""
    numbers, found = _numbers(data), []
    for row in data.get("requirements") or ():
        when = row.get("when")
        if not when:
            continue
        if when.get("key") not in numbers:
            found.append(("requirements", f"“{row.get('name')}”: “{when.get('key')}” bukan isian bilangan."))
        try:
            Decimal(str(when.get("over")))
        except InvalidOperation:
            found.append(("requirements", f"“{row.get('name')}”: tulis bilangannya, misalnya “bila luas > 6”."))
    return found


def _numbers(data: Mapping[str, Any]) -> set[str]:
    return {
        str(row.get("key")) for row in data.get("questions") or ()
        if row.get("kind") in (FieldKind.ANGKA, FieldKind.RUPIAH)
    }  # fmt: skip


def _question_faults(data: Mapping[str, Any], part: str) -> list[tuple[str, str]]:
    """Return what is wrong with the questions of a part: the form's (`questions`), or a visit's (`minutes`)."""
    rows = data.get(part) or ()
    keys = [str(row.get("key")) for row in rows]
    found = [(part, f"Kunci “{key}” tidak dapat dipakai.") for key in keys if not KEY.fullmatch(key)]
    if len(set(keys)) != len(keys):
        found.append((part, "Dua isian memakai kunci yang sama."))
    for row in rows:
        if row.get("kind") not in FieldKind.values:
            found.append((part, f"Jenis isian “{row.get('kind')}” tidak dikenal."))
        elif row["kind"] == FieldKind.PILIHAN and len(row.get("choices") or ()) < 2:
            found.append((part, f"Isian “{row.get('label')}” memerlukan sedikitnya dua pilihan."))
    return found


def _limit_faults(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    limits = data.get("limits") or {}
    found: list[tuple[str, str]] = []
    dated = {row.get("key") for row in data.get("questions") or () if row.get("kind") == FieldKind.TANGGAL}
    found += [
        ("limits", f"“{limits[name]}” bukan isian tanggal.")
        for name in ("start_key", "end_key")
        if limits.get(name) and limits[name] not in dated
    ]
    for name, top in (("months", 600), ("max_days", 3660)):
        if limits.get(name) and not 1 <= int(limits[name]) <= top:
            found.append(("limits", f"Lama berlaku paling banyak {top}."))
    return found


def _charge_faults(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    charge = data.get("charge")
    if not charge:
        return []
    found = [] if charge.get("basis") else [("charge", "Tulis dasar (Perda) biaya ini.")]
    try:
        known = {name: Decimal(str(value)) for name, value in (charge.get("constants") or {}).items()}
        read = formula.parse(str(charge.get("formula") or ""))
    except InvalidOperation:
        return [*found, ("charge", "Nilai tetap pada rumus harus bilangan.")]
    except formula.FormulaError as error:
        return [*found, ("charge", str(error))]
    numbers = _numbers(data)
    missing = sorted(read.names - numbers - set(known))
    if missing:
        found.append(("charge", f"Rumus memakai {', '.join(missing)}, yang bukan isian bilangan atau nilai tetap."))
    return found
