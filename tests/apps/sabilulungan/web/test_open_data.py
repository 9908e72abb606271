"""Open data: 360Giving by its own schema, export = filter, daily files, dictionary, offline command."""

import copy
import csv
import datetime as dt
import hashlib
import io
import json
from pathlib import Path

import later
import pytest
import time_machine
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from world.test_public_privacy import NIK, PHONE, secrets

import build
from core import tasks
from core.models import User
from sabilulungan.domain import flow
from sabilulungan.enums import Action, State
from sabilulungan.interfaces import publishing
from sabilulungan.interfaces.dictionary import DICTIONARY
from sabilulungan.interfaces.exports import COLUMNS

pytestmark = pytest.mark.django_db
MARCH = later.at(2027, 3, 20)
FOLDER = Path(__file__).resolve().parents[1] / "360giving"


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(MARCH, tick=False):
        yield


@pytest.fixture(scope="module")
def _made(rows_of_file):
    with time_machine.travel(MARCH, tick=False):
        ani, budi, staff = build.user("ani"), build.user("budi"), later.LaterStaff()
        later.enact(staff)
        with time_machine.travel(build.OPEN_DAY, tick=False):
            person = build.person(ani)
        done = later.go(later.approved(ani, staff, title="Pelatihan komputer"), staff, ani, State.SELESAI)
        paid = later.go(later.approved(ani, staff, recipient=person), staff, ani, State.PELAKSANAAN)
        goods = later.go(later.approved(budi, staff, form="BARANG"), staff, budi, State.DITETAPKAN)
        later.approved(budi, staff)
        return done, paid, goods


@pytest.fixture
def world(_made, settings, tmp_path):
    """An accepted report, a person who was paid, goods that were decreed, and a proposal that is only approved."""
    settings.STATE_DIR = tmp_path
    return copy.deepcopy(_made)


def validator():
    grant, package = (
        json.loads((FOLDER / name).read_text(encoding="utf-8"))
        for name in ("360-giving-schema.json", "360-giving-package-schema.json")
    )
    reference = package["properties"]["grants"]["items"]["$ref"]
    pairs = ((grant["$id"], grant), (reference, grant), (package["$id"], package))
    registry = Registry().with_resources([(uri, DRAFT202012.create_resource(one)) for uri, one in pairs])
    checker = FormatChecker()
    checker.checks("date-time", ValueError)(_is_date_time)
    return Draft202012Validator(package, registry=registry, format_checker=checker)


def _is_date_time(value):
    if isinstance(value, str) and "T" not in value:
        return False
    return not isinstance(value, str) or dt.datetime.fromisoformat(value).tzinfo is not None


def giving(client, query=""):
    return json.loads(b"".join(client.get(f"/usulan/360giving.json{query}").streaming_content))


def test_the_package_conforms_to_the_standard(client, world):
    package = giving(client)
    assert [error.message for error in validator().iter_errors(package)] == []
    assert package["version"] == "1.4"
    assert sorted(one["amountAwarded"] for one in package["grants"]) == [12_000_000] * 3
    details = [one["toIndividualsDetails"] for one in package["grants"] if "toIndividualsDetails" in one]
    for name, values in (
        ("locationScope", [one["locationScope"] for one in package["grants"]]),
        ("grantToIndividualsReason", [one["primaryGrantReason"] for one in details]),
        ("grantToIndividualsPurpose", [code for one in details for code in one["grantPurpose"]]),
    ):
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
            assert set(values) <= {row["Code"] for row in csv.DictReader(rows)}, name


@pytest.mark.parametrize(
    "change",
    [
        {"awardDate": "16/03/2026"},
        {"currency": "RUPIAH"},
        {"amountAwarded": "45.000.000"},
        {"dateModified": "2026-03-20"},
    ],
)
def test_the_check_itself_refuses_what_the_standard_refuses(client, world, change):
    package = giving(client)
    package["grants"][0] |= change
    assert len(list(validator().iter_errors(package))) >= 1


