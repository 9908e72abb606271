"""`kit check`: every fault of profiles, at once."""

import json

import click

from kit.profile import Report
from kit.profile import check as check_profile
from kit.profile.store import find


@click.command()
@click.argument("regions", metavar="REGION…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON.")
@click.pass_context
def check(ctx: click.Context, regions: tuple[str, ...], as_json: bool) -> None:
    """Report every fault of the profiles of REGION… as file:line:column.

    Exit code 0: no fault. 1: faults. 2: no such region.
    """
    reports = [check_profile(path) for path in dict.fromkeys(find(region) for region in regions)]
    if as_json:
        click.echo(json.dumps([_plain(report) for report in reports], ensure_ascii=False, indent=2))
    else:
        for report in reports:
            _print(report)
    ctx.exit(1 if any(report.faults for report in reports) else 0)


def _plain(report: Report) -> dict[str, object]:
    return {
        "file": report.file,
        "faults": [fault.as_dict() for fault in report.faults],
        "to_fill": [item.path for item in report.to_fill],
    }


def _print(report: Report) -> None:
    for fault in report.faults:
        click.echo(str(fault))
    if report.faults:
        count = "1 fault" if len(report.faults) == 1 else f"{len(report.faults)} faults"
        click.echo(f"{report.file}: {count}. All keys: docs/profile.md")
        return
    left = ", ".join(item.path for item in report.to_fill)
    click.echo(f"{report.file}: no fault." + (f" To fill before production: {left}" if left else ""))
