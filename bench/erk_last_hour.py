"""The last hour of the month in E-RK: how many entries a second, and none lost or doubled at any rate.

    .venv/bin/python bench/erk_last_hour.py [--users 20,40,80,160,320,640] [--seconds 25]

Starts a private PostgreSQL that waits for the disk and gunicorn with the settings of a region's server (for as many
processors as this machine has), says what each act costs of processor time, then lets locust on the same machine bring
more and more people (erk_last_hour_users.py): they sign in, look at their day, file entries (some twice, some at an
hour that is taken), and their superiors approve. Each step has people of its own. It ends with the first step in which
an answer failed or took longer than people wait. nginx, which serves the files of the pages, is not part of it. In the
end every code sent is looked up in the database: what was confirmed must be there, nothing twice, and nothing that
nobody sent.

Processor time does not depend on what else the machine does; the rates by the clock do.
"""

import argparse
import datetime as dt
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import requests
from erk_city import ROOT, City, analyse, prepare
from erk_pages import SEED, address_of, entry, sign_in
from measure import broken, line

HERE = Path(__file__).parent
APP = ROOT / "templates/erk/{{cookiecutter.app}}"
CORE = ROOT / "templates/core/{{cookiecutter.app}}"
GUNICORN = ROOT / "templates/region/{{cookiecutter.app}}/deploy/systemd/gunicorn.conf.py"
AGENCY = 50
STAFF = 19  # employees for each superior among those who come
ACTS = 20  # of each kind, to tell what one costs


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """Run gunicorn as a region's server does; give its address and the number of its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    environment = dict(os.environ) | {"PYTHONPATH": f"{CORE}:{APP}", "DEMO_MODE": "no"}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        str(GUNICORN),
        "--bind",
        address,
        "config.wsgi:application",
    ]
    with subprocess.Popen(command, cwd=APP, env=environment) as server:
        try:
            _wait_for(f"http://{address}/healthz", server)
            yield f"http://{address}", server.pid
        finally:
            server.terminate()


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise SystemExit("gunicorn did not start; its words stand above.")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310  (our own loopback address)
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{address} did not answer within 30 s.")


def step(host: str, users: int, seconds: int, environment: dict[str, str]) -> list[dict]:
    """Let so many people come, and return locust's figures by kind of request."""
    command = [sys.executable, "-m", "locust", "-f", str(HERE / "erk_last_hour_users.py"), "--headless", "--host", host]
    command += ["-u", str(users), "-r", str(max(1, users / 8)), "-t", f"{seconds}s", "--stop-timeout", "15"]
    command += ["--json", "--only-summary", "--loglevel", "ERROR"]
    done = subprocess.run(
        command,
        env=dict(os.environ) | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        found: list[dict] = json.loads(done.stdout)
    except ValueError:
        raise SystemExit(f"locust gave no figures:\n{done.stdout}\n{done.stderr}") from None
    for said in done.stderr.splitlines():
        if "# occurrences" in said or "with a sentence" in said or "without" in said or "no answer" in said:
            print(f"    {said.strip()}")
    return found


def percentile(rows: list[dict], part: float) -> int:
    """Return the milliseconds within which a part of the answers came."""
    times: Counter[int] = Counter()
    for row in rows:
        times.update({int(float(ms)): count for ms, count in row["response_times"].items()})
    left = sum(times.values()) * part
    for ms, count in sorted(times.items()):
        left -= count
        if left <= 0:
            return ms
    return 0


def processor(server: int) -> float:
    """Return the processor seconds gunicorn and PostgreSQL have spent so far."""
    from django.db import connection

    connection.ensure_connection()
    database = psutil.Process(connection.connection.info.backend_pid).parent()
    both = (psutil.Process(server), database)
    times = (one.cpu_times() for top in both for one in (top, *top.children(recursive=True)))
    return sum(time.user + time.system for time in times)


def costs(host: str, server: int, day: dt.date, password: str, notes: Path) -> None:
    """Print the processor time of each act, one person at a time, and what that allows in a second."""
    processors = len(os.sched_getaffinity(0))
    new = f"{host}/aktivitas/baru/?tanggal={day}"
    sessions = []

    def came() -> None:
        number = len(sessions) + 2
        session = requests.Session()
        session.headers.update(address_of(number))
        form = sign_in(session.get(f"{host}/masuk/").text, number, password)
        _expect(session.post(f"{host}/masuk/", data=form, allow_redirects=False), 302)
        sessions.append(session)

    def filed(nth: int) -> None:
        form = entry(sessions[0].get(new).text, nth)
        _expect(sessions[0].post(new, data=form, allow_redirects=False), 302)
        with notes.open("a", encoding="utf-8") as out:
            out.writelines(json.dumps([what, form["kunci"], 2, form["mulai"]]) + "\n" for what in ("sent", "kept"))

    came()
    acts: dict[str, Callable[[int], object]] = {
        "sign-in (page and form)": lambda _: came(),
        "entry filed (form, saved, handed in)": filed,
        "today": lambda _: _expect(sessions[0].get(f"{host}/hari-ini/"), 200),
        "list of the own log": lambda _: _expect(sessions[0].get(f"{host}/aktivitas/"), 200),
    }
    for words, act in acts.items():
        before = processor(server)
        for nth in range(ACTS):
            act(nth)
        spent = (processor(server) - before) / ACTS
        line(words, f"{1000 * spent:.0f} ms", f"at most {processors / spent:.0f} a second on {processors} processors")


def _expect(answer: "requests.Response", status: int) -> None:
    if answer.status_code != status:
        raise SystemExit(f"{answer.request.method} {answer.url} answered {answer.status_code}, not {status}.")


def told(users: int, rows: list[dict], processor_seconds: float) -> int:
    """Print a step's line and return its failures."""
    by = {name: [row for row in rows if row["name"] == name] for name in {row["name"] for row in rows}}
    spent = max(1.0, max(row["last_request_timestamp"] or 0 for row in rows) - min(row["start_time"] for row in rows))
    done = {name: sum(row["num_requests"] - row["num_failures"] for row in some) for name, some in by.items()}
    failed = sum(row["num_failures"] for row in rows)
    saves, cost = by.get("save", []), 1000 * processor_seconds / max(1, sum(done.values()))
    print(
        f"{users:6} {sum(done.values()) / spent:8.1f} {done.get('save', 0) / spent:8.1f} "
        f"{done.get('sign in', 0) / spent:9.1f} {percentile(saves, 0.5):9} {percentile(saves, 0.95):9} "
        f"{percentile(by.get('list', []), 0.95):9} {cost:9.0f} {failed:8}",
        flush=True,
    )
    return failed


def compared(notes: Path, day: dt.date, began: dt.datetime) -> None:
    """Compare what was sent and confirmed with what the database holds."""
    from django.db.models import Count

    from erk.models import Aktivitas

    told_by: dict[str, dict[str, list]] = {}
    for text in notes.read_text(encoding="utf-8").splitlines():
        what, code, who, start = json.loads(text)
        told_by.setdefault(what, {})[code] = [who, start]
    sent, kept = told_by.get("sent", {}), told_by.get("kept", {})
    rows = Aktivitas.objects.filter(tanggal=day)
    stored = set(rows.values_list("kode", flat=True))
    twice = rows.order_by().values("pegawai", "mulai").annotate(n=Count("pk")).filter(n__gt=1).count()
    refused, lost_text = (len(told_by.get(f"refused, typed {word}", {})) for word in ("kept", "lost"))
    print()
    line("entries sent", str(len(sent)))
    line("  confirmed", str(len(kept)))
    line("  stored", str(len(stored)), f"{len(stored - kept.keys())} of them never confirmed to their writer")
    line("confirmed but not stored: lost", str(len(kept.keys() - stored)), "limit 0", good=kept.keys() <= stored)
    line("stored twice", str(twice), "limit 0", good=not twice)
    line("stored, sent by nobody", str(len(stored - sent.keys())), "limit 0", good=stored <= sent.keys())
    line("refused (hour taken), what was typed kept", str(refused), f"{lost_text} lost, limit 0", good=not lost_text)
    line("  and stored all the same", str(len(stored & told_by.get("refused, typed kept", {}).keys())), "limit 0")
    decided = Aktivitas.objects.filter(state="DISETUJUI", putus_pada__gte=began)  # the oldest come first
    line("approved by superiors meanwhile", str(decided.count()))


def people(count: int, password: str) -> City:
    """Make the city with one password for all, addresses that are confirmed, and superiors' second step."""
    from allauth.account.models import EmailAddress
    from allauth.mfa.totp.internal.auth import TOTP
    from django.contrib.auth.hashers import make_password

    from core.models import User

    city = City(count, AGENCY, password=make_password(password))
    users = list(User.objects.all())
    for user in users:
        user.email = f"{user.username}@contoh.invalid"
    User.objects.bulk_update(users, ["email"], batch_size=500)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users]
    )
    for user in users:
        if int(user.username[1:]) % AGENCY == 1:
            TOTP.activate(user, SEED)
    analyse()
    return city


