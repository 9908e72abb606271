"""Fixtures of the pages and acts of Hayu."""
