"""The entry point: every command loads, errors are sentences with their exit codes."""

import pytest
from click.testing import CliRunner

from kit.cli import main
from kit.errors import KitError, OutsideError, UsageError


@pytest.mark.parametrize("name", main.COMMANDS)
def test_every_command_loads_and_has_the_summary_of_the_table(name: str) -> None:
    done = CliRunner().invoke(main.cli, [name, "--help"])
    assert done.exit_code == 0
    assert done.output.startswith(f"Usage: cli {name} ")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KitError("a fault"), 1, "Error: a fault\n"),
        (UsageError("no such region"), 2, "Error: no such region\n"),
        (OutsideError("no network"), 3, "Error: no network\n"),
        (PermissionError(13, "Permission denied", "/srv/x"), 3, "Error: Permission denied: /srv/x\n"),
        (OSError(28, "No space left on device", "/var/db"), 3, "Error: No space left on device: /var/db\n"),
    ],
)
def test_errors_are_sentences(monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, said: str) -> None:
    def fail(target: str, **_: object) -> None:
        raise error

    monkeypatch.setattr("kit.cli.down.take_down", fail)
    done = CliRunner().invoke(main.cli, ["down", "32.73"])
    assert (done.exit_code, done.output) == (code, said)


def test_a_fault_of_the_kits_own_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(target: object) -> None:
        raise ValueError("a mistake in the code")

    monkeypatch.setattr("kit.cli.down.take_down", fail)
    assert isinstance(CliRunner().invoke(main.cli, ["down", "32.73"]).exception, ValueError)