def test_a_grant_says_what_the_case_says_and_a_person_stays_nameless(client, world):
    done, paid, _ = world
    found = {one["id"]: one for one in giving(client)["grants"]}
    grant = found[f"ID-32.73-{done.number}"]
    assert (grant["amountAppliedFor"], grant["amountDisbursed"], grant["awardDate"]) == (
        20_000_000, 12_000_000, "2027-02-01",
    )  # fmt: skip
    assert grant["recipientOrganization"][0]["name"] == done.recipient.name
    assert grant["disbursementTransaction"] == [
        {"id": f"ID-32.73-{done.number}-1", "transactionDate": "2027-03-15", "currency": "IDR", "value": 12_000_000}
    ]
    person = found[f"ID-32.73-{paid.number}"]
    assert person["recipientIndividual"] == {
        "id": f"ID-32.73-perorangan-{paid.number}", "name": "Penerima perorangan",
    }  # fmt: skip
    assert [word for word in ("Rosidah", "Sakit jantung", paid.recipient.public_id) if word in json.dumps(person)] == []


def test_check_11_no_personal_number_in_any_daily_file(world):
    publishing.publish(publishing.folder())
    hidden = secrets()
    for name in publishing.FILES:
        text = (publishing.folder() / name).read_text(encoding="utf-8")
        assert [value for value in hidden if value in text] == [], name
        assert (NIK.findall(text), PHONE.findall(text)) == ([], []), name


def test_export_is_the_current_filter(client, world):
    done, _, goods = world
    found = giving(client, "?jenis=HIBAH&hasil=dilaporkan")
    assert [one["id"] for one in found["grants"]] == [f"ID-32.73-{done.number}"]
    assert f"ID-32.73-{goods.number}" in {one["id"] for one in giving(client, "?jenis=HIBAH")["grants"]}
    page = client.get("/usulan/?jenis=HIBAH&hasil=dilaporkan").content.decode()
    assert "/usulan/360giving.json?jenis=HIBAH&amp;hasil=dilaporkan" in page


def test_the_dictionary_names_every_column():
    assert tuple(DICTIONARY) == COLUMNS


def test_daily_files_are_whole_hashed_and_replaced(client, world):
    assert "Berkas harian dibuat setiap malam." in client.get("/data-terbuka/").content.decode()
    assert tasks.run("terbitkan_data_terbuka").startswith("4 files, ")
    manifest = publishing.published()
    for name, one in manifest["berkas"].items():
        response = client.get(f"/data-terbuka/{name}")
        content = b"".join(response.streaming_content)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (one["sha256"], one["bita"])
    page = client.get("/data-terbuka/").content.decode()
    assert manifest["berkas"]["usulan.csv"]["sha256"][:16] in page
    rows = list(csv.DictReader(io.StringIO((publishing.folder() / "usulan.csv").read_text(encoding="utf-8-sig"))))
    done, _, _ = world
    auditor = User.objects.get(username="auditor")
    flow.perform(done, Action.TEMUAN, auditor, data={"amount": 1_000_000}, note="Kuitansi palsu.")
    tasks.run("terbitkan_data_terbuka")
    again = list(csv.DictReader(io.StringIO((publishing.folder() / "usulan.csv").read_text(encoding="utf-8-sig"))))
    changed = [row["nomor"] for row, old in zip(again, rows, strict=True) if row != old]
    assert changed == [done.number]
    assert sorted(path.name for path in publishing.folder().iterdir()) == sorted(
        [*publishing.FILES, publishing.MANIFEST]
    )
    assert client.get("/data-terbuka/isi.json").status_code == 404


def test_the_offline_command_writes_the_same(world, tmp_path, capsys):
    call_command("export_open_data", str(tmp_path / "luring"))
    publishing.publish(publishing.folder())
    for name in publishing.FILES:
        assert (tmp_path / "luring" / name).read_bytes() == (publishing.folder() / name).read_bytes()
    assert capsys.readouterr().out.count(" bytes") == 4
    (tmp_path / "berkas").write_text("x")
    with pytest.raises(CommandError, match="is a file: name a folder"):
        call_command("export_open_data", str(tmp_path / "berkas"))
