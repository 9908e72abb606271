"""Values several tests share."""

from hayu.rules.policy import Exclusion, Policy

POLICY = Policy(
    threshold=500_000_000,
    excluded=(Exclusion("minuman beralkohol", "2025", ("56301", "47221")), Exclusion("kesehatan", "2025", ("861",))),
    types=("SIP-MED", "SKP"),
    sample_percent=10,
    near_limit=450_000_000,
    inspect_days=30,
    fix_days=14,
    stale_years=2,
    return_rounds=2,
    mend_days=10,
    remind_on=(3, 7, 9),
    expiry_notices=(60, 30, 7),
)
