"""Proposals of other recipients that say nearly the same, or ask for nearly the same (F06)."""

from collections.abc import Iterator
from dataclasses import dataclass

from sabilulungan.enums import State
from sabilulungan.models import LikenessMark, Proposal
from sabilulungan.rules.likeness import ALIKE, Parts, marks, plan_parts, share, text_parts

TEXT, PLAN = "teks", "rincian"
MOST_COMPARED = 200
_WORDS = {TEXT: "Latar belakang dan tujuan", PLAN: "Rincian biaya"}


@dataclass(frozen=True, slots=True)
class Alike:
    """The proposal most alike in one respect, and how alike, in percent."""

    kind: str
    other: Proposal
    percent: int

    @property
    def sentence(self) -> str:
        """Return what was found, for officers."""
        return f"{_WORDS[self.kind]} {self.percent}% sama dengan usulan penerima lain."


def parts_of(proposal: Proposal) -> dict[str, Parts]:
    """Return what a proposal is compared by."""
    lines = [(line.description, line.unit, line.unit_price) for line in proposal.lines.all()]
    return {TEXT: text_parts(proposal.background, proposal.aims), PLAN: plan_parts(lines)}


def remember(proposal: Proposal, parts: dict[str, Parts]) -> set[int]:
    """Keep the marks of a proposal as it stands now, and return them."""
    wanted = {value for kind, found in parts.items() for value in marks(kind, found)}
    held = set(proposal.likeness_marks.values_list("value", flat=True))
    if held - wanted:
        proposal.likeness_marks.filter(value__in=held - wanted).delete()
    LikenessMark.objects.bulk_create(LikenessMark(proposal=proposal, value=value) for value in wanted - held)
    return wanted


def find(proposal: Proposal) -> Iterator[Alike]:
    """Yield, for text and for cost plan, the most alike proposal of another recipient from 80% on.

    The marks are kept on the way, so that later proposals find this one. Candidates come from one index.
    """
    mine = parts_of(proposal)
    values = remember(proposal, mine)
    if not values:
        return
    keys = (
        LikenessMark.objects.filter(value__in=values).exclude(proposal=proposal.pk).values_list("proposal", flat=True)
    )
    others = (
        Proposal.objects.filter(pk__in=set(keys[: MOST_COMPARED * len(values)]), number__isnull=False)
        .exclude(recipient=proposal.recipient_id)
        .exclude(state__in=[State.DITARIK, State.KEDALUWARSA])
        .prefetch_related("lines")
        .order_by("pk")[:MOST_COMPARED]
    )
    theirs = [(other, parts_of(other)) for other in others]
    for kind, parts in mine.items():
        alike = [(share(parts, found[kind]), -other.pk, other) for other, found in theirs]
        most, _, other = max(alike, default=(0.0, 0, proposal))
        if most >= ALIKE:
            yield Alike(kind, other, round(most * 100))
