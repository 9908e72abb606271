"""`kit setup` whose connection is lost in mid-run: told in words, and made good by the next run."""

from collections.abc import Iterator

import pytest

from kit.lab import Host, Lab, faults
from tests.lab import servers
from tests.lab.servers import RELEASE, Region, Run


@pytest.fixture(scope="module")
def host(lab: Lab) -> Host:
    """A bare server."""
    return lab.up("web3", release=RELEASE)


@pytest.fixture
def cut(lab: Lab, host: Host, run: Run) -> Iterator[tuple[Region, str]]:
    """A setup that lost the connection while packages came, and what it said."""
    region = Region(run.region.folder, [host])
    machine = lab.machine(host.name)
    process = region.start("setup")
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ask the doctor" in line:
            while machine.inside("sh", "-c", "grep -qsx dpkg /proc/[0-9]*/comm").returncode:
                assert process.poll() is None, "".join(lines)
            faults.pull_cable(machine)
    process.communicate()
    faults.plug_cable(machine)
    lab.wait(host, seconds=60)  # the address is looked up anew only after a while
    assert process.returncode == 3, "".join(lines)
    yield region, "".join(lines)
    Region(run.region.folder, [run.host])


def test_a_connection_lost_in_mid_run_is_made_good(cut: tuple[Region, str], host: Host, run: Run) -> None:
    region, said = cut
    assert "web3: the connection was lost" in said
    assert "run the same command again: it goes on from there" in said
    assert "Traceback" not in said
    code, again = region.kit("setup")
    assert code == 0, again
    own = {line.replace("web3", "web1") for line in servers.state(host)}
    assert own ^ set(servers.state(run.host)) == set()
