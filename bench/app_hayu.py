"""How Hayu bears a city's years: 200,000 permits and reports, 50,000 applications, on SQLite in a temporary directory.

    .venv/bin/python bench/app_hayu.py [SHARE]

SHARE (1 by default) makes everything smaller: 0.05 for a quick look. Times are medians; ratios compare pages of one
run on one machine. Ends with 1 when a limit is broken.
"""

import datetime as dt
import os
import secrets
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measure import broken, line, median, side_by_side

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests/apps/hayu"), str(ROOT / "tests/apps"), str(ROOT)]
PLACE = tempfile.mkdtemp(prefix="kit-bench-hayu-")
os.environ["KIT_STATE_DIR"] = PLACE


import regions  # noqa: E402

os.environ["KIT_REGION_DIRS"] = regions.BANDUNG
import support  # noqa: E402

support.prepare("hayu")

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from core import codes, dates, wilayah  # noqa: E402
from core.calendar import calendar  # noqa: E402
from core.models import RoleAssignment, User  # noqa: E402
from hayu.domain import catalogue  # noqa: E402
from hayu.domain.permits import certificates, clock, signers, signing  # noqa: E402
from hayu.enums import AppState, Channel, PermitState, Signature, State  # noqa: E402
from hayu.models import Application, Permit, Report, SigningBatch  # noqa: E402

SHARE = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
SMALL, LARGE, APPLICATIONS = (round(SHARE * number) for number in (20_000, 200_000, 50_000))
SIGNED = 200
PASSPHRASE = secrets.token_urlsafe(12)


def person(username: str, role: str) -> User:
    """Return an account with one role."""
    user = User.objects.create(
        username=username, full_name=username.title(), email=f"{username}@contoh.invalid",
        password=make_password(PASSPHRASE),
    )  # fmt: skip
    RoleAssignment.objects.create(user=user, role=role, valid_from=dt.date(2020, 1, 1))
    return user


def fill(first: int, last: int, officer: User) -> None:
    """Make permits and reports, half and half, with numbers from `first` to `last`."""
    places, today = wilayah.villages(), dates.today()
    version = catalogue.version_for("SIP-NAKES")
    for begin in range(first, last, 5000):
        permits, reports = [], []
        for number in range(begin, min(begin + 5000, last)):
            place = places[number % len(places)]
            common = {"code": codes.new_code(), "village_code": place.code, "district_code": place.parent}
            if number % 2:
                permits.append(Permit(
                    state=PermitState.BERLAKU, number=f"503/{number}", type_version=version, type_code=version.code,
                    holder_name="Ani Suryani", nik_token=f"t{number}", object_text=f"Klinik {number}",
                    address="Jl. Contoh 1", issued_on=today, starts_on=today, signer_post="Kepala Dinas",
                    signature=Signature.BASAH, imported=True, **common,
                ))  # fmt: skip
            else:
                reports.append(Report(
                    state=State.TERDAFTAR, number=f"L-{number}", filed_by=officer, channel=Channel.LOKET,
                    consent="arsip", holder_name="Ani Suryani", nik_token=f"t{number}", business_name=f"Usaha {number}",
                    kbli_version="2025", kbli_code="47112", scale="mikro", capital=5_000_000, address="Jl. Contoh 1",
                    address_key=f"a{number}", statement_at=dates.now(), registered_at=dates.now(), confirmed_on=today,
                    **common,
                ))  # fmt: skip
        Permit.objects.bulk_create(permits)
        Report.objects.bulk_create(reports)


def applications(count: int, officer: User, state: str, **columns: Any) -> None:
    """Make applications of the past months, a third of them with a pause on the clock."""
    version = catalogue.version_for("SIP-NAKES")
    place, answers = wilayah.villages()[0], {"tempat_praktik": "Klinik Melati", "profesi": "Perawat", "nomor_str": "1"}
    today, before = dates.today(), Application.objects.count()
    for begin in range(before, before + count, 5000):
        rows = []
        for number in range(begin, min(begin + 5000, before + count)):
            sent = calendar().add(today, -(3 + number % 20))
            marks = [[sent.isoformat(), True]]
            if number % 3 == 0:
                marks += [[calendar().add(sent, 1).isoformat(), False], [calendar().add(sent, 3).isoformat(), True]]
            closed = {"decided_at": dates.now()} if state in AppState.closed() else {}
            rows.append(Application(
                state=state, receipt=f"R-{number:06}", type_version=version, type_code=version.code, filed_by=officer,
                channel=Channel.LOKET, consent="arsip", holder_name="Ani Suryani", nik_token=f"t{number}",
                village_code=place.code, district_code=place.parent, address="Jl. Contoh 1", answers=answers,
                sent_at=dates.at(sent), sla_days=5, marks=marks, due_on=today, **closed,
                **{key: value(number) if callable(value) else value for key, value in columns.items()},
            ))  # fmt: skip
        Application.objects.bulk_create(rows)


