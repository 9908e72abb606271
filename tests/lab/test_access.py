"""A change of SSH and of the firewall cannot lock the operator out: the server takes it back by itself."""

import subprocess
import time
from pathlib import Path

from tests.lab import servers
from tests.lab.servers import Run

_PATIENCE = 60
"""Seconds from the change until the server takes it back; setup ends some of them later."""

_RULES = {
    "nftables.conf": ("tcp dport { 22 } accept", "tcp dport { 2222 } accept"),
    "sshd.conf": ("X11Forwarding no", "X11Forwarding no\nAllowUsers nobody-here"),
}


def change(repository: Path, rules: dict[str, str]) -> None:
    """Write files of deploy/base and commit them, as a region does that wants other rules."""
    for name, text in rules.items():
        (repository / "deploy" / "base" / name).write_text(text, encoding="utf-8")
    identity = ("-c", "user.name=Diskominfo", "-c", "user.email=it@contoh.invalid")
    subprocess.run(["git", "-C", str(repository), *identity, "commit", "-qam", "Aturan masuk"], check=True)


def test_rules_that_keep_everybody_out_are_taken_back(run: Run) -> None:
    before = servers.state(run.host)
    repository = run.region.repository
    good = {name: (repository / "deploy" / "base" / name).read_text(encoding="utf-8") for name in _RULES}
    closed = {name: good[name].replace(*_RULES[name]) for name in _RULES}
    assert all(closed[name] != good[name] for name in _RULES)
    change(repository, closed)
    code, said = run.region.kit("setup")
    ended = time.monotonic()
    change(repository, good)
    assert code == 3, said
    assert "Ensure the operator knows: No new connection comes in under the new rules." in said
    assert "run the same command again" in said
    while run.host.ssh("true").returncode:
        assert time.monotonic() - ended < _PATIENCE, "locked out"
        time.sleep(1)
    assert servers.state(run.host) == before
    code, said = run.region.kit("setup")
    assert code == 0, said
    assert "changed=0" in said
