"""Checks of servers: `kit doctor` before setup, `kit verify` after. A check returns data and prints nothing."""
