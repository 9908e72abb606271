"""Who signs, as documents name him (regions.md section 10.5; Permendagri 1/2023 art. 44)."""

import datetime as dt

import pytest

from core import officials, region

PERSON = {
    "front_title": "Dr. H.", "name": "Ujang Sastrawijaya", "back_title": "S.H., M.Si.", "named": True,
    "status": "definitif", "since": None, "until": None,
}  # fmt: skip
OFFICIAL = PERSON | {"nip": "197001011995031001", "rank": "Pembina Utama Muda, IV/c"}
WITH_TITLES, BARE = "Dr. H. Ujang Sastrawijaya, S.H., M.Si.", "Ujang Sastrawijaya"


@pytest.fixture
def appoint(monkeypatch):
    """Return a function that names the head of region and the head of the licensing office, with changes."""

    def name(**changed):
        data = region.plain(region.region())
        data["officials"] |= {"head": PERSON | changed, "secretary": OFFICIAL | changed}
        data["offices"]["licensing"]["head"] = OFFICIAL | changed
        monkeypatch.setattr("core.officials.region", lambda: region.Node(data))

    return name


def block(post, name, rank=None, nip=None):
    return {"post": post, "name": name, "rank": rank, "nip": nip}


def test_the_head_of_region_signs_with_titles_and_without_nip(appoint):
    appoint()
    assert officials.head_of_region() == block("Wali Kota Bandung", WITH_TITLES)
    assert officials.secretary() == block(str(region.region().terms.secretary), WITH_TITLES)


def test_a_decision_bears_no_titles(appoint):
    appoint()
    assert officials.head_of_region(decision=True) == block("Wali Kota Bandung", BARE)
    assert officials.head_of_office("licensing", decision=True)["name"] == BARE


@pytest.mark.parametrize("status", ["Pj", "Pjs", "Plt", "Plh"])
@pytest.mark.parametrize("decision", [False, True])
def test_an_acting_head_of_region_signs_without_titles_nip_and_rank(appoint, status, decision):
    appoint(status=status)
    assert officials.head_of_region(decision=decision) == block(f"{status}. Wali Kota Bandung", BARE)
    assert officials.secretary(decision=decision)["name"] == BARE


def test_the_head_of_an_office_signs_with_titles_nip_and_rank_also_when_acting(appoint):
    post = str(region.region().offices.licensing.head_post)
    appoint()
    assert officials.head_of_office("licensing") == block(post, WITH_TITLES, OFFICIAL["rank"], OFFICIAL["nip"])
    appoint(status="Plt")
    acting = block(f"Plt. {post}", WITH_TITLES, OFFICIAL["rank"], OFFICIAL["nip"])
    assert officials.head_of_office("licensing") == acting
    assert officials.head_of_office("licensing", post="Kepala Bidang")["post"] == "Plt. Kepala Bidang"


@pytest.mark.parametrize(
    "changed", [{"named": False}, {"since": "2026-11-02"}, {"until": "2026-10-31"}], ids=["unnamed", "later", "before"]
)
def test_who_does_not_hold_the_post_that_day_is_not_named(appoint, changed):
    appoint(**changed)
    day = dt.date(2026, 11, 1)
    assert officials.head_of_region(on=day) == block("Wali Kota Bandung", "")
    assert officials.head_of_office("licensing", on=day)["nip"] is None


def test_the_first_and_the_last_day_count(appoint):
    appoint(since="2026-11-01", until="2026-11-01")
    assert officials.head_of_region(on=dt.date(2026, 11, 1))["name"] == WITH_TITLES
