"""Reads. Public ones return values built from the privacy table, never models."""
