"""What differs between what a server is and what it should be."""

from dataclasses import replace

import pytest

from kit.deploy.servers.desired import Acme, Desired, secret_file
from kit.deploy.servers.differences import differences
from kit.deploy.servers.survey import FileFound, Found, UnitFound


def test_a_ready_server_differs_in_nothing(wanted: Desired, ready: Found) -> None:
    assert differences(wanted, ready) == {}


def test_a_bare_server_differs_in_everything(wanted: Desired, bare: Found) -> None:
    assert differences(wanted, bare) == {
        "base": ["package python3", "package zstd", "package nginx", "user hayu"],
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


def test_a_hook_that_did_not_end_well_for_this_release_is_owed(wanted: Desired, ready: Found) -> None:
    with_hooks = replace(wanted, hooks=("after-deploy", "before-deploy"))
    ready.marks["after-deploy"] = "another"
    assert differences(with_hooks, ready) == {"retire": ["hook after-deploy"]}
    ready.marks["after-deploy"] = wanted.release
    assert differences(with_hooks, ready) == {}


def test_databases_that_are_there_are_kept_before_a_release(wanted: Desired, ready: Found) -> None:
    new = replace(wanted, point="a1b2c3d4e5f6")
    assert differences(new, ready) == {"point": ["backup point before release a1b2c3d4e5f6"]}
    ready.points = {"a1b2c3d4e5f6"}
    assert differences(new, ready) == {}
    ready.points, ready.databases = set(), set()
    assert differences(new, ready) == {"database": ["database hayu"]}


def test_a_certificate_by_acme_counts_by_what_it_is_for_and_how_long_it_lasts(wanted: Desired, ready: Found) -> None:
    acme = Acme(("hayu.mataramkota.go.id",), "https://acme.test/dir", "it@mataramkota.go.id")
    wanted = replace(wanted, acme=acme)
    ready.marks["acme"], ready.certificate_lasts = acme.digest, True
    assert differences(wanted, ready) == {}
    for mark, lasts in ((acme.digest, False), (replace(acme, directory="https://other.test/dir").digest, True)):
        ready.marks["acme"], ready.certificate_lasts = mark, lasts
        assert differences(wanted, ready) == {"web": ["certificate by ACME"]}


def test_the_regions_time_zone_counts(wanted: Desired, ready: Found) -> None:
    ready.time_zone = "Asia/Makassar"
    assert differences(replace(wanted, time_zone="Asia/Makassar"), ready) == {}
    assert differences(replace(wanted, time_zone="Asia/Jakarta"), ready) == {"base": ["time zone Asia/Jakarta"]}


def test_passwords_are_set_anew_when_they_changed(wanted: Desired, ready: Found) -> None:
    ready.marks["passwords"] = "old"
    assert differences(replace(wanted, passwords="new"), ready) == {"database": ["passwords of the apps' roles"]}
    assert differences(replace(wanted, passwords="old"), ready) == {}


def test_a_timer_of_another_server_is_ended_here(wanted: Desired, ready: Found) -> None:
    name = "kit-clock@hayu.timer"
    elsewhere = replace(wanted, services=("nginx.service",), idle=(name,))
    assert differences(elsewhere, ready) == {"web": [f"no unit {name}"]}
    ready.units[name] = UnitFound(enabled=False, active=False, condition=True)
    assert differences(elsewhere, ready) == {}


def test_a_key_that_a_group_reads_belongs_to_it(wanted: Desired, ready: Found) -> None:
    key = secret_file("/etc/kit/tls/database.key", "tls/database.key", "geheim", "", "postgres")
    ready.files[key.path] = FileFound(0o640, "root:root", key.digest)
    wanted = replace(wanted, files=(*wanted.files, key))
    assert differences(wanted, ready) == {"base": [f"file {key.path}"]}
    ready.files[key.path] = FileFound(0o640, "root:postgres", key.digest)
    assert differences(wanted, ready) == {}
