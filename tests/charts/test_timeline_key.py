"""The key of a timeline, and chips of what has no day."""

from datetime import date

from dashboard.charts.event_words import TimelineLabels
from dashboard.charts.timeline_key import build_key, build_year_chips
from tests.charts.made_events import YEAR, make_event, make_events

LABELS = TimelineLabels(pillars={"research": "Research", "impact": "Impact"})


def test_the_key_names_only_what_occurs():
    events = [
        make_event(0, date(2025, 5, 5), our_role="organised", pillar="impact"),
        make_event(1, date(2025, 5, 6), status="planned"),
    ]
    key = build_key(events, YEAR, LABELS)
    assert key.text == "organised by us planned Impact month n = events that start in it"
    assert [entry.css for entry in key.find("pillar-impact")] == ["key-pillar pillar-impact"]


def test_what_is_only_known_by_the_year_is_not_in_the_key():
    undated = make_event(0, date(2025, 1, 1), date(2025, 12, 31), "year", status="cancelled")
    assert "cancelled" not in build_key([*make_events(3), undated], YEAR, LABELS).text


def test_events_without_a_day_are_chips_that_open_them_and_the_others_are_counted():
    events = [make_event(nr, date(2025, 1, 1), date(2025, 12, 31), "year") for nr in range(15)]
    chips = build_year_chips(events, "Known only: in 2025")
    assert chips.acts() == [f"event=event-{nr:04}" for nr in range(12)]
    assert chips.text.startswith("Known only: in 2025 Event 0 about data")
    assert chips.text.endswith("and 3 more")
    assert build_year_chips([], "Known only: in 2025") is None
