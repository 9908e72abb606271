"""The first administrator of each app, by a link that works once. It is told to the operator and nobody else."""

from pathlib import Path
from shlex import quote

from kit.checks.inside import manage_function
from kit.deploy.servers.hosts import Server
from kit.deploy.servers.survey import APPLIED


def link(server: Server, control: Path, app: str, email: str) -> str:
    """The one-time link of *app*'s first administrator; a sentence instead, where one has already signed in."""
    command = f"manage {quote(app)} first_admin --email {quote(email)}"
    script = f"set -eu\n{manage_function()}{command}\necho told >{APPLIED}/first-admin-{quote(app)}\n"
    return server.sudo(control, script).strip().splitlines()[-1]
