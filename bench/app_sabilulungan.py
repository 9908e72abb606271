"""How Sabilulungan bears a province's years: 100,000 proposals with documents, photos, log rows and flags.

    .venv/bin/python bench/app_sabilulungan.py [SHARE]

A private PostgreSQL (the system's binaries), gunicorn with one process as each processor of a server has it, and the
system's nginx with the micro-cache of `deploy/web` (without its limits a visitor, which one client would meet at once).
SHARE (1 by default) makes everything smaller: 0.05 for a quick look. Times are medians of one connection; ratios
compare pages of one run on one machine, the one to an empty view by processor time, which a busy machine leaves alone.
Measured at a tenth and at the whole. Ends with 1 when a limit is broken.
"""

import datetime as dt
import os
import re
import shutil
import socket
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from measure import ROUNDS, broken, line, median, processor, side_by_side
from servers import Local, gunicorn, nginx, workers

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/apps")]
APP = ROOT / "templates/sabilulungan/{{cookiecutter.app}}"
PLACE = Path(tempfile.mkdtemp(prefix="kit-bench-sabilulungan-"))
SHARE = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
SMALL, LARGE = round(SHARE * 10_000), round(SHARE * 100_000)
RATE_SECONDS, CLIENTS = 4, 8
SETTLED = 0.005  # seconds after which a worker has put everything of a request away


