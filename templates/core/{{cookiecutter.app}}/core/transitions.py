"""One function changes a state: `Machine.perform` reads a table, locks the row and refuses what is not in it."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from core import audit, dates
from core.errors import AlreadyDone, NotAllowed, Refused, Stale
from core.models import AuditEntry, Case, User
from core.notify import Message, queue

SYSTEM = "SISTEM"
NEW = ""


@dataclass
class Step:
    """One act under way: the locked object, who acts in which role, and what was given with it."""

    obj: Any
    actor: User | None
    role: str
    transition: "Transition"
    data: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    now: dt.datetime = field(default_factory=dates.now)
    source: str = ""
    target: str = ""
    audit_data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Transition:
    """One row of a transition table.

    `source` states, `action`, `roles` that may do it, `target` state (or a function of the step).
    `guard` raises Refused; `effect` writes the object's columns and related rows; `notify` yields messages.
    `duty` names a stage of work: one person may act on one object under one duty only.
    """

    code: str
    source: tuple[str, ...]
    action: str
    roles: tuple[str, ...]
    target: str | Callable[[Step], str]
    label: str = ""
    guard: Callable[[Step], None] | None = None
    effect: Callable[[Step], None] | None = None
    notify: Callable[[Step], Iterable[Message]] | None = None
    duty: str = ""
    note_required: bool = False


def has_role(user: User, role: str, obj: Any) -> bool:
    """Return whether a user holds a role today, for objects that belong to no office."""
    return user.has_role(role)


class Machine:
    """The transition table of one model, and the only way to change its state.

    `holds(user, role, obj)` says whether a person has a role on an object (owner, scope of an office, superior).
    `involved(user, obj)` says whether it is the person's own matter; then only `owner_roles` may act.
    """

    def __init__(
        self,
        model: type[Case],
        transitions: Sequence[Transition],
        *,
        holds: Callable[[User, str, Any], bool] = has_role,
        involved: Callable[[User, Any], bool] | None = None,
        owner_roles: Iterable[str] = (),
    ) -> None:
        self.model = model
        self.transitions = tuple(transitions)
        self._holds = holds
        self._involved = involved
        self._owner_roles = frozenset(owner_roles)
        self._duty_of = {transition.code: transition.duty for transition in self.transitions}
        if len(self._duty_of) != len(self.transitions):
            raise ValueError(f"Two transitions of {model.__name__} share a code.")

    def begin(
        self,
        obj: Case,
        action: str,
        actor: User | None,
        *,
        note: str = "",
        data: dict[str, Any] | None = None,
        request: HttpRequest | None = None,
    ) -> Any:
        """Save a new object in the target state of the transition from NEW, with its first audit row."""
        with transaction.atomic():
            return self._apply(obj, NEW, action, actor, data or {}, note, request)

    def perform(
        self,
        pk: Any,
        action: str,
        actor: User | None,
        *,
        version: int | None = None,
        data: dict[str, Any] | None = None,
        note: str = "",
        request: HttpRequest | None = None,
    ) -> Any:
        """Do `action` on the object `pk` and return it changed; `actor` None is the system (the clock).

        One transaction: lock the row, compare `version` with the one the page was made from, find the row of the
        table, check role, own interest and duty, run guard and effect, save, write the audit row and the outbox.
        Raises Stale, AlreadyDone, NotAllowed or Refused with an Indonesian sentence; then nothing has changed.
        """
        with transaction.atomic():
            obj = self.model.objects.select_for_update(of=("self",)).get(pk=pk)
            if version is not None and version != obj.version:
                raise self._stale(obj, action, actor)
            return self._apply(obj, obj.state, action, actor, data or {}, note, request)

    def available(self, obj: Case, user: User) -> list[Transition]:
        """Return what a person may do now, by state, role, own interest and duty; guards are not run."""
        rows = [row for row in self.transitions if obj.state in row.source]
        duties = self._duties_of(obj, user) if any(row.duty for row in rows) else frozenset()
        return [row for row in rows if self._role(row, obj, user) and not self._conflicting(row, duties)]

    def find(self, state: str, action: str) -> Transition | None:
        """Return the row of the table for an action from a state."""
        return next((row for row in self.transitions if row.action == action and state in row.source), None)

    def _apply(
        self,
        obj: Any,
        source: str,
        action: str,
        actor: User | None,
        data: dict[str, Any],
        note: str,
        request: HttpRequest | None,
    ) -> Any:
        row = self.find(source, action)
        if row is None:
            raise Refused(
                "Tindakan ini tidak dapat dilakukan pada tahap sekarang. "
                "Muat ulang halaman untuk melihat keadaan terbaru."
            )
        role = self._authorise(row, obj, actor)
        if row.note_required and not note.strip():
            raise Refused("Tuliskan alasannya dahulu.")
        step = Step(obj, actor, role, row, data, note.strip(), source=source)
        if row.guard:
            row.guard(step)
        step.target = row.target if isinstance(row.target, str) else row.target(step)
        if step.target != source:
            obj.state, obj.state_since = step.target, step.now
        if row.effect:
            row.effect(step)
        if source != NEW:
            obj.version += 1
        obj.save()
        messages = list(row.notify(step)) if row.notify else []
        queue(messages, about=obj)
        audit.record(
            obj,
            action,
            actor=actor,
            role=role,
            source=source,
            target=step.target,
            note=step.note,
            data={"transition": row.code, **step.audit_data},
            request=request,
        )
        return obj

    def _authorise(self, row: Transition, obj: Any, actor: User | None) -> str:
        if actor is None:
            if SYSTEM not in row.roles:
                raise NotAllowed("Tindakan ini hanya dapat dilakukan oleh orang yang berwenang.")
            return SYSTEM
        role = self._role(row, obj, actor)
        if role is None:
            raise NotAllowed("Peran Anda tidak berwenang melakukan tindakan ini.")
        if row.duty and obj.pk and self._conflicting(row, self._duties_of(obj, actor)):
            raise NotAllowed(
                "Anda sudah bertindak pada tahap lain berkas ini, jadi tahap ini harus dikerjakan orang lain."
            )
        return role

    def _role(self, row: Transition, obj: Any, user: User) -> str | None:
        if not user.is_active:
            return None
        own = self._involved is not None and self._involved(user, obj)
        for role in row.roles:
            if role == SYSTEM or (own and role not in self._owner_roles):
                continue
            if self._holds(user, role, obj):
                return role
        return None

    def _duties_of(self, obj: Any, user: User) -> frozenset[str]:
        entries = AuditEntry.objects.filter(object_type=audit.object_type(obj), object_id=str(obj.pk), actor=user)
        codes = entries.values_list("data__transition", flat=True)
        return frozenset(filter(None, (self._duty_of.get(code or "", "") for code in codes)))

    @staticmethod
    def _conflicting(row: Transition, duties: frozenset[str]) -> bool:
        return bool(row.duty and duties - {row.duty})

    @staticmethod
    def _stale(obj: Any, action: str, actor: User | None) -> Stale:
        last = audit.history(obj).exclude(action=audit.READ).last()
        if last and actor and last.actor_id == actor.pk and last.action == action:
            return AlreadyDone("Tindakan Anda sudah tercatat; tidak ada yang dilakukan dua kali.")
        who = f"{last.actor_name} pada {dates.short_date(last.at)} {dates.clock(last.at)}" if last else "orang lain"
        return Stale(f"Data ini baru saja diubah oleh {who}. Periksa keadaan terbaru, lalu ulangi bila masih perlu.")
