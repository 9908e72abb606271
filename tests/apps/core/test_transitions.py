"""The state machine: table, role, duty, staleness, one transaction."""

import datetime as dt

import pytest
from project.models import Letter

from core import audit, dates
from core.errors import AlreadyDone, NotAllowed, Refused, Stale
from core.models import Notification, RoleAssignment, User
from core.notify import Message
from core.transitions import NEW, SYSTEM, Machine, Transition

pytestmark = pytest.mark.django_db


def needs_title(step):
    if not step.obj.title:
        raise Refused("Isi judulnya dahulu.")


def write_note(step):
    step.obj.decided_note = step.note
    step.audit_data["panjang"] = len(step.note)


def tell_owner(step):
    yield Message("surat_selesai", "Surat selesai", "Surat Anda selesai.", user=step.obj.owner)


def holds(user, role, letter):
    return letter.owner_id == user.pk if role == "PEMOHON" else user.has_role(role, scope=letter.office)


MACHINE = Machine(
    Letter,
    [
        Transition("A0", (NEW,), "buat", ("PEMOHON", "PETUGAS"), "BARU"),
        Transition("A1", ("BARU",), "periksa", ("PETUGAS",), "DIPERIKSA", guard=needs_title, duty="periksa"),
        Transition(
            "A2", ("DIPERIKSA",), "putuskan", ("KEPALA",), "SELESAI",
            effect=write_note, notify=tell_owner, duty="putus", note_required=True,
        ),
        Transition("A3", ("DIPERIKSA",), "kembalikan", ("PETUGAS", "KEPALA"), "BARU", duty="periksa"),
        Transition("A4", ("BARU", "DIPERIKSA"), "tarik", ("PEMOHON",), "DITARIK"),
        Transition("A5", ("BARU",), "kedaluwarsa", (SYSTEM,), "DITARIK"),
        Transition("A6", ("BARU",), "catat", ("PETUGAS",), "BARU"),
    ],
    holds=holds,
    involved=lambda user, letter: letter.owner_id == user.pk,
    owner_roles=["PEMOHON"],
)  # fmt: skip


def person(name, *roles, scope=""):
    user = User.objects.create(username=name, full_name=name.title(), email=f"{name}@contoh.invalid")
    for role in roles:
        RoleAssignment.objects.create(user=user, role=role, scope=scope)
    return user


@pytest.fixture
def owner():
    return person("ana")


@pytest.fixture
def officer():
    return person("budi", "PETUGAS")


@pytest.fixture
def head():
    return person("cici", "KEPALA")


@pytest.fixture
def letter(owner):
    return MACHINE.begin(Letter(title="Surat", owner=owner, office="A"), "buat", owner)


def unchanged(letter):
    before = (letter.state, letter.version, audit.head().seq)
    letter.refresh_from_db()
    return before == (letter.state, letter.version, audit.head().seq)


def test_beginning_writes_state_and_audit(letter, owner):
    assert (letter.state, letter.version) == ("BARU", 1)
    row = audit.history(letter).get()
    assert (row.actor, row.role, row.source, row.target, row.data) == (
        owner,
        "PEMOHON",
        "",
        "BARU",
        {"transition": "A0"},
    )


def test_an_act_changes_state_version_audit_and_outbox_together(letter, officer, head, owner):
    MACHINE.perform(letter.pk, "periksa", officer, version=1)
    done = MACHINE.perform(letter.pk, "putuskan", head, version=2, note=" Setuju ")
    assert (done.state, done.version, done.decided_note) == ("SELESAI", 3, "Setuju")
    row = audit.history(letter).last()
    assert (row.source, row.target, row.role, row.note) == ("DIPERIKSA", "SELESAI", "KEPALA", "Setuju")
    assert row.data == {"transition": "A2", "panjang": 6}
    assert [(n.user, n.event, n.mail, n.object_id) for n in Notification.objects.all()] == [
        (owner, "surat_selesai", "QUEUED", str(letter.pk))
    ]


