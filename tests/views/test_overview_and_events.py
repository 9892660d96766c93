"""What Overview and Events hold: worked out by hand from tests/data, and from the shipped records."""

from datetime import UTC, date, datetime

import plotly.graph_objects as go
import pytest

from dashboard import demo
from dashboard.model import settings
from dashboard.model.quantity import Quantity
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.views.content.pages import make_content
from dashboard.views.view import open_view
from tests.conftest import ROOT, Kept

TODAY = date(2026, 1, 15)
SETTINGS = settings.load(ROOT / "data")


@pytest.fixture(scope="module")
def content(real, by_hand):
    answers, stores = Kept(), {"hand": by_hand, "shipped": Store(real.folder.parents[1])}

    def held(link, of="hand", today=TODAY):
        view = open_view(stores[of], SETTINGS, link, today, answers=answers, role=Role.VIEWER)
        return make_content(view)

    return held


def tiles_of(found):
    return {
        t.label: (str(t.quantity.value) if t.quantity.value is not None else "?", t.qualifier)
        for t in found.tiles
    }


def lines_of(found, key):
    return [(line.text, line.note) for s in found.sections if s.key == key for line in s.lines]


def test_days_leave_what_lies_within_them_for_sure_and_name_the_others(content):
    found = content("/events?from=2025-05-02&to=2025-05-31")
    assert found.title == "Events between 2 May and 31 May 2025"
    assert "".join(text for text, _strong in found.lead) == "1 event between 2 May and 31 May 2025."
    assert lines_of(found, "undated") == [("Retreat", "2025"), ("Webinar on consent", "May 2025")]
    assert found.blocks["undated"].text.startswith(
        "Known by the month or year only, so not counted here"
    )
    assert lines_of(content("/events?from=2025-05-01&to=2025-05-31"), "undated") == [
        ("Retreat", "2025")
    ]


def test_a_number_that_knows_no_organisations_says_so(content):
    tiles = tiles_of(content("/?year=2025&organisation=ghent-university"))
    assert tiles["Events"] == ("1", "1 our own")
    assert tiles["People trained"] == ("430", "not filtered by organisation")


@pytest.mark.parametrize("link", ["/?year=2025&from=2025-02-01", "/?from=2025-01-01&to=2025-12-31"])
def test_what_is_told_of_a_whole_year_is_not_told_of_days(content, link):
    found = content(link)
    assert not {s.key for s in found.sections} & {"compared"}
    assert "busiest" not in "".join(text for text, _strong in found.lead)
    assert all(not tile.trend for tile in found.tiles)


@pytest.mark.parametrize(
    ("link", "of", "headline"),
    [
        # 4 of 5 events of 2025 were held; one has no place, two are in the Netherlands and Belgium,
        # one is online. Six contributions are too few to say who made half.
        (
            "/?year=2025",
            "hand",
            (
                "In 2025 DASH was at 4 events in at least 2 countries, trained about 430 people and"
                " finished 1 project. May was busiest with 2."
            ),
        ),
        (
            "/?year=2024",
            "hand",
            "In 2024 DASH was at 1 event in 1 country and finished 1 project.",
        ),
        ("/?year=1999", "hand", "DASH in 1999: no events are recorded."),
        (
            "/?year=2025",
            "shipped",
            (
                "In 2025 DASH was at 29 events in at least 7 countries, trained about 589 people and"
                " finished 4 projects. Two people made half of the contributions."
            ),
        ),
        # the number of people trained is not filtered by person: it is not in the sentence
        (
            "/?year=2025&speaker=job-doornberg",
            "shipped",
            (
                "Job Doornberg was at 10 events in 2025: 4 keynotes, 3 lectures, once in the chair."
                " December was busiest with 3."
            ),
        ),
        (
            "/?year=2025&pillar=impact",
            "shipped",
            "Everything under Impact in 2025: 5 events and at least 1 country.",
        ),
        (
            "/events?year=2025",
            "shipped",
            (
                "29 events in 2025, 4 of them our own. December was busiest with 5; none is recorded in"
                " July and August."
            ),
        ),
        (
            "/events?year=2025",
            "hand",
            "4 events in 2025, 3 of them our own. May was busiest with 2.",
        ),
        ("/events?month=2025-05", "shipped", "4 events in May 2025."),
        ("/events?year=1999", "hand", "Events in 1999: none."),
        ("/events?year=all", "hand", "5 events in all years. 1 planned event to come."),
        ("/events?year=all&status=planned", "hand", "Planned events: 1."),
        (
            "/events?year=2025&role=keynote",
            "shipped",
            "Keynotes in 2025: 6 events. January was busiest with 2.",
        ),
    ],
)
def test_a_headline_says_what_is_known_and_nothing_else(content, link, of, headline):
    assert content(link, of).finding == headline


