"""Entries of the navigation."""
