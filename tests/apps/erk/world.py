"""A small, known office for tests: who works where, and helpers to log work."""