def pages(size: int) -> dict[str, float]:
    """Measure the public pages at a size, and return their medians in milliseconds."""
    visitor = Client()
    code = Permit.objects.order_by("-pk").values_list("code", flat=True)[0]
    with CaptureQueriesContext(connection) as queries:
        visitor.get(f"/cek/{code}/")
    line(f"/cek of a permit, {size:,} on record: queries", f"{len(queries)}", "limit 4", good=len(queries) <= 4)
    spent = side_by_side(lambda: visitor.get("/cek/"), lambda: visitor.get(f"/cek/{code}/"))
    ratio = spent[1] / spent[0]
    line(f"/cek against the empty form of the page, {size:,}", f"{ratio:.2f} x", "limit 3 x", good=ratio <= 3)
    found = {"/cek/ without a code": spent[0], "/cek/ with a code": spent[1]}
    for address in ("/daftar-izin/", "/daftar-usaha/", "/peta/"):
        found[address] = median(lambda address=address: visitor.get(address), 10)
    return found


def queue(checker: User) -> None:
    """Count the queries of the officer's queue for 1, 3 and 25 rows, and time it full."""
    client = Client()
    client.force_login(checker)
    for rows in (1, 3, 25):
        applications(rows - Application.objects.filter(state=AppState.DIAJUKAN).count(), checker, AppState.DIAJUKAN)
        client.get("/antrean/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/antrean/")
        line(f"officer's queue, {rows} rows: queries", f"{len(queries)}", "limit 8", good=len(queries) <= 8)


def signatures(signer: User) -> None:
    """Draw one certificate, and sign a batch as the job does."""
    applications(
        SIGNED,
        signer,
        AppState.MENUNGGU_TTE,
        permit_number=lambda n: f"503/TTE/{n}",
        permit_code=lambda _n: codes.new_code(),
    )
    one = Application.objects.filter(state=AppState.MENUNGGU_TTE).select_related("type_version")[0]
    spent = median(lambda: certificates.draw(one, Signature.UJI_COBA, dates.now()), 10)
    line("a certificate drawn as PDF/A", f"{spent:.0f} ms", "limit 500 ms", good=spent <= 500)
    lines = list(Application.objects.filter(state=AppState.MENUNGGU_TTE).values_list("pk", "version"))
    batch = signing.queue(lines, signer, PASSPHRASE)
    began = time.perf_counter()
    while signing.run(batch, signers.TrialSigner(), until=dates.now() + dt.timedelta(seconds=5)):
        line("  signed so far", f"{SigningBatch.objects.get(pk=batch.pk).done} / {len(lines)}")
    spent = time.perf_counter() - began
    done = not batch.refused and Permit.objects.filter(imported=False).count() == len(lines)
    line(f"{len(lines)} certificates signed in one batch", f"{spent:.1f} s", "all of them", good=done)


def main() -> None:
    """Fill, measure, fill more, measure again."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    checker, signer = person("verifikator", "VERIFIKATOR"), person("kepala", "PENANDATANGAN")
    fill(0, SMALL, checker)
    small = pages(SMALL)
    fill(SMALL, LARGE, checker)
    large = pages(LARGE)
    for name in small:
        line(f"growth of {name}, {SMALL:,} to {LARGE:,}", f"{small[name]:.1f} to {large[name]:.1f} ms")
    queue(checker)
    applications(APPLICATIONS // 4, checker, AppState.VERIFIKASI_BERKAS)
    applications(APPLICATIONS - APPLICATIONS // 4, checker, AppState.DIBATALKAN)
    began = time.perf_counter()
    changed = clock.recompute(dates.today(), closed=True)
    spent = time.perf_counter() - began
    line(f"service clocks of {APPLICATIONS:,} applications read anew", f"{spent:.1f} s", "limit 30 s", good=spent <= 30)
    line("  of which changed and written", f"{changed:,}")
    signatures(signer)


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(PLACE, ignore_errors=True)
    sys.exit(1 if broken else 0)