def prepare(address: str) -> None:
    """Start Django on an empty database with Kota Bandung's rendered data, and migrate."""
    import psycopg

    import support

    with psycopg.connect(address.format(app="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE sabilulungan")
    os.environ |= {"DATABASE_URL": address.format(app="sabilulungan"), "KIT_STATE_DIR": str(PLACE)}
    support.prepare("sabilulungan")
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def fill(first: int, last: int) -> object:
    """Bring the register from one size to another; return the clerk who entered it."""
    import sabilulungan_register as register
    from django.db import connection

    from core.models import RoleAssignment, User

    clerk, new = User.objects.get_or_create(username="petugas", defaults={"full_name": "Petugas Contoh"})
    if new:
        for role in ("TU", "TP"):
            RoleAssignment.objects.create(user=clerk, role=role, valid_from=dt.date(2020, 1, 1))
    began = time.monotonic()
    register.recipients(first * 7 // 10, last * 7 // 10, clerk)
    register.proposals(first, last, clerk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    line(f"{last:,} proposals, filled", f"{time.monotonic() - began:.0f} s")
    return clerk


def addresses() -> dict[str, str]:
    """Return the pages that are measured, by what they are called in the table."""
    from sabilulungan.models import Proposal

    case = Proposal.objects.public().filter(state="SELESAI", kind="HIBAH").select_related("recipient")[0]
    filters = f"tahun={case.budget_year}&jenis=HIBAH&kecamatan={case.district_code}"
    return {
        "list": "/usulan/",
        "list, three filters": f"/usulan/?{filters}",
        "list, last page": "/usulan/?hal=999999",
        "search": "/usulan/?cari=pelatihan+menjahit",
        "detail": f"/usulan/{case.number}/",
        "recipient": f"/penerima/{case.recipient.public_id}/",
        "start page": "/",
        "statistics": "/statistik/",
        "API": "/api/v1/usulan",
    }


def queries(clerk: object) -> None:
    """Count what the database is asked, for a visitor and for an officer with two desks."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    visitor, officer = Client(), Client()
    officer.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    pages = addresses()
    for name, client, limit in (
        ("list, three filters", visitor, 4), ("list, three filters", officer, 8),
        ("search", visitor, 4), ("detail", visitor, 8),
    ):  # fmt: skip
        client.get(pages[name])
        with CaptureQueriesContext(connection) as asked:
            client.get(pages[name])
        who = "visitor" if client is visitor else "officer"
        line(f"{name}, {who}: queries", f"{len(asked)}", f"limit {limit}", good=len(asked) <= limit)


def pages(size: int) -> dict[str, float]:
    """Measure every page at a size over gunicorn; return the medians in milliseconds."""
    found = {}
    with gunicorn(APP, PLACE) as server:
        app = Local(PLACE / "app.sock")
        for name, address in addresses().items():
            plain, found[name] = side_by_side(
                lambda: app.page("/usulan/"), lambda address=address: app.page(address), rounds=20
            )
            if name == "search":
                ratio = found[name] / plain
                line(f"search, to the plain list, {size:,}", f"{ratio:.2f} x", "limit 3 x", good=ratio <= 3)
        filtered = addresses()["list, three filters"]
        empty, page = _costs(app, ["/kosong/", filtered], workers(server, "sabilulungan"))
        words, good = f"{page:.1f} / {empty:.1f} ms", page <= 20 * empty
        line(f"list, three filters, to an empty view, {size:,}: processor", words, "limit 20 x", good=good)
    return found


def _costs(app: Local, asked: list[str], served_by: list[int]) -> list[float]:
    """Return the median processor time of pages asked in turn, in milliseconds, in the app and in the database."""
    spent: list[list[float]] = [[] for _ in asked]
    for _ in range(ROUNDS):
        for address, times in zip(asked, spent, strict=True):
            before = processor(served_by)
            app.page(address)
            time.sleep(SETTLED)
            times.append(processor(served_by) - before)
    return [statistics.median(times) for times in spent]


def export(size: int) -> None:
    """Stream the whole register as CSV and watch the server's memory from the first tenth on."""
    with gunicorn(APP, PLACE) as server:
        worker = workers(server, "sabilulungan")[0]
        app = Local(PLACE / "app.sock")
        app.page("/usulan/")
        app.request("GET", "/usulan/unduh.csv")
        answer, rows, settled, most, began = app.getresponse(), 0, 0.0, 0.0, time.monotonic()
        while piece := answer.read(1 << 20):
            rows += piece.count(b"\n")
            held = _memory(worker)
            settled = settled or (held if rows > size / 10 else 0.0)
            most = max(most, held)
        spent = time.monotonic() - began
    grown = most - settled
    line(f"CSV of {rows - 1:,} rows", f"{spent:.1f} s", f"of {size:,}", good=rows - 1 == size)
    line("  memory of the server grown after the first tenth", f"{grown:.1f} MiB", "limit 8 MiB", good=grown <= 8)


def _memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def duplicates(clerk: object, size: int) -> None:
    """Compare one new proposal with all others; what it finds is taken back each time."""
    import sabilulungan_register as register
    from django.db import transaction

    from sabilulungan.domain import copied_photos, flags

    draft, rules = register.newcomer(clerk), set()

    def scan() -> None:
        with transaction.atomic():
            rules.update(flag.rule for flag in flags.scan(draft))
            transaction.set_rollback(True)

    spent = median(scan, 10)
    line(f"duplicate check against {size:,}", f"{spent:.0f} ms", "limit 500 ms", good=spent <= 500)
    copies = [copy.different for copy in copied_photos.copies_of(draft)]
    line("  copies of its photograph, bits that differ", str(copies), "[3]", good=copies == [3])
    line("  found", ", ".join(sorted(rules)), "F01, F04, F05, F06 at least", good={"F01", "F04", "F05", "F06"} <= rules)


def rate(header: str = "") -> float:
    """Return how many public lists a second nginx gives to some clients at once."""
    request = f"GET /usulan/ HTTP/1.1\r\nHost: localhost\r\n{header}\r\n".encode()
    served, until = [0] * CLIENTS, time.monotonic() + RATE_SECONDS

    def ask(client: int) -> None:
        with socket.socket(socket.AF_UNIX) as link:
            link.connect(f"{PLACE}/front.sock")
            while time.monotonic() < until:
                link.sendall(request)
                answer = link.recv(1 << 18)
                while b"\r\n\r\n" not in answer:
                    answer += link.recv(1 << 18)
                head, _, body = answer.partition(b"\r\n\r\n")
                left = int(re.search(rb"(?i)content-length: (\d+)", head)[1]) - len(body)  # type: ignore[index]
                while left:
                    left -= len(link.recv(1 << 18))
                served[client] += b" 200 " in head[:15]

    began = time.monotonic()
    threads = [threading.Thread(target=ask, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(served) / (time.monotonic() - began)


def micro_cache() -> None:
    """Compare the public list out of nginx's cache with the same list from the app."""
    with gunicorn(APP, PLACE), nginx(PLACE):
        front = Local(PLACE / "front.sock")
        front.page("/usulan/")
        slow, fast = rate("Authorization: melewati simpanan\r\n"), rate()
    ratio = fast / slow
    line("public list, from the app", f"{slow:.0f} a second")
    line("public list, from the micro-cache", f"{fast:.0f} a second", f"{ratio:.0f} x, limit 50 x", good=ratio >= 50)


def main() -> None:
    """Fill, measure, fill more, measure again."""
    from kit.suite import postgres

    with postgres.server() as address:
        prepare(address)
        from django.db import connection

        clerk = fill(0, SMALL)
        small = pages(SMALL)
        fill(SMALL, LARGE)
        queries(clerk)
        large = pages(LARGE)
        for name, before in small.items():
            after = large[name]
            words = f"{before:.1f} to {after:.1f} ms"
            line(f"{name}, {SMALL:,} to {LARGE:,}", words, "limit 10 x", good=after <= 10 * before)
        export(LARGE)
        duplicates(clerk, LARGE)
        micro_cache()
        connection.close()


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(PLACE, ignore_errors=True)
    sys.exit(1 if broken else 0)
