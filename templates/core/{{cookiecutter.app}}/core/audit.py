"""Write and check the audit chain (sabilulungan.md section 6: append-only, server time, hash of the row before)."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from core import clients, dates
from core.models import AuditEntry, AuditHead, User

GENESIS = "0" * 64
SYSTEM_NAME = "Sistem"
READ = "lihat_data_terlindungi"


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold: the row's number and what is wrong with it."""

    seq: int
    sentence: str


def object_type(obj: Model) -> str:
    """Return the name under which an object stands in the chain: "hayu.report"."""
    return obj._meta.label_lower


def record(
    obj: Model,
    action: str,
    *,
    actor: User | None,
    role: str = "",
    source: str = "",
    target: str = "",
    note: str = "",
    data: dict[str, Any] | None = None,
    request: HttpRequest | None = None,
) -> AuditEntry:
    """Append one row about `obj` and return it; `actor` None means the system itself.

    Call it inside the transaction of the change, as its last write: the head of the chain stays locked until commit.
    `data` must hold no personal number in clear; it is kept for ever.
    """
    with transaction.atomic():
        head = _locked_head()
        entry = AuditEntry(
            seq=head.seq + 1,
            at=dates.now(),
            actor=actor,
            actor_name=actor.full_name if actor else SYSTEM_NAME,
            role=role,
            object_type=object_type(obj),
            object_id=str(obj.pk),
            action=action,
            source=source,
            target=target,
            note=note.replace("\x00", ""),
            data=json.loads(json.dumps(data or {}, cls=DjangoJSONEncoder)),
            ip=(clients.address(request) or None) if request else None,
            previous_hash=head.hash,
        )
        entry.hash = digest(entry)
        entry.save(force_insert=True)
        AuditHead.objects.filter(pk=1).update(seq=entry.seq, hash=entry.hash)
    return entry


def _locked_head() -> AuditHead:
    head = AuditHead.objects.select_for_update().filter(pk=1).first()
    return head or AuditHead.objects.create(pk=1, seq=0, hash=GENESIS)


def digest(entry: AuditEntry) -> str:
    """Return the SHA-256 over every column of a row and the hash of the row before it."""
    columns = [
        entry.seq,
        entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_name,
        entry.role,
        entry.object_type,
        entry.object_id,
        entry.action,
        entry.source,
        entry.target,
        entry.note,
        entry.data,
        entry.ip,
        entry.previous_hash,
    ]
    canonical = json.dumps(columns, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def breaks() -> Iterator[Break]:
    """Yield every place where the chain does not hold, reading the whole table in flat memory."""
    expected_seq, previous = 1, GENESIS
    for entry in AuditEntry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != expected_seq:
            yield Break(entry.seq, f"Baris {expected_seq} sampai {entry.seq - 1} hilang.")
        if entry.previous_hash != previous:
            yield Break(entry.seq, f"Baris {entry.seq} tidak bersambung dengan baris sebelumnya.")
        if digest(entry) != entry.hash:
            yield Break(entry.seq, f"Isi baris {entry.seq} tidak sesuai dengan segelnya.")
        expected_seq, previous = entry.seq + 1, entry.hash
    head = AuditHead.objects.filter(pk=1).first()
    if head and (head.seq, head.hash) != (expected_seq - 1, previous):
        yield Break(
            head.seq, f"Ujung jejak audit seharusnya baris {head.seq}; yang ada berakhir di {expected_seq - 1}."
        )


def verify() -> list[Break]:
    """Check the whole chain, note the result beside its head for the public page, and return the breaks."""
    with transaction.atomic():
        head = _locked_head()
        found = list(breaks())
        AuditHead.objects.filter(pk=1).update(verified_at=dates.now(), verified_seq=head.seq, intact=not found)
    return found


def head() -> AuditHead:
    """Return the newest seal: its number, hash, and when the chain was last checked."""
    return AuditHead.objects.filter(pk=1).first() or AuditHead(pk=1)


def history(obj: Model) -> QuerySet[AuditEntry]:
    """Return the rows about one object, oldest first."""
    return AuditEntry.objects.filter(object_type=object_type(obj), object_id=str(obj.pk)).select_related("actor")


def record_read(
    obj: Model, purpose: str, *, actor: User, role: str = "", request: HttpRequest | None = None
) -> AuditEntry:
    """Note that a person looked at protected data of `obj`, and the purpose they typed."""
    return record(obj, READ, actor=actor, role=role, note=purpose, request=request)
