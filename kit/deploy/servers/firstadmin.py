"""The first administrator of each app, by a link that works once. It is told to the operator and nobody else."""

from pathlib import Path
from shlex import quote

from kit.deploy.servers.hosts import Server
from kit.deploy.servers.survey import APPLIED

_SCRIPT = """
set -eu
app={app} email={email}
release=$(readlink "/opt/kit/live/$app")
set -- --quiet --wait --pipe --collect "--unit=kit-$app-admin" -p "User=$app" -p "WorkingDirectory=$release/apps/$app"
set -- "$@" -p EnvironmentFile=/etc/kit/common.env -p "EnvironmentFile=/etc/kit/$app.env" -p "StateDirectory=kit/$app"
set -- "$@" -p StateDirectoryMode=0750 -E DJANGO_SETTINGS_MODULE=config.settings -E "KIT_STATE_DIR=/var/lib/kit/$app"
for key in /etc/kit/credentials/$app/*; do
    set -- "$@" -p "LoadCredential=${{key##*/}}:$key"
    [ "${{key##*/}}" != PGPASS ] || set -- "$@" -p Environment=PGPASSFILE=%d/PGPASS
done
systemd-run "$@" -- "$release/venv/bin/python" manage.py first_admin --email "$email"
echo told >{applied}/first-admin-$app
"""


def link(server: Server, control: Path, app: str, email: str) -> str:
    """The one-time link of *app*'s first administrator; a sentence instead, where one has already signed in."""
    script = _SCRIPT.format(app=quote(app), email=quote(email), applied=APPLIED)
    return server.sudo(control, script).strip().splitlines()[-1]