def test_the_numbers_of_the_overview_have_their_qualifier_beside_them(content):
    assert tiles_of(content("/?year=2025", "shipped")) == {
        "Events": ("29", "4 our own"),
        "People trained": ("589", "from 5 of 12 trainings"),
        "Contributors": ("11", "34 contributions"),
        "Running projects": ("11", "2 to come"),
        "Own funding": ("?", "1 grant"),
    }


def test_the_numbers_of_events_are_those_of_one_person_beside_everybodys(content):
    assert tiles_of(content("/events?year=2025", "shipped")) == {
        "Events": ("29", "24 with a known date"),
        "Organised by us": ("4", ""),
        "Keynotes": ("6", "4 by Job Doornberg"),
        "Abroad": ("7", "of 22 with a place"),
        "People": ("11", "34 contributions"),
    }
    assert tiles_of(content("/events?year=2025&speaker=job-doornberg", "shipped")) == {
        "Events": ("10", "of 29"),
        "Keynotes": ("4", "of 6"),
        "Share of contributions": ("10", "of 34"),
        "Abroad": ("2", "Cologne, Hong Kong"),
    }


@pytest.mark.parametrize("link", ["/?year=2025", "/events?year=2025"])
def test_a_qualifier_is_short_enough_to_stand_beside_its_number(content, link):
    for tile in content(link, "shipped").tiles:
        assert len(tile.qualifier) <= 22, tile


def test_what_came_of_it_has_kept_texts_first_and_says_whose_money_it_is(content):
    # the dataset has a kept text; the hub's grant is larger than ours; the network was selected
    assert lines_of(content("/?year=2025"), "results") == [
        ("The dataset is open", "Anybody may use it."),
        ("Hub grant", "€3 million; not our money"),
        ("Seed grant", "€50,000"),
        ("New network", "selected"),
    ]
    links = [line.link for line in content("/?year=2025").sections[0].lines]
    assert links[0] == "project=open-dataset"
    assert links[1].startswith("record=funding.")


def test_what_is_next_is_in_order_of_time_and_says_where_and_what_is_undated(content):
    page = content("/?year=2025")
    lines = next(s.lines for s in page.sections if s.key == "next")
    assert [(line.when, line.text, line.note) for line in lines] == [
        ("2026–2028", "Next programme", ""),
        ("3 Feb", "Congress", "Antwerp, Belgium"),
        ("Sep", "We move to Ghent", "All of us."),
        ("to start", "The network starts", "Its first meeting is planned."),
    ]


def test_what_is_next_is_not_what_was(content):
    names = [name for name, _ in lines_of(content("/?year=2025", today=date(2026, 2, 6)), "next")]
    assert "Congress" not in names


def test_the_course_is_there_only_where_targets_are(content, tmp_path):
    found = content("/?year=2025")
    assert found.picture("targets") is None
    assert found.blocks["course"] is None
    store = Store(tmp_path)
    demo.make_demo(store, demo.Size(years=2, events=60), datetime(2026, 11, 28, tzinfo=UTC))
    view = open_view(store, SETTINGS, "/?year=2026", date(2026, 11, 28), role=Role.VIEWER)
    found = make_content(view)
    assert found.picture("targets").chart.table
    assert found.blocks["course"].find("bullet")


