"""The permit types of the region: the profile's, and what the administrator made of them; every version is kept."""

import dataclasses
import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from core import audit, documents
from core.errors import Fault, Refused
from core.models import User
from core.region import plain, region
from hayu.domain.policy import policy
from hayu.enums import Role
from hayu.models import PermitVersion
from hayu.rules import permit_faults, permits
from hayu.rules.permits import PermitType
from hayu.rules.policy import Policy

_FORMS = Path(__file__).parent.parent / "data" / "permit_forms.json"


@functools.cache
def _known() -> dict[str, Any]:
    forms: dict[str, Any] = json.loads(_FORMS.read_text(encoding="utf-8"))
    return forms


def definitions() -> dict[str, dict[str, Any]]:
    """Return the definition in force of each type by its code: the administrator's, else the profile's. One query."""
    found = {item.code: permits.from_profile(plain(item), _known()) for item in region().licences.catalogue}
    own = PermitVersion.objects.filter(current=True, author__isnull=False).order_by("created_at")
    return found | dict(own.values_list("code", "definition"))


def types() -> list[PermitType]:
    """Return the types in force, in the region's order."""
    return [kind for kind in map(permits.parse, definitions().values()) if kind.active]


def find(code: str) -> PermitType | None:
    """Return a type in force."""
    return next((kind for kind in types() if kind.code == code), None)


def current_policy() -> Policy:
    """Return the region's rules with the codes of the types in force now."""
    return dataclasses.replace(policy(), types=tuple(kind.code for kind in types()))


def version_for(code: str) -> PermitVersion:
    """Return the stored version in force of a type, stored now when the profile has brought a new one.

    Raises Refused when the region does not issue this type.
    """
    definition = definitions().get(code)
    if definition is None or not permits.parse(definition).active:
        raise Refused("Izin ini tidak sedang dilayani di sini.")
    row = PermitVersion.objects.filter(code=code, current=True).first()
    if row and row.definition == definition:
        return row
    return _store(code, definition, None, "Profil wilayah")


def save(
    definition: Mapping[str, Any],
    actor: User,
    *,
    reason: str,
    seen: int | None = None,
    request: HttpRequest | None = None,
) -> PermitVersion:
    """Store a new version of a type and return it; it holds for applications begun from now on.

    `seen` is the version number the editor showed (0 for a new type). Raises Refused with a fault for each part.
    """
    found = [Fault(part, sentence) for part, sentence in permit_faults.faults(definition)]
    if not reason.strip():
        found.append(Fault("reason", "Tulis dasar perubahan, misalnya nomor keputusan."))
    if not found:
        try:
            documents.template(permits.parse(definition).template)
        except documents.DocumentError:
            found.append(Fault("template", "Naskah itu belum dipasang di custom/documents."))
    if found:
        raise Refused("Jenis izin belum dapat disimpan. Perbaiki yang ditandai di bawah.", found)
    code = str(definition["code"])
    with transaction.atomic():
        newest = number_of(code)
        if seen is not None and seen != newest:
            raise Refused("Jenis izin ini baru saja diubah orang lain. Muat ulang halaman, lalu ulangi.")
        row = _store(code, dict(definition), actor, reason.strip())
        data = {"kode": code, "versi": row.number}
        audit.record(row, "simpan_jenis_izin", actor=actor, role=Role.ADMIN_WILAYAH, note=row.reason, data=data,
                     request=request)  # fmt: skip
    return row


def number_of(code: str) -> int:
    """Return the number of the newest stored version, 0 when there is none."""
    return PermitVersion.objects.filter(code=code).values_list("number", flat=True).order_by("-number").first() or 0


def numbers() -> dict[str, int]:
    """Return the number of the version in force of each stored type."""
    return dict(PermitVersion.objects.filter(current=True).values_list("code", "number"))


def _store(code: str, definition: dict[str, Any], author: User | None, reason: str) -> PermitVersion:
    with transaction.atomic():
        rows = PermitVersion.objects.select_for_update().filter(code=code)
        number = max([row.number for row in rows], default=0) + 1
        rows.filter(current=True).update(current=False)
        return PermitVersion.objects.create(
            code=code, number=number, definition=definition, author=author, reason=reason
        )


def history(code: str) -> list[PermitVersion]:
    """Return the stored versions of a type, newest first."""
    return list(PermitVersion.objects.filter(code=code).select_related("author").order_by("-number"))
