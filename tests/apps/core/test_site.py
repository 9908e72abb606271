"""What every page knows of the region."""

from core import region
from core.web.context import Brand


def with_hours(monkeypatch, hours):
    data = {**region.plain(region.region()), "calendar": {"workdays": list(hours), "hours": hours}}
    monkeypatch.setattr("core.web.context.region", lambda: region.Node(data))
    return Brand().hours


def test_opening_hours_follow_the_week_and_join_equal_days(monkeypatch):
    usual, friday = {"work": "07.30-16.00", "rest": "12.00-13.00"}, {"work": "07.30-16.30", "rest": "11.30-13.00"}
    hours = {"friday": friday, "monday": usual, "thursday": usual, "tuesday": usual, "wednesday": usual}
    assert with_hours(monkeypatch, hours) == [("Senin–Kamis", "07.30–16.00"), ("Jumat", "07.30–16.30")]


def test_days_with_a_gap_between_them_are_not_joined(monkeypatch):
    hours = {"monday": {"work": "08.00-12.00"}, "wednesday": {"work": "08.00-12.00"}}
    assert with_hours(monkeypatch, hours) == [("Senin", "08.00–12.00"), ("Rabu", "08.00–12.00")]


def test_a_region_without_emblem_has_its_initials():
    assert Brand().initials == "BA"