def main() -> None:
    """Serve, let people come until the first failure, compare; exit 1 when an entry was lost or doubled."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--users", default="20,40,80,160,320,640")
    arguments.add_argument("--seconds", type=int, default=25)
    arguments.add_argument("--patience", type=float, default=10, help="seconds until an answer counts as failed")
    given = arguments.parse_args()
    steps = [int(text) for text in given.users.split(",")]
    from kit.suite import postgres

    with postgres.server(durable=True) as address, tempfile.TemporaryDirectory(prefix="kit-bench-") as folder:
        prepare(address, STATIC_ROOT=f"{folder}/static")
        from django.core.management import call_command
        from django.db import connection

        from core import dates
        from core.calendar import calendar

        call_command("collectstatic", interactive=False, verbosity=0)
        password, notes = secrets.token_urlsafe(16), Path(folder) / "notes"
        people(AGENCY * (sum(steps) // STAFF + 2 * len(steps) + 2), password)
        day = calendar().add(dates.today(), -1)
        processors, busy = len(os.sched_getaffinity(0)), os.getloadavg()[0]
        print(f"{processors} processors for gunicorn, PostgreSQL and locust together; load before: {busy:.1f}\n")
        began, heads = dates.now(), 0  # a superior's code is good once: each step has superiors of its own
        first = AGENCY + 1  # the first agency's people tell what an act costs
        with served() as (host, server):
            for path in ("/masuk/", "/gambaran-umum/") * 8:  # each process has read its templates before people come
                urllib.request.urlopen(host + path, timeout=60).close()  # noqa: S310  (our own loopback address)
            costs(host, server, day, password, notes)
            print("\n users  answers    saves  sign-ins   save ms   save ms   list ms  proc. ms   failed")
            print("             /s       /s        /s    median       95%       95%  an answer")
            for users in steps:
                environment = {
                    "LOAD_DAY": day.isoformat(), "LOAD_FIRST": str(first), "LOAD_AGENCY": str(AGENCY),
                    "LOAD_HEADS": str(heads),
                    "LOAD_PASSWORD": password, "LOAD_NOTES": str(notes), "LOAD_PATIENCE": str(given.patience),
                }  # fmt: skip
                before = processor(server)
                rows = step(host, users, given.seconds, environment)
                if told(users, rows, processor(server) - before):
                    break
                heads += users // STAFF + 1
                first += users + users // (AGENCY - 1) + 1
            time.sleep(3)  # what is still under way ends
        compared(notes, day, began)
        connection.close()
    if broken:
        raise SystemExit("Broken: " + ", ".join(name.strip() for name in broken))


if __name__ == "__main__":
    main()
