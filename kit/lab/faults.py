"""Breaking a lab host on purpose: what goes wrong on real servers, as rehearsals and tests need it.

Memory and disk limits are given when the host is booted (`Lab.up(memory=, disk=)`); a power cut is `Lab.restart`.
Taken ports, locks, foreign packages and the like are made with `Machine.inside`, which needs neither network nor sshd.
"""

from kit.errors import OutsideError
from kit.lab import network
from kit.lab.machine import Machine

_SUDO = "/etc/sudoers.d/99-clock"
_LIBRARY = "/usr/lib/*/faketime/libfaketime.so.1"


def pull_cable(machine: Machine) -> None:
    """Cut the host off the network in mid-work, as a broken switch does; `plug_cable` mends it."""
    network.plug(machine.names.link(machine.record.number), connected=False)


def plug_cable(machine: Machine) -> None:
    """Connect the host again."""
    network.plug(machine.names.link(machine.record.number), connected=True)


def skew_clock(machine: Machine, seconds: int) -> None:
    """Put the clock *seconds* ahead (negative: behind) for every new session, with and without sudo; 0 mends it.

    Hosts share this machine's clock, so the C library's answers are changed with Debian's libfaketime, which is
    installed on the host first. System services and the kernel's file times keep the true time.
    """
    _inside(machine, f"sed -i '/^LD_PRELOAD=/d; /^FAKETIME=/d' /etc/environment; rm -f {_SUDO}")
    if seconds == 0:
        return
    install = "{ apt-get -qq update && apt-get -qq install -y libfaketime; }"
    _inside(machine, f"dpkg -s libfaketime >/dev/null 2>&1 || {install}")
    _inside(machine, f"{{ echo LD_PRELOAD=$(echo {_LIBRARY}); echo FAKETIME={seconds:+d}; }} >>/etc/environment")
    _inside(machine, f"echo 'Defaults env_file=/etc/environment' >{_SUDO}; chmod 440 {_SUDO}")


def fill_disk(machine: Machine, leave: int) -> None:
    """Fill the host's disk but for *leave* MiB. Only for a host with a disk of limited size."""
    if not machine.record.disk:
        raise OutsideError(f"lab host {machine.record.name} has no disk of its own size: boot it with disk=MIB first.")
    script = "free=$(df --output=avail -m / | tail -n1); [ $free -le {0} ] || fallocate -l $((free - {0}))M /var/filler"
    _inside(machine, script.format(leave))


def free_disk(machine: Machine) -> None:
    """Mend what `fill_disk` did."""
    _inside(machine, "rm -f /var/filler")


def _inside(machine: Machine, script: str) -> None:
    done = machine.inside("sh", "-c", script, timeout=120)
    if done.returncode:
        raise OutsideError(f"breaking lab host {machine.record.name} failed: {(done.stderr or done.stdout).strip()}")
