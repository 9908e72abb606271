"""The allowance of one employee for one month (erk.md section 10): a pure function that returns every term."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

from erk.enums import Gate, PolicyKind
from erk.rules.numbers import ONE, ZERO, Unsound, half_up


@dataclass(frozen=True, slots=True)
class AllowancePolicy:
    """How minutes, discipline and leave become rupiah. Shares are Decimals from 0 to 1."""

    version: str
    source: str
    kind: PolicyKind = PolicyKind.PROPORSIONAL_50
    gate: Gate = Gate.TOTAL
    threshold: Decimal = Decimal("0.5")
    steps: tuple[tuple[Decimal, Decimal], ...] = ()
    weight_activity: Decimal = ONE
    weight_skp: Decimal = ZERO
    weight_behaviour: Decimal = ZERO
    productivity: Decimal = Decimal("0.6")
    discipline: Decimal = Decimal("0.4")

    def __post_init__(self) -> None:
        """Refuse a policy that could pay above the ceiling, or less for more minutes."""
        weights = ("weight_activity", "weight_skp", "weight_behaviour")
        sentence = "Setiap bobot dan bagian kebijakan tunjangan berada antara 0 % dan 100 %."
        shares = (*weights, "threshold", "productivity", "discipline")
        faults = [(name, sentence) for name in shares if not ZERO <= getattr(self, name) <= ONE]
        if sum(getattr(self, name) for name in weights) != ONE:
            faults.append(("weight_activity", "Jumlah bobot aktivitas, SKP, dan perilaku harus tepat 100 %."))
        if self.productivity + self.discipline != ONE:
            faults.append(("productivity", "Jumlah bagian produktivitas dan disiplin harus tepat 100 %."))
        factors = [factor for _, factor in sorted(self.steps)]
        falling = not factors or factors != sorted(factors) or any(not ZERO <= factor <= ONE for factor in factors)
        if self.kind == PolicyKind.BERTINGKAT and falling:
            sentence = "Tangga kebijakan BERTINGKAT harus naik: lebih banyak menit tidak boleh dibayar kurang."
            faults.append(("steps", sentence))
        if faults:
            raise Unsound(*faults)


@dataclass(frozen=True, slots=True)
class AllowanceInputs:
    """What the formula takes. Money in whole rupiah; minutes whole; s, b, d, t, f, h are shares.

    pk: ceiling of workload + achievement; pl: ceiling of the other criteria; minutes: approved (daily cap) +
    credited (M); target: T; s, b: SKP and behaviour; d: late and early shares; t: day percentages;
    f: leave factor; h: disciplinary cut.
    """

    pk: int
    pl: int
    minutes: int
    target: int
    d: Decimal = ZERO
    t: Decimal = ZERO
    f: Decimal = ONE
    h: Decimal = ZERO
    s: Decimal = ONE
    b: Decimal = ONE

    def __post_init__(self) -> None:
        """Refuse figures that cannot be: they would be paid out."""
        if self.pk < 0 or self.pl < 0 or self.minutes < 0 or self.target <= 0 or self.d < 0 or self.t < 0:
            raise ValueError("Pagu, menit, dan potongan tidak boleh negatif, dan target harus lebih dari nol.")
        if any(not ZERO <= value <= ONE for value in (self.f, self.h, self.s, self.b)):
            raise ValueError("Faktor F, hukuman H, capaian S, dan perilaku B berada antara 0 dan 1.")

    def as_json(self) -> dict[str, Any]:
        """Return the inputs for storage; shares as text, so that they come back exact."""
        return {name: str(v) if isinstance(v, Decimal) else v for name, v in asdict(self).items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "AllowanceInputs":
        """Return stored inputs as they were computed with."""
        whole = {"pk", "pl", "minutes", "target"}
        return cls(**{f.name: stored[f.name] if f.name in whole else Decimal(stored[f.name]) for f in fields(cls)})


@dataclass(frozen=True, slots=True)
class Slip:
    """Every term of the allowance, in the order of the formula, with the rule it was made by."""

    inputs: AllowanceInputs
    c: Decimal
    a: Decimal
    pr: Decimal
    prod: int
    dis: int
    gated: bool
    before_cuts: int
    factor: Decimal
    tpp: int
    version: str
    source: str

    @property
    def ceiling(self) -> int:
        """Return the full allowance of the position: Pk + Pl."""
        return self.inputs.pk + self.inputs.pl


def activity_factor(c: Decimal, policy: AllowancePolicy) -> Decimal:
    """Return A, from 0 to 1, for achieved share c = M / T (section 10 step 2 and "other policies")."""
    if policy.kind == PolicyKind.AMBANG_PENUH:
        return ONE if c >= ONE else ZERO
    if policy.kind == PolicyKind.BERTINGKAT:
        return max((factor for at_least, factor in policy.steps if c >= at_least), default=ZERO)
    return ZERO if c < policy.threshold else min(c, ONE)


def allowance(inputs: AllowanceInputs, policy: AllowancePolicy) -> Slip:
    """Return the slip: whole rupiah, half up, never negative, never above Pk + Pl.

    The gate looks at c alone, in every policy: below the threshold TOTAL pays nothing, PRODUKTIVITAS only
    drops the productivity part.
    """
    c = Decimal(inputs.minutes) / inputs.target
    a = activity_factor(c, policy)
    pr = policy.weight_activity * a + policy.weight_skp * inputs.s + policy.weight_behaviour * inputs.b
    below = c < policy.threshold
    prod = 0 if below else half_up(policy.productivity * inputs.pk * pr)
    dis = half_up(policy.discipline * inputs.pk * max(ZERO, ONE - inputs.d))
    before_cuts = prod + dis + inputs.pl
    gated = below and policy.gate == Gate.TOTAL
    factor = max(ZERO, ONE - inputs.t) * inputs.f * (ONE - inputs.h)
    tpp = 0 if gated else min(half_up(before_cuts * factor), inputs.pk + inputs.pl)
    return Slip(
        inputs=inputs, c=c, a=a, pr=pr, prod=prod, dis=dis, gated=gated, before_cuts=before_cuts,
        factor=factor, tpp=tpp, version=policy.version, source=policy.source,
    )  # fmt: skip
