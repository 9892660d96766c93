"""The calendar of a filter: what two readers find in it, and that it is the Events page's answer."""

from datetime import date, timedelta

import icalendar
import pandas as pd
import pytest

from dashboard.export.calendar import Extent, build_calendar, clean, extent
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.views.view import open_view
from tests.conftest import NOW, ROOT, publish_folder, replace_in, served_already
from tests.server.conftest import HOSTILE_HOST, HOSTILE_TITLE

BASE = "https://localhost"
TODAY = date(2026, 1, 15)


def view_of(version, link):
    return open_view(
        Store(version.folder.parents[1]),
        settings.load(ROOT / "data"),
        link,
        TODAY,
        role=Role.VIEWER,
    )


def made_of(version, link, base=BASE):
    return build_calendar(view_of(version, link), base)


def entries(data):
    return {
        str(e["UID"]).partition("@")[0]: e
        for e in icalendar.Calendar.from_ical(data).walk("VEVENT")
    }


def lines_of(data):
    """The second reader: unfolds by hand, and finds what the standard asks of each line."""
    assert data.endswith(b"\r\n")
    raw = data.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in raw)
    assert not any(b"\r" in line or b"\n" in line for line in raw)
    lines = []
    for line in raw:
        line.decode("utf-8")  # no character is cut in two
        if line[:1] in (b" ", b"\t"):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [line.decode("utf-8") for line in lines]


def value(lines, uid, name):
    """The raw value of a property of one event."""
    blocks = "\n".join(lines).split("BEGIN:VEVENT\n")[1:]
    block = next(b for b in blocks if f"\nUID:{uid}@" in b)
    found = [
        line.partition(":")[2]
        for line in block.splitlines()
        if line.partition(":")[0].partition(";")[0] == name
    ]
    return found[0] if found else None


def test_every_event_with_a_day_is_in_it_and_the_others_are_named(small_version):
    made = made_of(small_version, "/events?year=all")
    found = entries(made.data)
    assert set(found) == {"spring-school", "open-day", "round-table", "congress", "visit"}
    assert (made.extent.events, made.extent.left_out) == (5, 2)
    said = "2 events without a known day left out: Webinar on consent; Retreat"
    whole = icalendar.Calendar.from_ical(made.data)
    assert str(whole["COMMENT"]) == said
    assert str(whole["X-WR-CALDESC"]).endswith(f"version {small_version.id}. {said}")


def test_of_too_many_events_it_holds_those_nearest_to_the_day_and_says_so(
    small_version, monkeypatch
):
    monkeypatch.setattr("dashboard.export.calendar.MAX_CALENDAR_ENTRIES", 3)
    made = made_of(small_version, "/events?year=all")
    # of the view's day, 15 January 2026
    assert list(entries(made.data)) == ["open-day", "visit", "congress"]
    assert (
        made.extent
        == Extent(events=3, left_out=2, beyond=2)
        == extent(view_of(small_version, "/events?year=all"))
    )
    said = "The 3 events nearest to 15 January 2026; 2 further ones are left out"
    whole = icalendar.Calendar.from_ical(made.data)
    assert (
        str(whole["COMMENT"])
        == f"{said}. 2 events without a known day left out: Webinar on consent; Retreat"
    )
    assert said in str(whole["X-WR-CALDESC"])
    assert "nearest" not in made_of(small_version, "/events?year=2026").data.decode()


def test_an_event_takes_whole_days_and_ends_the_day_after_its_last(small_version):
    found = entries(made_of(small_version, "/events?year=all").data)
    days = {uid: (e.decoded("DTSTART"), e.decoded("DTEND")) for uid, e in found.items()}
    assert days["spring-school"] == (date(2025, 4, 29), date(2025, 5, 3))
    assert days["open-day"] == (date(2025, 5, 14), date(2025, 5, 15))
    assert days["round-table"] == (date(2024, 12, 31), date(2025, 1, 1))
    assert days["congress"] == (date(2026, 2, 3), date(2026, 2, 6))
    assert all(
        "VALUE=DATE" in line
        for line in lines_of(made_of(small_version, "/events?year=all").data)
        if line.startswith("DTSTART")
    )


def test_planned_events_stand_and_cancelled_ones_are_cancelled(small_version):
    status = {
        uid: str(e["STATUS"])
        for uid, e in entries(made_of(small_version, "/events?year=all").data).items()
    }
    assert status == {
        "spring-school": "CONFIRMED",
        "open-day": "CONFIRMED",
        "round-table": "CONFIRMED",
        "congress": "CONFIRMED",
        "visit": "CANCELLED",
    }


def test_an_entry_says_who_what_and_where(small_version):
    entry = entries(made_of(small_version, "/events?month=2025-05").data)["open-day"]
    assert str(entry["SUMMARY"]) == "Open day"
    assert str(entry["LOCATION"]) == "Antwerp, BE"
    assert entry["GEO"].to_ical() == "51.2;4.4"
    assert entry["CATEGORIES"].cats == ["Symposium"]
    assert str(entry["DESCRIPTION"]) == (
        "Anna Berg: chair\nZoë Müller: keynote, “Café statistics”\nPart of: Science week\nKind: Symposium\n"
        "Our role: Contributed\nAttendance: about 100 people\nStatus: held"
    )
    assert str(entry["URL"]) == f"{BASE}/events?year=2025&event=open-day&lang=en"


