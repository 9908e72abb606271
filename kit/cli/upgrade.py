"""`kit upgrade`: a new version of the templates, merged into a region's own repository."""

from pathlib import Path

import click

from kit.cli.target import path_of
from kit.errors import UsageError
from kit.profile import load, load_moved
from kit.profile.moves import rewritten
from kit.render.region import Renderer, build_dir, own_repository, repository_of
from kit.upgrade import Report, abort, preview, proceed, state
from kit.upgrade import upgrade as run
from kit.upgrade.summary import Summary

_SHOWN = 20


@click.command(short_help="Merge a new version of the templates into a region's repository.")
@click.argument("region")
@click.option("--preview", "look", is_flag=True, help="Show what would change; nothing is touched.")
@click.option("--continue", "go_on", is_flag=True, help="End the upgrade once its conflicts are settled and added.")
@click.option("--abort", "give_up", is_flag=True, help="Give the upgrade up: the former state, exactly.")
@click.pass_context
def upgrade(ctx: click.Context, region: str, *, look: bool, go_on: bool, give_up: bool) -> None:
    """Render REGION anew on branch kit of its repository, merge that into main, and say what changed.

    REGION's own changes are never lost: where they meet the new version, the files are left in conflict for you to
    settle, then `--continue`; or `--abort`. Exit code 0: done. 1: conflicts, or a repository that cannot be upgraded.
    """
    if look + go_on + give_up > 1:
        raise UsageError("Give one of --preview, --continue and --abort.")
    path = path_of(region)
    path = path / "region.yml" if path.is_dir() else path
    if go_on or give_up:
        target = own_repository(path) or _beside(path)
        if go_on:
            click.echo(f"{target}: upgraded, commit {proceed(target)[:12]}. Next: kit deploy {region}")
        else:
            abort(target)
            click.echo(f"{target}: the upgrade is given up; everything is as it was before it.")
        return
    profile, text, moved = load_moved(path)
    target = repository_of(path, profile)
    render = Renderer().tree(profile, path, text)
    report = preview(target, render) if look else run(target, render)
    if text is not None and not look:
        _write(path, text)
    _list(f"Keys of {path} under another name", [move.words for move in moved])
    _show(report, target, region, look=look)
    if report.conflicts or report.blocked:
        ctx.exit(1)


def _write(path: Path, text: str) -> None:
    """Give the profile its new keys, where no merge has brought them."""
    own = own_repository(path)
    if own is None or (state(own).is_whole and rewritten(path.read_text(encoding="utf-8"), str(path))[1]):
        path.write_text(text, encoding="utf-8")
        if own is not None:
            click.echo(f"{path} was changed: `git commit` it.")


def _beside(path: Path) -> Path:
    """The repository of a profile in its usual folder; told without loading it where the folder bears its name."""
    target = build_dir() / path.absolute().parent.name
    return target if target.is_dir() else build_dir() / load(path).folder_name


def _show(report: Report, target: Path, region: str, *, look: bool) -> None:
    if report.summary is None:
        click.echo(f"{target}: up to date")
    else:
        _brings(report.summary, target, look=look)
    _list("The region's own files", list(report.steps))
    for one in report.overrides:
        click.echo(f"\nOverride to look at: {one.override} replaces {one.original}, which changes:")
        click.echo(one.diff)
    if report.conflicts:
        click.echo(f"\n{len(report.conflicts)} files {'would be' if look else 'are'} in conflict:")
        for conflict in report.conflicts:
            click.echo(f"  {conflict.path}: {conflict.words}")
            click.echo(f"    region: {conflict.ours or 'no commit of its own'}")
            click.echo(f"    kit:    {conflict.theirs or 'no change of its own'}")
            for place in conflict.places:
                click.echo(f"            {place}")
    if report.blocked:
        click.echo(f"\nThe upgrade itself would refuse: {report.blocked}")
    if report.conflicts and not look:
        click.echo(
            f"\nSettle them in {target} (`git add` each), then `kit upgrade {region} --continue`; "
            f"or `kit upgrade {region} --abort`. Nothing is deployed from there until then."
        )
    elif report.summary and not report.conflicts and not look:
        click.echo(f"\nMerged into main. Next: kit deploy {region}")


def _brings(summary: Summary, target: Path, *, look: bool) -> None:
    within = summary.before == summary.after
    versions = f"within kit {summary.after}" if within else f"kit {summary.before} → {summary.after}"
    click.echo(f"{target}: {versions}{' (preview, nothing is touched)' if look else ''}")
    _list("What is new", [f"{one.words} [{one.version}]" for one in summary.changelog])
    _list(
        "Files",
        [f"{one.kind}: {one.files} {'with a new mode' if one.how == 'mode' else one.how}" for one in summary.counts],
    )
    values = [f"{one.key}: {one.before or 'new'} → {one.after or 'removed'}" for one in summary.settings]
    _list("Settings", values)
    _list("Database migrations", list(summary.migrations))


def _list(title: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"\n{title}")
        for line in lines[:_SHOWN]:
            click.echo(f"  {line}")
        if len(lines) > _SHOWN:
            click.echo(f"  … and {len(lines) - _SHOWN} more")
