"""The project's own tests, in groups: what each needs, running them side by side, and the closing table."""
