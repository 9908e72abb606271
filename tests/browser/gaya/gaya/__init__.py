"""Every component of the core with invented data."""
