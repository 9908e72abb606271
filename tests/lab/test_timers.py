"""The apps' periodic commands: timers start them, and each does its work in the sandbox they start it in."""

import time

from kit.checks.inside import manage_function
from tests.lab.servers import Run

APPS = ("sabilulungan", "hayu", "erk")
_SLOWEST = 75
"""Seconds in which a timer that runs every minute has run."""

_LAST = "systemctl show --property=LastTriggerUSec --value kit-{kind}@{app}.timer"

# Whatever the hour, the unit of the clock is given all commands of its app, not only those that are due. Its timer
# rests meanwhile: a start that meets a run already under way joins it, and that one has only what was due.
_EVERYTHING = """
set -eu
for app in sabilulungan hayu erk; do
    systemctl stop "kit-clock@$app.timer" "kit-mail@$app.timer"
    while systemctl show --property=ActiveState "kit-clock@$app.service" | grep -q activating; do sleep 0.2; done
done
for app in sabilulungan hayu erk; do
    folder=/run/systemd/system/kit-clock@$app.service.d
    mkdir -p "$folder"
    names=$(manage "$app" periodic --list | cut -d ' ' -f 1 | tr '\\n' ' ')
    printf '[Service]\\nExecStart=\\nExecStart=/opt/kit/live/%%i/venv/bin/python manage.py periodic %s\\n' "$names" \\
        >"$folder/all.conf"
done
systemctl daemon-reload
for app in sabilulungan hayu erk; do
    systemctl start "kit-clock@$app.service" "kit-mail@$app.service" || true
done
rm -r /run/systemd/system/kit-clock@*.service.d
systemctl daemon-reload
systemctl start kit-clock@sabilulungan.timer kit-clock@hayu.timer kit-clock@erk.timer
systemctl start kit-mail@sabilulungan.timer kit-mail@hayu.timer kit-mail@erk.timer
for app in sabilulungan hayu erk; do
    for kind in clock mail; do
        echo "unit $kind $app $(systemctl show --property=Result --value "kit-$kind@$app.service")"
    done
    manage "$app" periodic --list | sed "s/^/known $app /"
    cd /
    runuser -u postgres -- psql -XtAq -F ' ' -d "$app" \\
        -c "select 'ran', current_database(), name from core_periodicrun where finished_at > now() - interval '10 min'"
done
"""


def triggered(run: Run) -> set[str]:
    """The timers that have started their command since the server was set up."""
    asked = {f"{kind} {app}": _LAST.format(kind=kind, app=app) for kind in ("clock", "mail") for app in APPS}
    return {name for name, command in asked.items() if run.host.ssh(command).stdout.strip() not in ("", "n/a")}


def test_timers_start_the_commands_of_every_app(run: Run) -> None:
    deadline = time.monotonic() + _SLOWEST
    while len(triggered(run)) < 2 * len(APPS) and time.monotonic() < deadline:
        time.sleep(2)
    assert triggered(run) == {f"{kind} {app}" for kind in ("clock", "mail") for app in APPS}


def test_every_command_of_the_minute_and_of_the_night_ends_well(run: Run) -> None:
    done = run.host.ssh("sudo", "sh", "-s", feed=manage_function() + _EVERYTHING, timeout=300)
    assert done.returncode == 0, done.stderr
    told = [line.split() for line in done.stdout.splitlines()]
    results = {tuple(words[1:3]): words[3] for words in told if words[0] == "unit"}
    assert results == {(kind, app): "success" for kind in ("clock", "mail") for app in APPS}
    known = {(words[1], words[2]): words[3] for words in told if words[0] == "known"}
    assert {app for app, _ in known} == set(APPS)
    assert {known[one] for one in (("erk", "erk_denyut"), ("hayu", "izin_tanda_tangan"))} == {"minutely"}
    assert known["sabilulungan", "terbitkan_data_terbuka"] == "daily"
    assert {(words[1], words[2]) for words in told if words[0] == "ran"} == known.keys()
