"""F06 and F14 by what photographs look like: another case's photo, an old photo in a report, found by an index."""

import later
import pictures
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

import build
from core import files
from sabilulungan.domain import copied_photos, drafts, flags, flow, visits
from sabilulungan.domain.queries import pairs
from sabilulungan.enums import Action, Phase, State
from sabilulungan.models import Document, Photo, PhotoPart, Proposal
from sabilulungan.rules import looks_of_photos as looks

pytestmark = pytest.mark.django_db
VISIT = {"exists": True, "address_matches": True, "met_with": "Ketua RW", "result": "Sekretariat ada."}
PLACE = "SEWA"  # an optional paper of an organisation; here a photo of its seat


@pytest.fixture(autouse=True)
def _open():
    with time_machine.travel(build.OPEN_DAY, tick=False):
        yield


def with_photo(recipient, applicant, content):
    """Return a filed proposal with one photo among its papers."""
    draft = build.draft(recipient, applicant)
    drafts.attach(build.document(draft, PLACE), pictures.upload(content), applicant)
    return build.send(Proposal.objects.get(pk=draft.pk), applicant)


def copied(case):
    found = case.flags.filter(rule__in=["F06", "F14"]).order_by("pk")
    return [(flag.rule, flag.severity, flag.other, flag.sentence) for flag in found]


def test_f06_a_copy_of_another_recipient_s_photo_is_red_on_both_and_blocks():
    ani, budi, staff = build.user("ani"), build.user("budi"), build.Staff()
    image = pictures.scene(1)
    first = with_photo(build.organisation(ani), ani, pictures.jpeg(image))
    assert copied(first) == []
    second = with_photo(build.organisation(budi), budi, pictures.copies(image)["all of it"])
    told = "Satu foto hampir sama dengan foto usulan lain."
    assert copied(second) == [("F06", "RED", first, told)]
    assert copied(first) == [("F06", "RED", second, told)]
    third = with_photo(build.organisation(budi), budi, pictures.jpeg(pictures.scene(2)))
    assert copied(third) == []
    assert flags.scan(second) == []  # known already
    score = second.flags.get(rule="F06").score
    assert 100 - 100 * looks.MOST_DIFFERENT / looks.BITS <= score <= 100
    evaluated = build.walk(second, staff, State.EVALUASI)
    assert "F06" in flags.blocking_sentence(evaluated)
    beside = {
        full: next(line for line in pairs.pair(second.flags.get(rule="F06"), full=full) if line.label == "Foto")
        for full in (True, False)
    }
    line, pictured = beside[True], {one.proposal: (one.stored,) for one in Photo.objects.all()}
    assert (line.mine, line.other, line.same) == (("Usulan: foto.jpg",), ("Usulan: foto.jpg",), "1 foto hampir sama")
    assert (line.my_photos, line.other_photos) == (pictured[second], pictured[first])
    assert (beside[False].other, beside[False].my_photos, beside[False].other_photos) == (
        (pairs.HIDDEN,), pictured[second], (),
    )  # fmt: skip


def test_f06_a_photo_of_a_visit_counts_with_the_same_recipient_too_papers_do_not():
    ani, staff = build.user("ani"), build.Staff()
    body, image = build.organisation(ani), pictures.field_under_sky(3)
    first = with_photo(body, ani, pictures.jpeg(image))
    Proposal.objects.filter(pk=first.pk).update(budget_year=2026)  # last year's
    second = with_photo(body, ani, pictures.copies(image)["smaller"])
    assert copied(second) == []
    second = build.walk(second, staff, State.EVALUASI)
    visits.file_visit(second, staff.office, VISIT, None, [pictures.upload(pictures.copies(image)["cut"])])
    assert copied(second) == [("F06", "RED", first, "Satu foto hampir sama dengan foto usulan lain.")]
    visits.file_visit(second, staff.office, VISIT, None, [pictures.upload(pictures.field_under_sky(4))])
    assert len(copied(second)) == 1


def test_f06_pages_flat_pictures_and_drafts_of_others_raise_nothing():
    ani, budi = build.user("ani"), build.user("budi")
    first, second = build.organisation(ani), build.organisation(budi)
    draft = build.draft(first, ani)
    drafts.attach(build.document(draft, PLACE), pictures.upload(pictures.scene(5)), ani)
    assert copied(with_photo(second, budi, pictures.jpeg(pictures.scene(5)))) == []  # nobody's business yet
    for number in (1, 2):
        person = build.user(f"warga{number}")
        assert copied(with_photo(build.organisation(person), person, pictures.jpeg(pictures.page(number)))) == []
    assert Photo.objects.filter(look="").count() == 2


def reported(case, ani, staff, content):
    """Return a case whose report shows a photo."""
    case = later.go(case, staff, ani, State.PELAKSANAAN)
    later.papers(case, Phase.LPJ, ani)
    drafts.attach(build.document(case, "LPJ_FOTO"), pictures.upload(content), ani)
    return flow.perform(case, Action.LAPORKAN, ani, version=case.version, data=later.report(case))


