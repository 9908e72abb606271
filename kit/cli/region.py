"""`kit region`: make, list and show profiles."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from kit.errors import KitError, UsageError
from kit.profile import check, load
from kit.profile.checking import ToFill, check_text, fill_keys
from kit.profile.derive import folder
from kit.profile.layers import pick
from kit.profile.store import find, official, regions_dir, stored
from kit.profile.writing import known, profile_text, put


@click.group()
def region() -> None:
    """Make, list and show region profiles."""


@region.command()
@click.argument("code", metavar="CODE")
@click.option("--yes", is_flag=True, help="Ask nothing; leave the keys to fill as marked comments.")
@click.option(
    "--set", "settings", metavar="KEY=VALUE", multiple=True, help="Set a field, e.g. net.domain=mataramkota.go.id."
)
def new(code: str, yes: bool, settings: tuple[str, ...]) -> None:
    """Write the profile of the region with the official CODE, such as 52.71.

    Name, kind, province, seat, time zone, languages and terms are derived and never asked.
    """
    place = official(code)
    path = regions_dir() / folder(place.code) / "region.yml"
    if path.exists() or path.is_symlink():
        raise KitError(f"{path} is there already and stays as it is. Change it in an editor, then `kit check {code}`.")
    own = _settings(settings)
    if not yes and sys.stdin.isatty():
        _ask(own, path, place)
    text = profile_text(place, own)
    report = check_text(text, str(path), path)
    wrong = [fault for fault in report.faults if fault.found != "nothing"]
    if wrong:
        raise KitError("nothing was written:\n" + "\n".join(str(fault) for fault in wrong))
    _write_new(path, text)
    click.echo(f"wrote {path}")
    _remaining(report.to_fill, code)


def _settings(settings: tuple[str, ...]) -> dict[str, Any]:
    own: dict[str, Any] = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(
                f"--set {setting!r} has no =: write --set KEY=VALUE, e.g. --set net.domain=mataramkota.go.id"
            )
        try:
            put(own, key, value)
        except ValueError as error:
            raise UsageError(f"--set {error}") from error
    return own


def _ask(own: dict[str, Any], path: Path, place: Any) -> None:
    """Ask for the keys to fill that are not known; an empty answer leaves one for later."""
    click.echo("Leave an answer empty to fill it later.")
    for item in fill_keys():
        if pick(known(place), *item.path.split(".")) is not None or pick(own, *item.path.split(".")) is not None:
            continue
        while answer := click.prompt(f"{item.doc} ({item.path}), e.g. {item.example}", default="", show_default=False):
            trial = json.loads(json.dumps(own))
            put(trial, item.path, answer)
            faults = [
                one for one in check_text(profile_text(place, trial), str(path), path).faults if one.path == item.path
            ]
            if not faults:
                put(own, item.path, answer)
                break
            click.echo(f"  found {faults[0].found}; expected {faults[0].expected}")


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".region.yml.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    try:
        os.link(draft, path)
    except FileExistsError as error:
        raise KitError(f"{path} is there already and stays as it is.") from error
    finally:
        draft.unlink()


def _remaining(to_fill: list[ToFill], code: str) -> None:
    if not to_fill:
        click.echo(f"nothing is left to fill. Next: kit check {code}")
        return
    click.echo(f"{len(to_fill)} keys are left to fill, marked FILL in the file:")
    for item in to_fill:
        need = "required" if item.required else "before production"
        click.echo(f"  {item.path}  ({need}) {item.doc}, e.g. {item.example}")
    click.echo(f"Next: fill them, then kit check {code}")


@region.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
def list_(as_json: bool) -> None:
    """List the profiles with their state: faults, and keys left to fill."""
    total = len(fill_keys())
    rows = []
    for one in stored():
        report = check(one.path)
        name = report.profile.data.region.name if report.profile else one.slug
        filled = total - len(report.to_fill)
        rows.append(
            {
                "code": one.code,
                "slug": one.slug,
                "name": name,
                "filled": filled,
                "of": total,
                "faults": len(report.faults),
            }
        )
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo(f"no profile in {regions_dir()}. `kit region new CODE` makes one.")
        return
    width = max(len(str(row["slug"])) for row in rows)
    click.echo(f"{'CODE':<6} {'REGION':<{width}} {'FILLED':<7} STATE")
    for row in rows:
        state = f"{row['faults']} faults" if row["faults"] else "good"
        click.echo(f"{row['code']:<6} {row['slug']:<{width}} {str(row['filled']) + '/' + str(row['of']):<7} {state}")


@region.command()
@click.argument("target", metavar="REGION")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(target: str, as_json: bool) -> None:
    """Show the profile of REGION with every layer applied."""
    context = load(find(target)).as_context()
    if as_json:
        click.echo(json.dumps(context, ensure_ascii=False, indent=2))
        return
    for key, value in _flat(context, ""):
        click.echo(f"{key} = {json.dumps(value, ensure_ascii=False)}")


def _flat(value: Any, prefix: str) -> list[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        return [pair for key, item in value.items() for pair in _flat(item, f"{prefix}.{key}" if prefix else key)]
    return [(prefix, value)]
