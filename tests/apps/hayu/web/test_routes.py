"""Every address of the app × every role, compared with one table of permissions."""

import pytest
from django.test import Client
from django.urls import reverse
from office import archived, planned

from build import NIK, outside_number
from hayu.domain import claims, complaints
from hayu.enums import AppState, Signature, State
from hayu.models import SigningBatch
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
    "estimates": EVERYBODY,
    "estimate": EVERYBODY,
    "permit": EVERYBODY,
    "register": EVERYBODY,
    "questions": EVERYBODY,
    "statistics": EVERYBODY,
    "check": EVERYBODY,
    "check_code": EVERYBODY,
    "compare": (405,) * 9,
    "mine": SIGNED_IN,
    "own_data": SIGNED_IN,
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
    "report_minutes": READERS,
    "receipt": READERS,
    "receipt_pdf": READERS,
    "work": (302, 302, 302, 200, 200, 200, 200, 200, 200),
    "desk": (302, 403, 403, 200, 403, 403, 403, 403, 403),
    "files": (302, 403, 403, 403, 200, 200, 403, 200, 403),
    "settings": (302, 403, 403, 403, 403, 403, 200, 200, 403),
    "retention": (302, 403, 403, 403, 403, 403, 200, 200, 403),
}


# The same for lane IZIN: nobody, the applicant, another, then desk, two verifiers, advice, charge, cashier, section and
# division head, signer, inspector, administrator, auditor. The first verifier holds the file.
PERMIT_ROLES = (
    "nobody", "owner", "stranger", "desk", "checker", "second", "technical", "assessor", "cashier", "section",
    "division", "signer", "inspector", "admin", "auditor",
)  # fmt: skip


def _row(nobody: int, rest: int, **others: int) -> tuple[int, ...]:
    return (nobody, *(others.get(role, rest) for role in PERMIT_ROLES[1:]))


_OFFICE = dict.fromkeys(
    ("checker", "second", "technical", "assessor", "cashier", "section", "division", "signer", "inspector", "auditor"),
    200,
)
_SEE = dict.fromkeys(_OFFICE, 403)
PERMIT_TABLE = {
    "permits": _row(200, 200),
    "map": _row(200, 200),
    "track": _row(200, 200),
    "applications": _row(302, 200),
    "app_begin": _row(302, 405),
    "app_sheet": _row(302, 404, owner=200),
    "app_documents": _row(302, 404, owner=200),
    "app_send": _row(302, 404, owner=200),
    "app_discard": _row(302, 405),
    "app_copy": _row(302, 405),
    "application": _row(302, 404, owner=200, **_OFFICE),
    "app_check": _row(302, 404, owner=403, **_SEE | {"checker": 200}),
    "app_mend": _row(302, 404, owner=302, **_SEE),
    "survey": _row(302, 404, owner=200, **_SEE),
    "app_preview": _row(302, 404),
    "app_letter": _row(302, 404),
    "app_minutes": _row(302, 404, owner=200, **_OFFICE),
    "app_receipt": _row(302, 404, owner=200, **_OFFICE),
    "app_scan": _row(302, 404, owner=409, **dict.fromkeys(_OFFICE, 409)),
    "app_act:usul_tolak": _row(302, 404, owner=403, **_SEE | {"checker": 200, "second": 200}),
    "app_act:alihkan": _row(302, 404, owner=403, **_SEE | {"division": 200}),
    "app_act:batalkan": _row(302, 404, owner=200, **_SEE),
    "issued": _row(302, 404, owner=200, **{**_OFFICE, "technical": 404}),
    "issued_pdf": _row(302, 404, owner=200, **{**_OFFICE, "technical": 404}),
    "issued_succeed": _row(302, 405),
    "issued_act:peringatan": _row(302, 404, owner=403, **_SEE | {"technical": 404, "inspector": 200}),
    "issued_act:cabut": _row(302, 404, owner=403, **_SEE | {"technical": 404, "signer": 200}),
    "supervision_plan": _row(302, 404, owner=403, **_SEE | {"technical": 404, "inspector": 200}),
    "supervisions": _row(302, 403, inspector=200, signer=200, auditor=200),
    "supervision": _row(302, 404, owner=200, inspector=200, signer=200, auditor=200),
    "supervision_minutes": _row(302, 404),
    "supervision_act:tutup_pemeriksaan": _row(302, 404, owner=409, inspector=409, signer=409, auditor=409),
    "supervision_act:jadwalkan_pemeriksaan": _row(302, 404, owner=403, inspector=200, signer=403, auditor=403),
    "search": _row(302, 403, **_OFFICE),
    "app_act:prioritaskan": _row(302, 404, owner=403, **_SEE | {"division": 200}),
    "referral_list": _row(200, 200),
    "referral_record": _row(302, 200),
    "referrals": _row(302, 403, desk=200, checker=200, second=200, signer=200, auditor=200),
    "referral": _row(302, 404, owner=200, checker=200, second=200, signer=200, auditor=200),
    "referral_act:cocokkan": _row(302, 404, owner=403, checker=200, second=200, signer=403, auditor=403),
    "referral_act:coret": _row(302, 404, owner=200, checker=200, second=200, signer=403, auditor=403),
    "claim": _row(302, 200),
    "claim_act:hubungkan": _row(302, 404, desk=200),
    "claim_act:tolak_hubungkan": _row(302, 404, desk=200),
    "queue": _row(302, 403, **_OFFICE),
    "calendar": _row(302, 403, **_OFFICE),
    "board": _row(302, 403, section=200, division=200, signer=200, auditor=200),
    "anomalies": _row(302, 403, section=200, division=200, signer=200, auditor=200),
    "semester": _row(302, 403, section=200, division=200, signer=200, auditor=200),
    "monthly": _row(302, 403, section=200, division=200, signer=200, auditor=200),
    "import": _row(302, 403, admin=200),
    "import_faults": _row(302, 403, admin=404),
    "import_finish": _row(302, 405),
    "types": _row(302, 403, admin=200),
    "type_edit": _row(302, 403, admin=200),
    "complain": _row(200, 200),
    "complaint": _row(200, 200),
    "complaints": _row(302, 403, inspector=200, auditor=200),
    "complaint_handle": _row(302, 404, inspector=200, auditor=200),
    "complaint_reveal": _row(302, 405),
    "complaint_act:telaah": _row(302, 404, inspector=200, auditor=403),
    "signing": _row(302, 403, signer=200),
    "signing_batch": _row(302, 403, signer=200),
}


