"""The Map page: which maps a view has, what their marks mean, and the places beside them."""

from datetime import date

import pytest

from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.views.actions import follow_act
from dashboard.views.content import places
from dashboard.views.content.events import find_events
from dashboard.views.view import open_view
from tests.conftest import ROOT, Kept


@pytest.fixture(scope="module")
def see(real, by_hand):
    stores, answers = {"real": Store(real.folder.parents[1]), "hand": by_hand}, Kept()

    def look(link, of="real"):
        return open_view(
            stores[of],
            settings.load(ROOT / "data"),
            link,
            date(2026, 1, 15),
            answers=answers,
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


def test_home_is_the_country_of_the_programme_whatever_is_chosen(see):
    assert places.find_home(see("/map?year=2025&country=DE")) == "NL"


# ---- Headline


@pytest.mark.parametrize(
    ("link", "finding"),
    [
        (
            "year=2025",
            (
                "Where we were: at least 14 places in 7 countries, most often in Groningen (8)."
                " 7 of 22 events were abroad."
            ),
        ),
        # of one of ten events no place is stated
        (
            "year=2025&speaker=job-doornberg",
            (
                "Events with Job Doornberg in 2025: at least 6 places in 3 countries,"
                " most often in Groningen (3). 2 of 9 events were abroad."
            ),
        ),
        ("month=2025-09", "Events in September 2025: 1 event, in Hong Kong."),
        ("year=2025&city=groningen-nl", "Events in Groningen, NL in 2025: 8 events, in Groningen."),
        (
            "year=2025&country=NL",
            "Events in NL in 2025: 7 places in 1 country, most often in Groningen (8).",
        ),
        (
            "year=2025&speaker=esther-metting&role=presentation",
            "Presentations by Esther Metting in 2025: 1 of 2 events in Groningen.",
        ),
        ("month=2025-07", "Events in July 2025: none."),
    ],
)
def test_the_headline_says_how_many_places_and_how_many_abroad(see, link, finding):
    assert places.content(see(f"/map?{link}")).finding == finding


@pytest.mark.parametrize(
    ("link", "finding"),
    [
        # at Groningen and Antwerp, online, and one that says no place
        ("year=2025", "Where we were: at least 2 places in 2 countries. 1 of 2 events was abroad."),
        (
            "year=2025&kind=meeting&line=ethics",
            "Meetings and study days on Ethics in 2025: 1 event, all online.",
        ),
        (
            "year=2025&line=not-stated",
            "Events on no stated line in 2025: 1 event, none with a stated place.",
        ),
        ("year=2026", "Events in 2026: 1 planned, none held yet."),
    ],
)
def test_what_is_online_or_not_stated_is_no_place(see, link, finding):
    assert places.content(see(f"/map?{link}", "hand")).finding == finding


# ---- Tiles


def test_the_numbers_add_up_and_say_where(see):
    found = places.content(see("/map?year=2025"))
    assert [(t.label, t.quantity.value, t.qualifier) for t in found.tiles] == [
        ("On the map", 22, "of 29 events"),
        ("Netherlands", 15, "in 7 places"),
        ("Abroad", 7, "in 6 countries"),
        ("Online", 0, "events"),
        ("Place not stated", 7, "events"),
    ]
    none = places.content(see("/map?month=2025-07"))
    assert [t.quantity.value for t in none.tiles] == [0, 0, 0, 0, 0]
    assert none.blocks["empty"].text == "No events here. All of 2025"
    assert (none.pictures, none.sections) == ((), ())


def test_a_filter_that_means_nothing_is_said_beside_each(see):
    tiles = places.content(see("/map?year=2025&level=bachelor")).tiles
    assert {tile.qualifier for tile in tiles} == {"not filtered by level"}


# ---- The events of a place, and of none


def test_the_events_of_a_chosen_place_are_rows_with_a_way_back(see):
    view = see("/map?year=2025&place=groningen-nl&view=netherlands")
    block = places.content(view).blocks["place"]
    assert block.find("block-heading")[0].text == "Groningen: 8 events all places"
    assert len(block.find("agenda-row")) == 8
    back = follow_act(view, block.find("place-back")[0].act)
    assert back.address == "/map?year=2025&view=netherlands"
    chosen = [p for p in places.content(view).blocks["places"].find("place") if p.attributes]
    assert [place.text.split()[0] for place in chosen] == ["Groningen"]
    assert follow_act(view, chosen[0].act).address == back.address


@pytest.mark.parametrize(
    ("place", "heading", "rows"),
    [
        ("hong-kong-hk", "Hong Kong: 1 event all places", 1),
        ("vienna-at", "Vienna, Austria: 1 event all places", 1),
        ("online", "Online: no events all places", 0),
        ("nowhere", "nowhere: no events all places", 0),
        ("unknown", "Without a stated place: 7 events all places", 7),
    ],
)
def test_any_place_of_a_link_has_its_rows(see, place, heading, rows):
    blocks = places.content(see(f"/map?year=2025&place={place}")).blocks
    assert blocks["place"].find("block-heading")[0].text == heading
    assert len(blocks["place"].find("agenda-row")) == rows
    # nothing stands twice
    assert (blocks["unplaced"] is None) == (place == "unknown")


def test_a_map_of_a_link_has_a_way_to_all_maps(see):
    view = see("/map?year=2025&view=world&place=vienna-at")
    (way,) = places.content(view).blocks["switch"].find("switch-option")
    assert way.text == "← all maps"
    assert follow_act(view, way.act).address == "/map?year=2025&place=vienna-at"
    assert places.content(see("/map?year=2025")).blocks["switch"] is None


def test_the_marks_stand_for_attendances_where_a_link_says_so(see):
    view = see("/map?year=all&size=participants", "hand")
    options = places.content(view).blocks["switch"].find("switch-option")
    assert [(o.text, o.attributes.get("aria-current")) for o in options] == [
        ("events", None),
        ("attendances", "true"),
    ]
    assert follow_act(view, options[0].act).address == "/map?year=all&size=events"


def test_places_are_ranked_with_the_first_event_there(see):
    view = see("/map?year=2025")
    ranked = places.rank(view, find_events(view))
    first = ranked.find("place")[0]
    assert first.text.startswith("Groningen 8 AI in Medical Imaging")
    assert first.text.endswith("+7")
    assert ranked.find("places-fold")[0].text.startswith("4 more places, 1 event each")
    assert ranked.find("place")[-1].text == "not stated 7 listed below"


def test_what_has_no_stated_place_is_listed_and_all_adds_up(see):
    found = places.content(see("/map?year=2025"))
    assert (
        found.blocks["sum"].text
        == "22 on the map + 0 online + 7 without a stated place = 29 events"
    )
    rows = found.blocks["unplaced"].find("agenda-row")
    assert len(rows) == 7
    assert rows[0].text == (
        "11 Apr International Primary Care Respiratory Group"
        " Esther Metting , presentation place not stated"
    )
    (section,) = found.sections
    assert section.heading == "Without a stated place"
    assert (section.lines[0].text, section.lines[0].note) == (
        "International Primary Care Respiratory Group",
        "11 April 2025",
    )


def test_each_map_is_headed_by_its_region(see):
    found = places.content(see("/map?year=2025"))
    assert [picture.heading for picture in found.pictures] == ["Netherlands", "Europe"]
    home, europe = found.pictures
    assert home.foot is None
    assert europe.foot.text == "beyond this map: Hong Kong 1 →"
