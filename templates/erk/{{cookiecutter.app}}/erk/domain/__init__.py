"""What E-RK does: every write, and in `queries` every read."""
