"""`kit verify`: the apps as a visitor meets them."""

import json

import click
from rich.markup import escape

from kit.checks.result import Report, Status
from kit.checks.site import Site
from kit.checks.verify import verify as visit
from kit.cli.servers import console
from kit.cli.target import profile_of
from kit.deploy.servers.hosts import servers_of, with_role
from kit.deploy.state import state_base
from kit.errors import KitError
from kit.profile import Profile

_MARKS = {Status.OK: "[green]✓[/]", Status.WARNING: "[yellow]![/]", Status.FAULT: "[red]✗[/]"}


@click.command()
@click.argument("region")
@click.option("--json", "as_json", is_flag=True, help="Print every outcome as JSON.")
@click.pass_context
def verify(ctx: click.Context, region: str, *, as_json: bool) -> None:
    """Visit the apps of REGION from here: pages, health, TLS, headers, files. Changes nothing on the servers.

    Exit code 0: no fault (warnings do not count). 1: faults.
    """
    profile = profile_of(region)
    report = visit(sites_of(profile))
    if as_json:
        click.echo(json.dumps({"region": profile.slug, **report.as_dict()}, ensure_ascii=False, indent=2))
    else:
        _show(report)
    ctx.exit(report.exit_code)


def sites_of(profile: Profile) -> list[Site]:
    """The enabled apps at the entry server. Raises KitError where the region's authority has not been written here."""
    data = profile.data
    address = with_role(servers_of(profile), "web")[0].address
    authority = None
    if data.hosting.tls.mode == "internal":
        file = state_base() / profile.folder_name / "servers" / f"{profile.slug}-ca.crt"
        if not file.is_file():
            raise KitError(f"The region's own authority is not at {file}. `kit setup {profile.slug}` writes it there.")
        authority = file.read_text(encoding="ascii")
    urls: dict[str, str] = profile.as_context()["net"]["base_url"]
    return [Site(profile.slug, data.region.name, app, urls[app], address, authority) for app in data.apps.enabled]


def _show(report: Report) -> None:
    out = console()
    app = ""
    for outcome in report.outcomes:
        if outcome.server != app:
            app = outcome.server
            out.print(f"\n[bold]{escape(app)}[/]")
        result = outcome.result
        mark = _MARKS.get(result.status, "-")
        out.print(f"  {mark} {escape(outcome.title)}: {escape(result.evidence)}", soft_wrap=True)
        for line in filter(None, (result.cause, result.remedy)):
            out.print(f"      {escape(line)}", soft_wrap=True)
    faults, warnings = len(report.of(Status.FAULT)), len(report.of(Status.WARNING))
    out.print(f"\n{len(report.outcomes)} checks in {report.seconds:.1f} s: {faults} faults, {warnings} warnings.")
