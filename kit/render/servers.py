"""What the server files of a region's repository are rendered from: addresses, ports and names, no secret."""

from typing import Any
from urllib.parse import urlsplit


def deployment(values: dict[str, Any], apps: tuple[str, ...]) -> dict[str, Any]:
    """Facts of ``deploy/``: sites by host name, servers by role, mail, TLS. All of it has passed the schema."""
    hosting, urls = values["hosting"], values["net"]["base_url"]
    servers = hosting["servers"]
    web = [server["address"] for server in servers if "web" in server["roles"]]
    database = [server["address"] for server in servers if "db" in server["roles"]]
    split = hosting["topology"] == "split"
    smtp, sign = values["mail"]["smtp"], values["sign"]
    signs = sign["user"] or "" if sign["provider"] == "bsre" else ""
    return {
        "split": split,
        "sites": sites({app: urls[app] for app in apps}),
        "web": web,
        "database": database[0] if database else "",
        "ssh_ports": sorted({server["port"] for server in servers} or {22}),
        "tls": hosting["tls"]["mode"],
        "acme_directory": hosting["tls"]["directory"],
        "proxy_trust": values["net"]["proxy_trust"],
        "sso": values["auth"]["sso"] != "none",
        "remote_sign": sign["provider"] == "bsre",
        "sign": {"user": signs},
        "smtp": {"host": smtp["host"] or "", "port": smtp["port"], "user": smtp["user"] or ""},
        "sender": values["mail"]["sender"] or f"noreply@{values['net']['domain']}",
    }


def sites(urls: dict[str, str]) -> list[dict[str, Any]]:
    """Host names with the apps on each: ``/`` last, so that a path is never hidden by it.

    ``prefix`` has no slash at its end: "" or "/erk".
    """
    by_host: dict[str, list[dict[str, str]]] = {}
    for app, url in urls.items():
        parts = urlsplit(url)
        by_host.setdefault(parts.hostname or "", []).append({"app": app, "prefix": parts.path.rstrip("/"), "url": url})
    return [
        {"host": host, "apps": sorted(apps, key=lambda one: (-len(one["prefix"]), one["app"]))}
        for host, apps in by_host.items()
    ]