def test_f14_a_report_that_shows_an_older_photo_of_its_own_case_is_red():
    ani, staff = build.user("ani"), later.LaterStaff()
    image = pictures.scene(7)
    filed = with_photo(build.organisation(ani), ani, pictures.jpeg(image))
    approved = build.walk(filed, staff, State.DISETUJUI)
    with time_machine.travel(later.at(2027, 3, 20), tick=False):
        later.enact(staff)
        case = reported(approved, ani, staff, pictures.copies(image)["sent by messenger"])
        assert copied(case) == [("F14", "RED", None, "Satu foto laporan sudah dipakai di usulan ini sebelum laporan.")]
        assert "F14" in flags.blocking_sentence(case)


def test_f14_a_paper_of_ones_own_that_the_report_asks_for_again_is_no_reused_photo():
    ani, staff = build.user("ani"), later.LaterStaff()
    card = pictures.jpeg(pictures.scene(11))
    draft = build.draft(build.organisation(ani), ani)
    drafts.attach(build.document(draft, "KTP_PENGURUS"), pictures.upload(card), ani)
    approved = build.walk(build.send(Proposal.objects.get(pk=draft.pk), ani), staff, State.DISETUJUI)
    with time_machine.travel(later.at(2027, 3, 20), tick=False):
        later.enact(staff)
        case = later.go(approved, staff, ani, State.PELAKSANAAN)
        asked = Document.objects.create(proposal=case, code="LPJ_KTP", name="KTP", required=False, phase=Phase.LPJ)
        drafts.attach(asked, pictures.upload(card), ani)
        case = reported(case, ani, staff, pictures.jpeg(pictures.scene(12)))
    assert case.photos.exclude(look="").count() == 3
    assert copied(case) == []


def test_f14_a_report_that_shows_the_photo_of_another_report_is_red_the_earlier_one_is_not():
    ani, staff = build.user("ani"), later.LaterStaff()
    image = pictures.scene(8)
    cases = [later.approved(ani, staff, recipient=build.organisation(ani)) for _ in range(3)]
    with time_machine.travel(later.at(2027, 3, 20), tick=False):
        later.enact(staff)
        first = reported(cases[0], ani, staff, pictures.jpeg(image))
        second = reported(cases[1], ani, staff, pictures.copies(image)["brighter"])
        other = reported(cases[2], ani, staff, pictures.jpeg(pictures.scene(9)))
        flags.scan(first)
    assert copied(second) == [("F14", "RED", first, "Satu foto laporan sudah dipakai di usulan lain.")]
    assert (copied(first), copied(other)) == ([], [])


def test_a_photo_is_compared_by_the_index_only_however_many_there_are():
    ani, budi = build.user("ani"), build.user("budi")
    image = pictures.scene(1)
    first = with_photo(build.organisation(ani), ani, pictures.jpeg(image))
    second = with_photo(build.organisation(budi), budi, pictures.copies(image)["darker"])
    photo = first.photos.get()
    assert photo.parts.count() == looks.PARTS
    rows = PhotoPart.objects.filter(value__in=looks.parts(looks.Look.read(photo.look))).values_list("photo")
    if connection.vendor == "postgresql":  # of a table this small it would rather read every row
        connection.cursor().execute("SET LOCAL enable_seqscan = off")
    assert "sab_photo_part" in rows.explain()
    with CaptureQueriesContext(connection) as few:
        assert [copy.other for copy in copied_photos.copies_of(second)] == [photo]
    owner = build.document(first, PLACE)
    for number in range(30):
        content = pictures.jpeg(pictures.scene(100 + number, (320, 240)))
        stored = files.store_bytes(content, files.JPEG, owner=owner, kind="berkas", user=ani, name="foto")
        copied_photos.remember(stored, first, copied_photos.place_of(owner), content)
    with CaptureQueriesContext(connection) as many:
        assert [copy.other for copy in copied_photos.copies_of(second)] == [photo]
    assert len(many) == len(few) == 4


def test_pictures_of_before_the_upgrade_are_looked_at_by_the_clock_once():
    ani = build.user("ani")
    case = with_photo(build.organisation(ani), ani, pictures.jpeg(pictures.scene(1)))
    look = case.photos.get().look
    Photo.objects.all().delete()
    gone = build.draft(build.organisation(ani), ani)
    drafts.attach(build.document(gone, PLACE), pictures.upload(pictures.scene(2)), ani)
    Photo.objects.filter(proposal=gone).delete()
    Document.objects.filter(proposal=gone).delete()
    assert copied_photos.catch_up() == 1
    assert case.photos.get().look == look
    assert copied_photos.catch_up() == 0


def test_a_discarded_draft_takes_its_photos_along():
    ani = build.user("ani")
    draft = build.draft(build.organisation(ani), ani)
    drafts.attach(build.document(draft, PLACE), pictures.upload(pictures.scene(1)), ani)
    assert Photo.objects.count() == 1
    drafts.discard(draft)
    assert (Photo.objects.count(), PhotoPart.objects.count()) == (0, 0)