def test_wrong_state_is_refused_with_a_sentence(letter, head):
    with pytest.raises(Refused, match="tidak dapat dilakukan pada tahap sekarang"):
        MACHINE.perform(letter.pk, "putuskan", head, note="Setuju")
    assert unchanged(letter)


def test_wrong_role_is_refused(letter, head):
    with pytest.raises(NotAllowed, match="tidak berwenang"):
        MACHINE.perform(letter.pk, "periksa", head)
    assert unchanged(letter)


def test_role_of_another_office_is_refused(letter):
    with pytest.raises(NotAllowed):
        MACHINE.perform(letter.pk, "periksa", person("dodi", "PETUGAS", scope="B"))
    assert unchanged(letter)


@pytest.mark.parametrize(("start", "end"), [(-10, -1), (1, None)])
def test_a_role_counts_only_on_its_days(letter, start, end):
    user = person("eman")
    today = dates.today()
    RoleAssignment.objects.create(
        user=user, role="PETUGAS", valid_from=today + dt.timedelta(start), valid_to=end and today + dt.timedelta(end)
    )
    with pytest.raises(NotAllowed):
        MACHINE.perform(letter.pk, "periksa", user)


def test_nobody_acts_on_his_own_matter(letter, owner):
    RoleAssignment.objects.create(user=owner, role="PETUGAS")
    with pytest.raises(NotAllowed):
        MACHINE.perform(letter.pk, "periksa", owner)
    assert [row.action for row in MACHINE.available(letter, owner)] == ["tarik"]


def test_one_person_acts_under_one_duty(letter):
    both = person("fani", "PETUGAS", "KEPALA")
    MACHINE.perform(letter.pk, "periksa", both)
    with pytest.raises(NotAllowed, match="tahap lain"):
        MACHINE.perform(letter.pk, "putuskan", both, note="Setuju")
    letter.refresh_from_db()
    assert [row.action for row in MACHINE.available(letter, both)] == ["kembalikan"]


def test_a_guard_refuses_before_anything_changes(letter, officer):
    Letter.objects.filter(pk=letter.pk).update(title="")
    with pytest.raises(Refused, match="Isi judulnya"):
        MACHINE.perform(letter.pk, "periksa", officer)
    assert unchanged(letter)


def test_a_required_note_is_asked_for(letter, officer, head):
    MACHINE.perform(letter.pk, "periksa", officer)
    with pytest.raises(Refused, match="alasannya"):
        MACHINE.perform(letter.pk, "putuskan", head, note="  ")


def test_a_stale_page_is_refused_and_names_who_was_faster(letter, officer):
    MACHINE.perform(letter.pk, "periksa", officer, version=1)
    with pytest.raises(Stale, match="baru saja diubah oleh Budi"):
        MACHINE.perform(letter.pk, "periksa", person("gita", "PETUGAS"), version=1)


def test_a_double_click_does_nothing_twice(letter, officer):
    MACHINE.perform(letter.pk, "catat", officer, version=1)
    with pytest.raises(AlreadyDone, match="sudah tercatat"):
        MACHINE.perform(letter.pk, "catat", officer, version=1)
    assert audit.history(letter).count() == 2


def test_staying_in_a_state_keeps_since_when(letter, officer):
    since = letter.state_since
    assert MACHINE.perform(letter.pk, "catat", officer).state_since == since


def test_the_clock_acts_only_where_the_table_says_so(letter):
    with pytest.raises(NotAllowed):
        MACHINE.perform(letter.pk, "periksa", None)
    assert MACHINE.perform(letter.pk, "kedaluwarsa", None).state == "DITARIK"
    assert audit.history(letter).last().role == SYSTEM


def test_an_inactive_account_may_do_nothing(letter, officer):
    officer.is_active = False
    officer.save()
    assert MACHINE.available(letter, officer) == []
    with pytest.raises(NotAllowed):
        MACHINE.perform(letter.pk, "periksa", officer)


def test_two_rows_may_not_share_a_code():
    row = Transition("A1", ("BARU",), "x", ("KEPALA",), "Y")
    with pytest.raises(ValueError, match="share a code"):
        Machine(Letter, [row, row])
