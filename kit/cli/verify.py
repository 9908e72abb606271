"""`kit verify`: whether a region's servers do what they are there for, from outside and from inside."""

import json

import click
from rich.console import Console

from kit.checks.result import Report, Status
from kit.checks.target import Target, target_of
from kit.checks.verify import verify as examine
from kit.cli import outcomes
from kit.cli.servers import console
from kit.cli.target import with_servers
from kit.deploy.servers.sites import sites_of


@click.command()
@click.argument("region")
@click.option("--json", "as_json", is_flag=True, help="Print every outcome as JSON.")
@click.option("-v", "--verbose", is_flag=True, help="Show the checks that found nothing, too.")
@click.pass_context
def verify(ctx: click.Context, region: str, *, as_json: bool, verbose: bool) -> None:
    """Visit the apps of REGION as citizens and officers do, and look at its servers over SSH. Leaves nothing behind.

    From outside: pages, health, TLS, headers, files, ports. On the servers: units, database roles, migrations, audit
    chain, outbox, disk, clock, and a rehearsal of each app's main story that is rolled back.

    Exit code 0: no fault (warnings do not count). 1: faults. 2: wrong usage. 3: a server could not be entered.
    """
    profile = with_servers(region)
    target = target_of(profile)
    sites = sites_of(profile)
    out = console()
    if as_json:
        report = examine(target, sites)
        click.echo(json.dumps({"region": profile.slug, **report.as_dict()}, ensure_ascii=False, indent=2))
    else:
        with out.status("Visiting the apps and asking the servers …"):
            report = examine(target, sites)
        show(out, target, report, verbose=verbose)
    ctx.exit(report.exit_code)


def show(out: Console, target: Target, report: Report, *, verbose: bool) -> None:
    """Print what was found, and what comes next."""
    if report.unreachable:
        after = f"Not entered: {', '.join(report.unreachable)}. What is wrong there: kit doctor {target.region}"
    elif report.of(Status.FAULT):
        after = f"Mend the faults, then again: kit verify {target.region}"
    else:
        after = "Everything does what it is there for."
    summary = f"{len(report.outcomes)} checks in {report.seconds:.1f} s: {outcomes.found(report)}. {after}"
    outcomes.show(out, target, report, summary, verbose=verbose)
