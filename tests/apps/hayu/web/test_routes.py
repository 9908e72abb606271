"""Every address of the app × every role, compared with one table of permissions."""

import pytest
from django.test import Client
from django.urls import reverse

from hayu.enums import State
from hayu.web import urls

# anonymous, the owner, another applicant, then the offices. 302 without an account leads to signing in.
ROLES = ("nobody", "owner", "stranger", "desk", "inspector", "signer", "admin", "auditor", "checker")
EVERYBODY = (200,) * 9
SIGNED_IN = (302,) + (200,) * 8
READERS = (302, 200, 404, 404, 200, 200, 404, 200, 404)  # a report filed from home: owner, inspector, head, auditor
OWNER = (302, 200, 404, 404, 403, 403, 404, 403, 404)  # others who may read it may not do what is the owner's
NOT_POST = (302,) + (405,) * 8

TABLE = {
    "home": EVERYBODY,
    "wishes": EVERYBODY,
    "wizard": EVERYBODY,
    "catalogue": EVERYBODY,
    "permit": EVERYBODY,
    "register": EVERYBODY,
    "statistics": EVERYBODY,
    "check": EVERYBODY,
    "check_code": EVERYBODY,
    "compare": (405,) * 9,
    "mine": SIGNED_IN,
    "begin": NOT_POST,
    "report": READERS,
    "draft_business": (302, 200, 404, 404, 404, 404, 404, 404, 404),
    "draft_owner": (302, 200, 404, 404, 404, 404, 404, 404, 404),
    "draft_send": (302, 200, 404, 404, 404, 404, 404, 404, 404),
    "draft_discard": NOT_POST,
    "act:perbarui": OWNER,
    "act:tutup": OWNER,
    "act:naik_kelas": (302, 200, 404, 404, 200, 403, 404, 403, 404),
    "act:periksa_pengaduan": (302, 403, 404, 404, 200, 403, 404, 403, 404),
    "act:bekukan": (302, 403, 404, 404, 403, 200, 404, 403, 404),
    "act:batalkan": (302, 403, 404, 404, 403, 200, 404, 403, 404),
    "receipt": READERS,
    "receipt_pdf": READERS,
    "work": (302, 302, 302, 200, 200, 200, 200, 200, 302),
    "desk": (302, 403, 403, 200, 403, 403, 403, 403, 403),
    "files": (302, 403, 403, 403, 200, 200, 403, 200, 403),
    "settings": (302, 403, 403, 403, 403, 403, 200, 200, 403),
}


def _named() -> set[str]:
    return {pattern.name for pattern in urls.urlpatterns if getattr(pattern, "name", None)}


def test_the_table_names_every_address():
    assert {name.partition(":")[0] for name in TABLE} == _named()


def status(client: Client, address: str) -> int:
    """Return the status of an answer; a file is read to its end, so that it is closed."""
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def _address(name: str, report, draft) -> str:
    view, _, action = name.partition(":")
    if view == "permit":
        return reverse("hayu:permit", args=["skp"])
    if view in ("check_code", "compare"):
        return reverse(f"hayu:{view}", args=[report.code])
    if view.startswith("draft"):
        return reverse(f"hayu:{view}", args=[draft.public_id])
    if view == "act":
        return reverse("hayu:act", args=[report.public_id, action])
    if view in ("report", "receipt", "receipt_pdf"):
        return reverse(f"hayu:{view}", args=[report.public_id])
    return reverse(f"hayu:{view}")


@pytest.mark.parametrize("name", TABLE)
def test_who_may_open_what(world, name):
    report, draft = world.report(), world.report(State.DRAF, code="95320")
    address, found = _address(name, report, draft), []
    for role in ROLES:
        client = Client()
        if role != "nobody":
            client.force_login(getattr(world, role))
        found.append(status(client, address))
    assert tuple(found) == TABLE[name]


@pytest.mark.parametrize(
    ("name", "allowed"),
    [("draft_business", "owner"), ("draft_owner", "owner"), ("draft_send", "owner"), ("draft_discard", "owner")],
)
def test_nobody_else_writes_a_draft(world, name, allowed):
    draft = world.report(State.DRAF)
    for role in ROLES[1:]:
        if role == allowed:
            continue
        client = Client()
        client.force_login(getattr(world, role))
        answer = client.post(reverse(f"hayu:{name}", args=[draft.public_id]), {"statement": "on"})
        assert answer.status_code == 404
    draft.refresh_from_db()
    assert draft.state == State.DRAF


@pytest.mark.parametrize("action", ["perbarui", "tutup", "bekukan", "batalkan", "catat_hasil", "pulihkan", "betulkan"])
def test_nobody_acts_without_the_role(world, action):
    """A hand-made POST is refused like the page."""
    report = world.report()
    client = Client()
    for role, status in (("stranger", 404), ("admin", 404), ("auditor", (403, 409, 200))):
        client.force_login(getattr(world, role))
        answer = client.post(reverse("hayu:act", args=[report.public_id, action]), {"note": "alasan yang panjang"})
        assert answer.status_code in (status if isinstance(status, tuple) else (status,))
    version = report.version
    report.refresh_from_db()
    assert (report.state, report.version) == (State.TERDAFTAR, version)


def test_files_are_read_by_who_reads_the_report(world):
    from core import files

    report = world.report(State.PERLU_PEMBETULAN)
    stored = files.current(report.inspections.get())[0]
    found = []
    for role in ROLES:
        client = Client()
        if role != "nobody":
            client.force_login(getattr(world, role))
        found.append(status(client, reverse("core:file", args=[stored.public_id])))
    assert tuple(found) == (404, 200, 404, 404, 200, 200, 404, 200, 404)


def test_an_inspector_of_another_kecamatan_sees_nothing(world):
    from build import person

    report = world.report()
    client = Client()
    client.force_login(person("sana", "PENGAWAS", scope="32.73.99"))
    assert client.get(reverse("hayu:report", args=[report.public_id])).status_code == 404
    assert report.business_name not in client.get(reverse("hayu:files")).content.decode()
