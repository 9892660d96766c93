"""The Map page: which maps a view has, what their marks mean, and the places beside them."""

from datetime import date

import pytest

from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.views.content import places
from dashboard.views.content.events import find_events
from dashboard.views.view import open_view
from tests.conftest import ROOT


@pytest.fixture
def see(real):
    def look(link):
        return open_view(
            Store(real.folder.parents[1]),
            settings.load(ROOT / "data"),
            link,
            date(2026, 1, 15),
            role=Role.VIEWER,
        )

    return look


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("/map?year=2025", ["netherlands", "europe"]),
        ("/map?year=2025&country=NL", ["netherlands"]),
        ("/map?year=2025&month=2025-09", []),  # Hong Kong only: a row says it
        ("/map?year=2025&view=world", ["world"]),
        ("/map?year=2025&view=netherlands", ["netherlands"]),
    ],
)
def test_the_maps_of_a_view_follow_from_its_places_or_its_link(see, link, shown):
    view = see(link)
    assert places.read_shown(view) == shown
    sources = [p.chart.figure["layout"]["images"][0]["source"] for p in places.draw_maps(view)]
    assert sources == [f"./app/static/maps/{region}-light.svg" for region in shown]


def test_the_maps_of_the_year_say_what_they_show_and_what_is_beyond(see):
    home, europe = places.draw_maps(see("/map?year=2025"))
    assert (home.key, europe.key) == ("map", "map-europe")
    assert (home.note, europe.note) == ("", "Beyond this map: Hong Kong 1")
    assert home.chart.sentence == "Netherlands: 15 events in 7 places, most often in Groningen (8)"
    assert home.chart.narrow is None
    (alone,) = places.draw_maps(see("/map?year=2025&country=NL"))
    assert alone.chart.narrow is not None


def test_attendance_that_nobody_knows_is_no_choice(see):
    view = see("/map?year=2025&size=participants")
    assert places.read_sizes(view) == ["events"]
    assert places.read_size(view) == "events"


def test_home_is_where_most_events_are_whatever_is_chosen(see):
    assert places.find_home(see("/map?year=2025&country=DE")) == "NL"


def test_places_are_ranked_with_the_first_event_there(see):
    view = see("/map?year=2025")
    ranked = places.rank(view, find_events(view))
    first = ranked.find("place")[0]
    assert first.text.startswith("Groningen 8 AI in Medical Imaging")
    assert first.text.endswith("+7")
    assert ranked.find("places-fold")[0].text.startswith("4 more places, 1 event each")
    assert ranked.find("place")[-1].text == "not stated 7 listed below"


def test_what_has_no_stated_place_is_listed_and_all_adds_up(see):
    view = see("/map?year=2025")
    assert (
        places.add_up(view).text
        == "22 on the map + 0 online + 7 without a stated place = 29 events"
    )
    rows = places.list_unplaced(view)
    assert len(rows) == 7
    assert rows[0] == {
        "event_id": rows[0]["event_id"],
        "date": "11 April 2025",
        "title": "International Primary Care Respiratory Group",
        "who": "Esther Metting (presentation)",
    }
