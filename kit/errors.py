"""Errors a person sees. Each is a sentence: what, where, what next."""


class KitError(Exception):
    """Something asked for is not so: faults, failed checks, conflicts. Exit code 1."""

    exit_code = 1


class UsageError(KitError):
    """The command was called in a way it cannot serve. Exit code 2."""

    exit_code = 2


class OutsideError(KitError):
    """Something outside the kit could not be reached or run. Exit code 3."""

    exit_code = 3
