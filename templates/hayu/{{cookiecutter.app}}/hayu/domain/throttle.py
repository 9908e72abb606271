"""Guessing is slowed down: misses of one source are counted by the hour, kept only as a token of its address."""

from django.core.cache import cache

from core import dates, identity
from core.region import region

HOUR = 3600


def _key(kind: str, source: str) -> str:
    return f"{kind}:{identity.token(source)[:32]}:{dates.now():%Y%m%d%H}"


def is_blocked(kind: str, source: str) -> bool:
    """Return whether a source has used up this hour's misses (profile: `licences.misses_per_hour`)."""
    return int(cache.get(_key(kind, source), 0)) >= int(region().licences.misses_per_hour)


def miss(kind: str, source: str) -> None:
    """Count one miss."""
    key = _key(kind, source)
    cache.set(key, cache.get(key, 0) + 1, HOUR)
