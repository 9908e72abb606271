"""`kit adopt`: a copy of a rendered tree that was made by hand, put under the kit."""

from pathlib import Path

import click

from kit.upgrade.adopt import adopt as run

_SHOWN = 20


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def adopt(folder: Path) -> None:
    """Put DIR, a copy of a region's rendered tree without the kit's records, under the kit.

    The version it was copied from is found by its files; a render of that version becomes branch kit, the tree as it is
    becomes main. No file that stands there is changed. From then on `kit upgrade DIR/` works.

    Exit code 0: done. 1: no such copy, or one that cannot be taken; nothing was changed.
    """
    done = run(folder)
    click.echo(f"{folder}: under the kit as {done.version}, commit {done.commit[:12]}")
    for words in done.told:
        click.echo(f"Not tried: {words}", err=True)
    if done.differs:
        click.echo(f"{len(done.differs)} managed files are the region's own now:")
        for one in done.differs[:_SHOWN]:
            click.echo(f"  {one.path}: {one.how}")
        if len(done.differs) > _SHOWN:
            click.echo(f"  … and {len(done.differs) - _SHOWN} more")
    click.echo(f"Next: kit upgrade {folder}/ --preview")
