"""What ssh says in its own words is told as one sentence with a next step."""

import subprocess
from pathlib import Path

import pytest

from kit.deploy.servers.hosts import Server, Unreachable

CHANGED = """@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
  ssh-keygen -f "/home/x/known" -R "10.0.0.5"
Host key verification failed."""


ROUTE = "ssh: connect to host 10.0.0.5 port 22: No route to host"
DENIED = "it@10.0.0.5: Permission denied (publickey)."
STRANGER = "No ED25519 host key is known for 10.0.0.5 and you have requested strict checking."
ANOTHER = (
    "it shows another host key than the one in /known: it was reinstalled, or another machine answers at its address"
)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (CHANGED, ANOTHER),
        (STRANGER, "/known has no host key of it, so nobody has confirmed yet which machine it is"),
        (DENIED, f"it does not let it in with this key ({DENIED})"),
        (ROUTE, ROUTE),
        ("", "no word from ssh"),
    ],
)
def test_a_refusal_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: str, reason: str) -> None:
    server = Server("web1", "10.0.0.5", "it", 22, frozenset({"web"}), None, Path("/known"))
    monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 255, "", words))
    with pytest.raises(Unreachable) as refused:
        server.sudo(tmp_path, "true")
    assert str(refused.value) == (
        f"web1 (it@10.0.0.5, port 22) cannot be entered: {reason}. `kit doctor` of this region tells cause and remedy."
    )
