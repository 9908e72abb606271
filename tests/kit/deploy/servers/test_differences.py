"""What differs between what a server is and what it should be."""

from dataclasses import replace

import pytest

from kit.deploy.servers.desired import Desired
from kit.deploy.servers.differences import differences
from kit.deploy.servers.survey import FileFound, Found, UnitFound


def test_a_ready_server_differs_in_nothing(wanted: Desired, ready: Found) -> None:
    assert differences(wanted, ready) == {}


def test_a_bare_server_differs_in_everything(wanted: Desired, bare: Found) -> None:
    assert differences(wanted, bare) == {
        "base": ["package python3", "package python3-apt", "package nginx", "user hayu"],
        "access": ["file /etc/ssh/sshd_config.d/10-kit.conf", "service ssh"],
        "database": ["database hayu"],
        "release": ["release a1b2c3d4e5f6"],
        "app": ["file /etc/kit/credentials/hayu/SECRET_KEY", "app hayu release a1b2c3d4e5f6"],
        "web": [
            "file /etc/nginx/kit/app.conf",
            "no file /etc/nginx/sites-enabled/default",
            "service nginx",
            "unit nginx.service",
            "unit kit-clock@hayu.timer",
        ],
    }


@pytest.mark.parametrize(
    "found", [FileFound(0o666, "root:root", "d"), FileFound(0o644, "hayu:hayu", "d"), FileFound(0o644, "root:root", "")]
)
def test_mode_owner_and_content_of_a_file_count(wanted: Desired, ready: Found, found: FileFound) -> None:
    path = "/etc/nginx/kit/app.conf"
    digest = ready.files[path].digest
    ready.files[path] = replace(found, digest=found.digest and digest)
    assert differences(wanted, ready) == {"web": [f"file {path}"]}


def test_a_service_killed_before_its_reload_is_told(wanted: Desired, ready: Found) -> None:
    ready.marks["nginx"] = "another"
    assert differences(wanted, ready) == {"web": ["service nginx"]}


def test_an_unhealthy_app_is_started_again(wanted: Desired, ready: Found) -> None:
    ready.health["hayu"] = {"status": "unavailable"}
    assert differences(wanted, ready) == {"app": ["app hayu release a1b2c3d4e5f6"]}


def test_an_older_instance_is_retired_and_a_timer_is_none(wanted: Desired, ready: Found) -> None:
    ready.instances = {"kit-hayu@old.service", "kit-hayu@a1b2c3d4e5f6.service", "kit-clock@hayu.service"}
    assert differences(wanted, ready) == {"retire": ["retire kit-hayu@old.service"]}


def test_a_unit_its_own_conditions_keep_from_running_is_no_difference(wanted: Desired, ready: Found) -> None:
    ready.units["nginx.service"] = UnitFound(enabled=True, active=False, condition=False)
    assert differences(wanted, ready) == {}
    ready.units["nginx.service"] = UnitFound(enabled=True, active=False, condition=True)
    assert differences(wanted, ready) == {"web": ["unit nginx.service"]}


def test_a_changed_secret_restarts_the_app_and_is_not_named_by_its_value(wanted: Desired, ready: Found) -> None:
    path = "/etc/kit/credentials/hayu/SECRET_KEY"
    ready.files[path] = FileFound(0o600, "root:root", "0" * 64)
    ready.marks["app-hayu"] = "before"
    assert differences(wanted, ready) == {"app": [f"file {path}", "app hayu release a1b2c3d4e5f6"]}
    assert "geheim" not in repr(wanted)