def test_the_link_of_an_entry_opens_its_panel(small_version):
    link = str(
        entries(made_of(small_version, "/events?month=2025-05").data)["open-day"]["URL"]
    ).removeprefix(BASE)
    view = view_of(small_version, link)
    assert (view.page, dict(view.extras), view.notices) == (
        "events",
        {"event": "open-day", "lang": "en"},
        (),
    )
    assert "open-day" in {row["event_id"] for row in view.rows("events")}


def test_a_small_head_count_stays_withheld(small_version):
    entry = entries(made_of(small_version, "/events?year=2024").data)["round-table"]
    assert "Attendance: withheld (small groups)" in str(entry["DESCRIPTION"])


def test_the_calendar_has_the_selection_as_its_name_and_is_looked_at_every_hour(small_version):
    lines = lines_of(made_of(small_version, "/events?month=2025-05&speaker=anna-berg").data)
    assert "X-WR-CALNAME:Events with Anna Berg in May 2025 · DASH" in lines
    assert {
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "METHOD:PUBLISH",
        "VERSION:2.0",
    } <= set(lines)


def test_the_same_view_gives_the_same_bytes_and_the_moment_of_the_version(small_version):
    one, two = (made_of(small_version, "/events?year=all") for _ in range(2))
    assert one == two
    assert {e.decoded("DTSTAMP") for e in entries(one.data).values()} == {NOW}
    assert {e.decoded("LAST-MODIFIED") for e in entries(one.data).values()} == {NOW}


def test_an_identifier_stays_when_the_event_changes(small_version, small, tmp_path):
    replace_in(small, "events", "Open day,", "Open days,")
    other = publish_folder(Store(tmp_path / "other"), small).version
    before, after = (made_of(v, "/events?year=all") for v in (small_version, other))
    assert [str(e["UID"]) for e in entries(before.data).values()] == [
        str(e["UID"]) for e in entries(after.data).values()
    ]
    assert str(entries(after.data)["open-day"]["UID"]) == "open-day@dash.dashboard"


def test_an_end_that_is_known_by_the_month_is_said_and_not_made_a_day(small, tmp_path):
    replace_in(small, "events", "2025-04-29,2025-05-02", "2025-04-29,2025-06")
    entry = entries(
        made_of(publish_folder(Store(tmp_path / "s"), small).version, "/events?year=2025").data
    )["spring-school"]
    assert entry.decoded("DTEND") == date(2025, 4, 30)
    assert "Ends in June 2025, day unknown" in str(entry["DESCRIPTION"])


def test_online_has_no_coordinates_and_an_unknown_place_is_not_there(small, tmp_path):
    replace_in(small, "events", "2025-05,,held,online", "2025-05-06,,held,online")
    replace_in(
        small,
        "events",
        "2025-05-20,,cancelled,onsite,meeting,,,groningen",
        "2025-05-20,,cancelled,,meeting,,,",
    )
    found = entries(
        made_of(publish_folder(Store(tmp_path / "s"), small).version, "/events?year=2025").data
    )
    assert (str(found["webinar"]["LOCATION"]), "GEO" in found["webinar"]) == ("online", False)
    assert "LOCATION" not in found["visit"]


def test_nothing_selected_is_a_calendar_without_events(small_version):
    made = made_of(small_version, "/events?month=1999-01")
    assert (made.extent.events, made.extent.left_out, entries(made.data)) == (0, 0, {})


@pytest.mark.parametrize(
    "link",
    [
        "/events?year=2025",
        "/events?month=2025-05",
        "/events?year=2025&country=NL",
        "/events?year=all&speaker=job-doornberg",
        "/events?from=2025-03-01&to=2025-06-15",
        "/events?to=2025-05-14",
    ],
)
def test_it_holds_the_dated_events_of_the_records_as_pandas_selects_them(real, link):
    events = pd.read_csv(real.records / "events.csv", dtype=str, keep_default_na=False)
    places = pd.read_csv(real.records / "places.csv", dtype=str, keep_default_na=False).set_index(
        "place_id"
    )["country"]
    named = pd.read_csv(real.records / "event_people.csv", dtype=str, keep_default_na=False)
    chosen = events[events["start_date"].str.len() == 10]
    filters = view_of(real, link).filters
    if filters.year:
        chosen = chosen[chosen["start_date"].str[:4] == str(filters.year)]
    if filters.from_day:
        chosen = chosen[chosen["start_date"] >= filters.from_day.isoformat()]
    if filters.to_day:
        chosen = chosen[chosen["start_date"] <= filters.to_day.isoformat()]
    for month in filters.month:
        chosen = chosen[chosen["start_date"].str[:7] == month]
    for country in filters.country:
        chosen = chosen[
            (chosen["place_id"].map(places) == country) & (chosen["attendance_mode"] != "online")
        ]
    for speaker in filters.speaker:
        chosen = chosen[chosen["event_id"].isin(named[named["person_id"] == speaker]["event_id"])]
    found = entries(made_of(real, link).data)
    assert set(found) == set(chosen["event_id"])
    assert len(found) > 2
    for row in chosen.to_dict("records"):
        entry = found[row["event_id"]]
        assert str(entry["SUMMARY"]) == row["title"]
        assert entry.decoded("DTSTART") == date.fromisoformat(row["start_date"])
        assert entry.decoded("DTEND") - timedelta(days=1) == date.fromisoformat(
            row["end_date"] or row["start_date"]
        )