def test_the_year_at_a_glance_names_every_dated_event_and_what_lasted(content):
    picture = content("/?year=2025", "shipped").picture("at-a-glance")
    go.Figure(picture.chart.figure)
    go.Figure(picture.chart.narrow.figure)
    assert picture.chart.sentence == (
        "The year at a glance: most in December, nothing recorded in July and August"
    )
    said = str(picture.chart.figure)
    assert "Province’s working visit" in said
    assert "DASH programme 2022–2025" in said
    assert "Known only: in 2025" in content("/?year=2025", "shipped").blocks["undated"].text


def test_an_agenda_row_says_when_what_who_in_which_role_and_where(content):
    agenda = content("/events?year=2025", "shipped").blocks["agenda"]
    rows = {row.find("agenda-title")[0].text: row.text for row in agenda.find("agenda-row")}
    assert len(rows) == 29
    assert rows["AI Theatre on AI and Cybersecurity"] == (
        "28 Feb AI Theatre on AI and Cybersecurity ECR 2025 Peter van Ooijen , chair, introduction"
        " Vienna, Austria"
    )
    assert rows["Zpannend Zernike"] == ("2025 Zpannend Zernike speaker not stated Groningen")
    assert next(h.text for h in agenda.find("agenda-head")) == "January 3 events"
    assert [h.text for h in agenda.find("agenda-head")][-1] == "In 2025 5 without a day"


def test_the_agenda_of_one_person_says_the_role_and_who_else_was_there(content):
    agenda = content("/events?year=2025&speaker=job-doornberg", "shipped").blocks["agenda"]
    rows = [row.text for row in agenda.find("agenda-row")]
    assert rows[0] == "27 Mar keynote Annual Meeting Amsterdam Movement Sciences Amsterdam"
    assert rows[1].endswith("with Michiel Hooiveld UMCG, Groningen")
    assert not agenda.find("agenda-head")  # ten rows need no months


def test_three_events_or_fewer_are_rows_without_a_chart(content):
    found = content("/events?month=2025-05")
    assert found.pictures == ()
    assert [row.text for row in found.blocks["agenda"].find("agenda-row")] == [
        "May Webinar on consent Zoë Müller , lecture online",
        "14 May Open day Science week Anna Berg , chair , Zoë Müller , keynote Antwerp, Belgium",
        "20 May Visit cancelled speaker not stated Main hall, Groningen",
    ]


def test_what_is_known_by_the_year_only_is_said_to_be_left_out_of_a_month(content):
    section, _agenda = content("/events?month=2025-05").sections
    assert section.heading == "Known by the year only, so left out where months are chosen"
    assert [line.text for line in section.lines] == ["Retreat"]


def test_the_choice_of_a_status_is_there_where_not_all_events_were_held(content):
    assert content("/events?year=2025", "shipped").blocks["statuses"] is None
    switch = content("/events?year=2025").blocks["statuses"]
    assert switch.text == "All 5 Held 4 Cancelled 1"
    assert switch.acts() == ["status=held", "status=cancelled"]
    chosen = content("/events?year=2025&status=cancelled").blocks["statuses"]
    assert chosen.acts()[0] == "-status=cancelled"  # back to all


def test_the_table_of_events_is_what_a_file_holds(content):
    agenda = content("/events?year=2025").sheet("events")
    assert agenda.heading == "Agenda: 4 events held · 1 cancelled"
    rows = {row["Event"]: row for row in agenda.rows}
    assert rows["Spring school"] == {
        "Date": date(2025, 4, 29),
        "Note on the date": "29 April – 2 May 2025",
        "Event": "Spring school",
        "Who": "Anna Berg (lecture), Bram de Wit (host)",
        "Where": "Main hall, Groningen, NL",
        "At": "",
        "Kind": "Course",
        "Our role": "Organised",
        "Status": "held",
        "Attendance": Quantity(40, exact=1),
    }
    assert rows["Webinar on consent"]["Attendance"] == Quantity(60, at_least=1)
    assert rows["Retreat"]["Attendance"] == Quantity(None, unknown=1)
    assert "Attendance" not in content("/events?year=2025", "shipped").sheet("events").rows[0]
