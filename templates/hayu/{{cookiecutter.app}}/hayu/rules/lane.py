"""Which lane? The decision table of hayu.md section 5, from at most five plain questions."""

from dataclasses import dataclass
from enum import StrEnum

from hayu.enums import Lane, Risk, Scale, TableRow, Wish
from hayu.rules import kbli
from hayu.rules.kbli import Activity
from hayu.rules.policy import Policy
from hayu.rules.scale import scale_of

NEW_BUSINESS = -1


class Question(StrEnum):
    """What is still to be asked; the value is the key of its answer in the address."""

    WISH = "keperluan"
    TYPE = "jenis"
    ACTIVITY = "kbli"
    SCOPE = "lingkup"
    CAPITAL = "modal"
    SALES = "omzet"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far. Money in rupiah; `sales` NEW_BUSINESS for a business that has none yet."""

    wish: Wish | None = None
    permit_type: str = ""
    activity: Activity | None = None
    scope: int | None = None
    capital: int | None = None
    sales: int | None = None

    @property
    def yearly_sales(self) -> int | None:
        """Return the yearly sales of a running business, None for a new one or when not asked."""
        return None if self.sales in (None, NEW_BUSINESS) else self.sales


@dataclass(frozen=True, slots=True)
class Decision:
    """The lane, the row of the table that gave it, and the facts of the reason."""

    lane: Lane
    row: TableRow
    permit_type: str = ""
    exclusion: str = ""
    risk: Risk = Risk.UNKNOWN
    scale: Scale | None = None


def next_step(answers: Answers, policy: Policy) -> Question | Decision:
    """Return the decision as soon as the answers give one, else the next question to ask.

    The rows are tried top-down; a question is asked only when its answer can still change the result.
    """
    if answers.wish is None:
        return Question.WISH
    if answers.wish == Wish.BANGUNAN:
        return Decision(Lane.RUJUK_SIMBG, TableRow.BUILDING)
    if answers.wish == Wish.IZIN:
        if answers.permit_type not in policy.types:
            return Question.TYPE
        return Decision(Lane.IZIN, TableRow.NOT_A_BUSINESS, permit_type=answers.permit_type)
    if answers.activity is None:
        return Question.ACTIVITY
    exclusion = policy.exclusion(answers.activity)
    if exclusion:
        return Decision(Lane.RUJUK_OSS, TableRow.EXCLUDED, exclusion=exclusion.reason)
    return _business(answers, answers.activity, policy)


def _business(answers: Answers, activity: Activity, policy: Policy) -> Question | Decision:
    if _always_high(activity, answers.scope):
        return Decision(Lane.RUJUK_OSS, TableRow.HIGH_RISK, risk=_highest(activity, answers.scope))
    if not _scope_is_known(activity, answers.scope):
        return Question.SCOPE
    if answers.capital is None:
        return Question.CAPITAL
    if answers.sales is None and answers.capital < policy.threshold and _scale_matters(activity, answers.scope):
        return Question.SALES
    scale = scale_of(answers.capital, answers.yearly_sales)
    return decide(activity, answers.scope, answers.capital, scale, policy)


def decide(activity: Activity, scope: int | None, capital: int, scale: Scale, policy: Policy) -> Decision:
    """Return the decision for a business of which everything is known: rows 3 to 6."""
    exclusion = policy.exclusion(activity)
    level = kbli.risk(activity, scale, scope)
    if exclusion:
        return Decision(Lane.RUJUK_OSS, TableRow.EXCLUDED, exclusion=exclusion.reason, risk=level, scale=scale)
    if kbli.is_high(level):
        return Decision(Lane.RUJUK_OSS, TableRow.HIGH_RISK, risk=level, scale=scale)
    if level == Risk.UNKNOWN and _always_high(activity, scope):  # OSS knows it only for other scales, all high
        return Decision(Lane.RUJUK_OSS, TableRow.HIGH_RISK, risk=_highest(activity, scope), scale=scale)
    if capital < policy.threshold:
        return Decision(Lane.LAPOR, TableRow.BELOW, risk=level, scale=scale)
    return Decision(Lane.RUJUK_OSS, TableRow.AT_OR_ABOVE, risk=level, scale=scale)


def _levels(activity: Activity, scope: int | None) -> list[Risk]:
    """Return every known level over the scales, for one scope or all."""
    chosen = [item for item in kbli.scopes(activity) if scope is None or item.number == scope]
    return [level for item in chosen for level in item.levels.values()]


def _always_high(activity: Activity, scope: int | None) -> bool:
    levels = _levels(activity, scope)
    return bool(levels) and all(map(kbli.is_high, levels))


def _highest(activity: Activity, scope: int | None) -> Risk:
    return max(_levels(activity, scope), key=kbli.RISING.index)


def _scope_is_known(activity: Activity, scope: int | None) -> bool:
    known = kbli.scopes(activity)
    if len(known) < 2 or all(item.levels == known[0].levels for item in known):
        return True
    return any(item.number == scope for item in known)


def _scale_matters(activity: Activity, scope: int | None) -> bool:
    high = {kbli.is_high(kbli.risk(activity, scale, scope)) for scale in Scale}
    return len(high) > 1