def test_both_readers_find_the_same_in_the_shipped_records(real):
    data = made_of(real, "/events?year=all").data
    lines = lines_of(data)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(entries(data))
    for uid, entry in entries(data).items():
        text = (
            value(lines, uid, "SUMMARY")
            .replace("\\,", ",")
            .replace("\\;", ";")
            .replace("\\n", "\n")
            .replace("\\\\", "\\")
        )
        assert text == str(entry["SUMMARY"])


def test_texts_in_records_cannot_end_a_line_or_begin_a_property(hostile):
    data = made_of(hostile, "/events?year=2025").data
    lines, entry = lines_of(data), entries(data)["open-day"]
    assert lines.count("BEGIN:VALARM") == 0
    assert lines.count("END:VCALENDAR") == lines.count("BEGIN:VCALENDAR") == 1
    assert [line for line in lines if line.startswith("DTSTART") and "2000" in line] == []
    raw = value(lines, "open-day", "SUMMARY")
    assert raw.count(";") == raw.count("\\;")
    assert str(entry["SUMMARY"]) == clean(HOSTILE_TITLE)
    assert f"Part of: {clean(HOSTILE_HOST)}" in str(entry["DESCRIPTION"])


@pytest.mark.parametrize(
    "text", ["a\r\nEND:VEVENT", "a\nb", "a\rb", "a\x00b", "a\u2028b", "a\u202eb", "\u200ba", "\x0b"]
)
def test_what_steers_a_reader_is_taken_out_of_texts(text):
    assert clean(text).isprintable() or clean(text) == ""
    assert "\n" not in clean(text)


# Over HTTP
# --------------------------------------------------------------------------------------------------


def test_a_subscription_follows_the_filter_and_a_pinned_one_does_not_change(serve, tmp_path, small):
    store = Store(tmp_path / "store")
    first = served_already(store, small)
    ask = serve(first)
    replace_in(small, "events", "Open day,", "Open days,")
    publish_folder(store, small)
    live, pinned = (
        ask("/calendar.ics?month=2025-05"),
        ask(f"/calendar.ics?month=2025-05&v={first.id}"),
    )
    assert str(entries(live.body)["open-day"]["SUMMARY"]) == "Open days"
    assert str(entries(pinned.body)["open-day"]["SUMMARY"]) == "Open day"
    assert pinned.headers["x-dashboard-version"] == first.id
    assert f"v={first.id}" in str(entries(pinned.body)["open-day"]["URL"])


def test_the_route_answers_with_a_calendar_its_tag_and_how_many_are_left_out(small_site):
    answer = small_site("/calendar.ics?year=all")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["x-events-left-out"] == "2"
    assert answer.headers["cache-control"] == "private, max-age=60"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(entries(answer.body)) == 5
    again = small_site("/calendar.ics?year=all", if_none_match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert small_site("/calendar.ics?year=2025", if_none_match=answer.headers["etag"]).status == 200


def test_the_calendar_of_somebody_who_is_not_there_any_more_is_empty_and_says_so(small_site):
    everything = small_site("/calendar.ics?year=all")
    gone = small_site("/calendar.ics?year=all&speaker=nobody-here")
    assert entries(gone.body) == {}
    said = str(icalendar.Calendar.from_ical(gone.body)["X-WR-CALDESC"])
    assert "It holds nothing now, rather than all events" in said
    assert "nobody" not in gone.body.decode()
    assert gone.headers["etag"] != everything.headers["etag"]


def test_of_two_of_whom_one_is_not_there_any_more_the_calendar_holds_the_other(small_site):
    one = small_site("/calendar.ics?year=all&speaker=anna-berg")
    both = small_site("/calendar.ics?year=all&speaker=anna-berg&speaker=nobody-here")
    assert set(entries(both.body)) == set(entries(one.body)) != set()
    assert "It holds the rest of what was chosen" in str(
        icalendar.Calendar.from_ical(both.body)["X-WR-CALDESC"]
    )


def test_without_a_year_it_is_that_of_the_page(small_site):
    assert set(entries(small_site("/calendar.ics").body)) == {"spring-school", "open-day", "visit"}


def test_the_addresses_are_those_under_which_it_was_asked_for(serve, small_version):
    ask = serve(small_version, "dash")
    entry = entries(ask("/dash/calendar.ics?month=2025-05").body)["open-day"]
    assert str(entry["URL"]) == f"{BASE}/dash/events?year=2025&event=open-day&lang=en"
    odd = ask("/dash/calendar.ics?month=2025-05", host='evil"><x')
    assert (odd.status, b"evil" in odd.body) == (400, False)
