"""Ansible module: the certificate of the apps' addresses, from an ACME service by certbot."""

from __future__ import annotations

import os
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.kit_hosts import last_lines, run, set_mark

DOCUMENTATION = """
module: kit_acme
short_description: Ensure nginx has a certificate, and that it is the ACME service's.
description:
  - C(placeholder) makes a certificate that nobody trusts where there is none yet, so that nginx can start and answer
    the service's questions on port 80.
  - C(issued) gets one certificate for all hosts and puts it in nginx's place. Renewals are certbot's timer's.
options:
  state: {description: What is to be so., type: str, choices: [placeholder, issued], required: true}
  hosts: {description: Host names the certificate is for., type: list, elements: str, required: true}
  directory: {description: Address of the service., type: str, required: true}
  contact: {description: Mail address for the service., type: str, default: ""}
  digest: {description: Of all this; the mark that the certificate is for it., type: str, required: true}
author: [The replication kit's contributors]
"""
RETURN = """
changes: {description: What was got., type: list, elements: str, returned: always}
"""

_CERTIFICATE, _KEY = Path("/etc/kit/tls/site.crt"), Path("/etc/kit/tls/site.key")
_WEBROOT = Path("/var/lib/kit/acme")
_HOOK = "/etc/letsencrypt/renewal-hooks/deploy/kit"
_LINEAGE = "kit"
_SECONDS = 300


def placeholder(module: AnsibleModule) -> list[str]:
    """Make a certificate of the server's own if there is none."""
    if _CERTIFICATE.exists() and _KEY.exists():
        return []
    if not module.check_mode:
        _CERTIFICATE.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        kind = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "7")
        names = ("-subj", f"/CN={module.params['hosts'][0]}", "-keyout", str(_KEY), "-out", str(_CERTIFICATE))
        done = run("/usr/bin/openssl", "req", *kind, *names)
        if done.returncode:
            module.fail_json(msg="A first certificate could not be made.", stderr=last_lines(done.stderr))
        _KEY.chmod(0o600)
    return ["placeholder of the certificate"]


def issued(module: AnsibleModule) -> list[str]:
    """Get the certificate, put it in nginx's place, note what it is for."""
    hosts, directory, contact = (module.params[name] for name in ("hosts", "directory", "contact"))
    if module.check_mode:
        return ["certificate by ACME"]
    _WEBROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
    how = ("--non-interactive", "--agree-tos", "--force-renewal", "--renew-with-new-domains", "--no-directory-hooks")
    where = ("--webroot", "--webroot-path", str(_WEBROOT), "--cert-name", _LINEAGE, "--server", directory)
    person = ("--email", contact) if contact else ("--register-unsafely-without-email",)
    wanted = [part for host in hosts for part in ("-d", host)]
    done = run("/usr/bin/certbot", "certonly", *how, *where, *person, *wanted, timeout=_SECONDS)
    if done.returncode:
        module.fail_json(
            msg=f"{directory} gave no certificate for {', '.join(hosts)}. Mostly a name does not lead to this server "
            "yet, or port 80 cannot be reached from where the service asks. Until it is mended browsers warn visitors.",
            stderr=last_lines(f"{done.stdout}\n{done.stderr}"),
        )
    os.environ["RENEWED_LINEAGE"] = f"/etc/letsencrypt/live/{_LINEAGE}"
    done = run(_HOOK)
    if done.returncode:
        module.fail_json(msg="nginx does not take the new certificate.", stderr=last_lines(done.stderr))
    set_mark("acme", module.params["digest"])
    return ["certificate by ACME"]


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "state": {"type": "str", "choices": ["placeholder", "issued"], "required": True},
            "hosts": {"type": "list", "elements": "str", "required": True},
            "directory": {"type": "str", "required": True},
            "contact": {"type": "str", "default": ""},
            "digest": {"type": "str", "required": True},
        },
        supports_check_mode=True,
    )
    changes = {"placeholder": placeholder, "issued": issued}[module.params["state"]](module)
    module.exit_json(changed=bool(changes), changes=changes)


if __name__ == "__main__":
    main()
