"""Business reports, permits and their public check (hayu.md)."""
