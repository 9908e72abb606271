"""The survey's script is plain shell, and what it prints is read without trusting it."""

import subprocess

from kit.deploy.servers.desired import Desired, Platform
from kit.deploy.servers.survey import FileFound, UnitFound, parse, script

_SAID = """codename trixie
memory 3920
package nginx
user hayu
stat 644 root:root /etc/kit/hayu.env
sum 0f /nowhere
sum aa11  /etc/kit/hayu.env
unit nginx.service UnitFileState=enabled ActiveState=active ConditionResult=yes ConditionTimestampMonotonic=77
unit new.service UnitFileState=disabled ActiveState=inactive ConditionResult=no ConditionTimestampMonotonic=0
unit time.service UnitFileState=enabled ActiveState=inactive ConditionResult=no ConditionTimestampMonotonic=9
mark nginx 0123
live hayu a1b2
live erk
release a1b2
health hayu {"status": "ok"}
health erk <html>
firewall on
something else
"""


def test_what_the_script_prints_is_read() -> None:
    found = parse(_SAID)
    assert found.platform == Platform("trixie", 3920)
    assert (found.packages, found.users, found.releases, found.firewall) == ({"nginx"}, {"hayu"}, {"a1b2"}, True)
    assert found.files == {"/etc/kit/hayu.env": FileFound(0o644, "root:root", "aa11")}
    assert found.units == {
        "nginx.service": UnitFound(enabled=True, active=True, condition=True),
        "new.service": UnitFound(enabled=False, active=False, condition=True),
        "time.service": UnitFound(enabled=True, active=False, condition=False),
    }
    assert (found.marks, found.live) == ({"nginx": "0123"}, {"hayu": "a1b2"})
    assert found.health == {"hayu": {"status": "ok"}, "erk": {}}


def test_the_script_is_plain_shell_and_holds_no_secret(wanted: Desired) -> None:
    text = script(wanted)
    assert "geheim" not in text
    assert subprocess.run(["sh", "-n"], input=text, text=True, check=False).returncode == 0