def _named() -> set[str]:
    return {pattern.name for pattern in urls.urlpatterns if getattr(pattern, "name", None)}


def test_the_table_names_every_address():
    assert {name.partition(":")[0] for name in (*TABLE, *PERMIT_TABLE)} == _named()
    assert not set(TABLE) & set(PERMIT_TABLE)


def status(client: Client, address: str) -> int:
    """Return the status of an answer; a file is read to its end, so that it is closed."""
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def _address(name: str, report, draft) -> str:
    view, _, action = name.partition(":")
    if view == "estimate":
        return reverse("hayu:estimate", args=["pbg"])
    if view == "permit":
        return reverse("hayu:permit", args=["skp"])
    if view in ("check_code", "compare"):
        return reverse(f"hayu:{view}", args=[report.code])
    if view.startswith("draft"):
        return reverse(f"hayu:{view}", args=[draft.public_id])
    if view == "report_minutes":
        return reverse("hayu:report_minutes", args=[report.public_id, report.inspections.get().pk])
    if view == "act":
        return reverse("hayu:act", args=[report.public_id, action])
    if view in ("report", "receipt", "receipt_pdf"):
        return reverse(f"hayu:{view}", args=[report.public_id])
    return reverse(f"hayu:{view}")


@pytest.mark.parametrize("name", TABLE)
def test_who_may_open_what(world, name):
    state = State.PERLU_PEMBETULAN if name == "report_minutes" else State.TERDAFTAR
    report, draft = world.report(state), world.report(State.DRAF, code="95320")
    address, found = _address(name, report, draft), []
    for role in ROLES:
        client = Client()
        if role != "nobody":
            client.force_login(getattr(world, role))
        found.append(status(client, address))
    assert tuple(found) == TABLE[name]


@pytest.fixture
def permit_world(office):
    """Return an office with a draft, a file being checked and an issued permit, and the arguments of some addresses."""
    visited = office.application(AppState.TERBIT)
    return {
        "office": office,
        "issued": visited.permit,
        "args": {
            "import_faults": ["lupa"],
            "import_finish": ["lupa"],
            "type_edit": ["SKP"],
            "claim_act": [claims.ask(archived().number, NIK, office.owner).public_id],
            "app_minutes": [visited.public_id, visited.visits.get().pk],
        },
        "checked": office.application(AppState.VERIFIKASI_BERKAS),
        "supervised": planned(office, office.application(AppState.TERBIT).permit),
        "draft": office.draft("SKP"),
        "referral": outside_number(office.owner),
        "complaint": complaints.file(kind="PELAYANAN", text="Petugas loket lama sekali melayani."),
        "batch": SigningBatch.objects.create(signer=office.signer, signature=Signature.UJI_COBA, lines=[[1, 1]]),
    }


def _permit_address(name: str, made) -> str:
    view, _, action = name.partition(":")
    more = [action] if action else []
    if view == "app_begin":
        return reverse("hayu:app_begin", args=["skp"])
    if view in ("app_sheet", "app_documents", "app_send", "app_discard"):
        return reverse(f"hayu:{view}", args=[made["draft"].public_id])
    if view.startswith("supervision") and view != "supervisions":
        key = made["issued"].code if view == "supervision_plan" else made["supervised"].public_id
        return reverse(f"hayu:{view}", args=[key, *more])
    if view in ("referral", "referral_act"):
        return reverse(f"hayu:{view}", args=[made["referral"].public_id, *more])
    if view.startswith("issued"):
        kind = ["PERPANJANG"] if view == "issued_succeed" else more
        return reverse(f"hayu:{view}", args=[made["issued"].code, *kind])
    if view in made["args"]:
        return reverse(f"hayu:{view}", args=[*made["args"][view], *more])
    if view in ("complaint", "complaint_handle", "complaint_reveal", "complaint_act"):
        return reverse(f"hayu:{view}", args=[made["complaint"].public_id, *more])
    if view == "signing_batch":
        return reverse("hayu:signing_batch", args=[made["batch"].pk])
    if (view.startswith("app") and view != "applications") or view == "survey":
        return reverse(f"hayu:{view}", args=[made["checked"].public_id, *more])
    return reverse(f"hayu:{view}")


def test_who_may_open_what_of_lane_izin(permit_world):
    """One world for every address: these pages only read it."""
    clients = {"nobody": Client()}
    for role in PERMIT_ROLES[1:]:
        clients[role] = Client()
        clients[role].force_login(getattr(permit_world["office"], role))
    found = {
        name: tuple(status(clients[role], _permit_address(name, permit_world)) for role in PERMIT_ROLES)
        for name in PERMIT_TABLE
    }
    assert found == PERMIT_TABLE


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


def test_who_signs_and_who_gives_roles_needs_a_second_step(world):
    from hayu.domain.people import needs_second_step

    asked = {role for role in ROLES if role != "nobody" and needs_second_step(getattr(world, role))}
    assert asked == {"signer", "admin"}
