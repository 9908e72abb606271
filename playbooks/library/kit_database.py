"""Ansible module: a role and a database for each app."""

from __future__ import annotations

import os
import pwd
import subprocess

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.kit_hosts import mark_of, set_mark

DOCUMENTATION = """
module: kit_database
short_description: Ensure each app has its role and its database in PostgreSQL.
description:
  - The role owns the database and nothing else. A database that is there is left as it is.
  - Passwords are only needed where apps come in over the network; PostgreSQL keeps them as SCRAM.
options:
  names: {description: Apps; each names a role and a database., type: list, elements: str, required: true}
  password: {description: "Name of a role's secret, C({app}) in it for the app; empty: none.", type: str, default: ""}
  secrets: {description: Secrets by name., type: dict, default: {}}
  digest: {description: "Of the passwords; they are set anew when it changes.", type: str, default: ""}
author: [The replication kit's contributors]
"""
RETURN = """
changes: {description: What was made., type: list, elements: str, returned: always}
"""


_MARK = "passwords"


def psql(sql: str, database: str = "postgres") -> str:
    """Run SQL as PostgreSQL's own administrator; it goes over standard input, never into a process list."""
    account = pwd.getpwnam("postgres")
    done = subprocess.run(
        ["/usr/bin/psql", "-XqtA", "-v", "ON_ERROR_STOP=1", "-d", database],
        input=sql,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=os.getgrouplist("postgres", account.pw_gid),
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[0] if done.stderr.strip() else "psql failed")
    return done.stdout


def identifier(name: str) -> str:
    """*name* quoted as SQL wants it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """*text* as an SQL text."""
    return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "names": {"type": "list", "elements": "str", "required": True},
            "password": {"type": "str", "default": "", "no_log": False},
            "secrets": {"type": "dict", "default": {}, "no_log": True},
            "digest": {"type": "str", "default": ""},
        },
        supports_check_mode=True,
    )
    names, secret, digest = (module.params[key] for key in ("names", "password", "digest"))
    secrets = module.params["secrets"]
    try:
        roles = set(psql("select rolname from pg_roles").split())
        there = set(psql("select datname from pg_database").split())
        changes = [f"database {name}" for name in names if name not in there]
        anew = bool(secret) and mark_of(_MARK) != digest
        changes += ["passwords of the apps' roles"] if anew else []
        if not module.check_mode:
            for name in names:
                if name not in roles:
                    psql(f"create role {identifier(name)} login nosuperuser nocreatedb nocreaterole")
                if anew:
                    psql(f"alter role {identifier(name)} password {literal(secrets[secret.replace('{app}', name)])}")
                if name not in there:
                    owner, settings = identifier(name), "template template0 encoding 'UTF8' locale 'C.UTF-8'"
                    psql(f"create database {identifier(name)} owner {owner} {settings}")
                    psql(f"revoke all on database {identifier(name)} from public")
            if anew:
                set_mark(_MARK, digest)
    except (RuntimeError, OSError, KeyError) as error:
        module.fail_json(msg=f"PostgreSQL refused: {error}")
    module.exit_json(changed=bool(changes), changes=changes)


if __name__ == "__main__":
    main()
