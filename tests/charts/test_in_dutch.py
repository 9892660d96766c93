"""Charts in Dutch: sentences, columns, axes and numbers, measured as they are written; nothing that one
reader was told stays for the next one.
"""

from datetime import date

import pytest

from dashboard.charts.event_timeline import draw_event_timeline
from dashboard.charts.event_words import TimelineLabels, shorten_title, write_row
from dashboard.charts.lanes import Span
from dashboard.charts.letters import measure_text
from dashboard.charts.map_sentences import say_beyond
from dashboard.charts.month_strip import draw_month_strip
from dashboard.charts.outcomes import Outcome, draw_result_list
from dashboard.charts.periods import find_periods
from dashboard.charts.placement import ON_PAPER
from dashboard.charts.ranked_places import add_up_places, link_beyond, rank_places
from dashboard.charts.rows import AgendaRow, draw_rows
from dashboard.charts.shares import draw_shares
from dashboard.charts.theme import Palette, make_layout
from dashboard.charts.timeline_key import build_key, build_year_chips
from dashboard.charts.world import LETTERS, draw_region_map, measure_beyond
from dashboard.language.messages import Said, speaking
from tests.charts.made_events import COLOURS, TODAY, YEAR, make_event, make_events
from tests.charts.test_elements import FIVE, MADE, ROLES, draw_bullets, draw_role_matrix
from tests.charts.test_maps import AMSTERDAM, BOSTON, GRONINGEN, HONG_KONG, TOLBERT, place

NO_LABELS = TimelineLabels()


@pytest.fixture(autouse=True)
def _in_dutch():
    with speaking("nl"):
        yield


def draw(events, span=YEAR):
    return draw_event_timeline(events, span, NO_LABELS, COLOURS, today=TODAY)


def texts_of(figure):
    return [text for trace in figure["data"] for text in trace.get("text") or ()]


def test_a_timeline_names_months_statuses_and_columns():
    held = make_events(4)
    planned = make_event(9, date(2025, 3, 3), status="planned")
    chart = draw([*held, planned])
    assert chart.sentence == "De meeste in januari, niets vastgelegd in 10 van de 12 maanden"
    assert texts_of(chart.figure)[:3] == ["jan <b>4</b>", "feb –", "mrt <b>1</b>"]
    assert list(chart.table[0]) == [
        "Wanneer", "Bijeenkomst", "Wie", "Waar", "Soort", "Onze rol", "Status",
    ]  # fmt: skip
    assert [row["Status"] for row in chart.table] == ["gehouden"] * 4 + ["gepland"]
    assert [name for name, _values, _colour in chart.bars.series] == [
        "Door ons georganiseerd",
        "Met onze bijdrage",
        "Gepland",
    ]


@pytest.mark.parametrize(
    ("months", "finding"),
    [
        ((5, 5, 5, 5), "Alle 4 bijeenkomsten zijn in mei"),
        (range(1, 13), "Nooit meer dan één per maand"),
        (
            (*range(1, 11), 3),
            "De meeste in maart, niets vastgelegd in november en december",
        ),
    ],
)
def test_the_finding_of_a_timeline_is_a_dutch_headline(months, finding):
    events = [make_event(nr, date(2025, month, 1 + nr)) for nr, month in enumerate(months)]
    assert draw(events).sentence == finding


def test_the_note_of_a_timeline_fits_on_paper_too():
    (note,) = [t for t in texts_of(draw(make_events(1300)).figure) if "kolommen" in t]
    assert note.startswith("8 van de 1.300 bij naam; de kolommen tellen alle.")
    assert not note.endswith("…")
    assert measure_text(note, 13) <= ON_PAPER


@pytest.mark.parametrize(
    ("known", "last", "label"),
    [
        ("2025", date(2025, 12, 31), "Visie, ergens in 2025"),
        ("2025-05", date(2025, 5, 31), "Visie, ergens in mei 2025"),
        ("2025-05-12", date(2025, 5, 12), "Visie, 12 mei 2025"),
    ],
)
def test_what_was_once_is_said_as_precisely_as_it_is_known(known, last, label):
    vision = {
        "project_id": "vision", "title": "Visie", "pillar": None, "is_output": True,
        "start_date": None, "end_date": known, "first_day": None, "last_day": last,
    }  # fmt: skip
    assert [period.label for period in find_periods([], [vision], YEAR)] == [label]


def test_the_key_is_one_sentence_for_months_and_years():
    own = make_event(0, date(2025, 5, 5), our_role="organised")
    key = build_key([own], YEAR, NO_LABELS)
    assert key.text.startswith("door ons georganiseerd")
    assert key.text.endswith("maand n = bijeenkomsten die dan beginnen")
    years = build_key([own], Span(date(2021, 1, 1), date(2025, 12, 31)), NO_LABELS)
    assert years.text.endswith("jaar n = bijeenkomsten die dan beginnen")


def test_the_letters_of_months_are_capitals_and_long_numbers_have_points():
    events = [make_event(0, date(2025, 5, 5), events=1234)]
    *_bars, numbers, letters = draw_month_strip(events, YEAR, COLOURS).figure["data"]
    assert letters["text"] == list("JFMAMJJASOND")
    assert numbers["text"][4] == "<b>1.234</b>"


def test_a_map_names_countries_and_measures_its_labels_as_they_are_written():
    chart = draw_region_map([GRONINGEN, AMSTERDAM, TOLBERT], "netherlands", Palette(), home="NL")
    assert chart.sentence == (
        "Nederland: 11 bijeenkomsten in 3 plaatsen, het vaakst in Groningen (8)"
    )
    assert chart.table[0] == {"Plaats": "Groningen", "Land": "Nederland", "Bijeenkomsten": 8}
    line = f"buiten deze kaart: {say_beyond([HONG_KONG])} →"
    assert link_beyond([HONG_KONG]).text == line
    assert measure_beyond([HONG_KONG]) == measure_text(line, LETTERS, bold=True)
    three = [HONG_KONG, BOSTON, place("Lima", "PE", -12, -77)]
    assert say_beyond(three) == "Hong Kong 1 en 2 andere"


def test_places_add_up_with_the_points_of_dutch_numbers():
    said = add_up_places({"on_the_map": 1022, "online": 0, "unknown": 7, "all_events": 1029})
    assert said.text == (
        "1.022 op de kaart + 0 online + 7 zonder vermelde plaats = 1.029 bijeenkomsten"
    )
    bold = [child.text for child in said.children if not isinstance(child, str)]
    assert bold == ["1.022", "0", "7", "1.029 bijeenkomsten"]


def test_targets_say_how_they_stand():
    chart = draw_bullets(FIVE, Palette())
    assert chart.sentence == "5 streefcijfers: 1 achter, 3 gehaald en 1 zonder oordeel"
    assert chart.table[-1]["Stand"] == "geen oordeel"
    assert chart.bars.series[0][0] == "% van het streefcijfer"


def test_sums_and_shares_are_named_in_the_tables():
    matrix = draw_role_matrix(MADE, ROLES, Palette())
    assert list(matrix.table[0]) == ["Persoon", "Keynote", "Lecture", "Host", "Totaal"]
    assert matrix.markup.find("matrix-all")[0].text == "totaal"
    made = {"person_id": "bos", "name": "Jan Bos", "contributions": 1200, "events": 1}
    shares = draw_shares([made], Palette())
    assert list(shares.table[0]) == ["Persoon", "Bijdragen", "Bijeenkomsten", "Aandeel"]
    assert shares.markup.find("share-number")[0].text == "1.200"


def test_rows_say_what_is_not_known_and_what_is_not_held():
    rows = [AgendaRow("8 mei", "Regional", status="cancelled", month="2025-05")]
    chart = draw_rows(rows, by_month=True)
    assert chart.markup.text == (
        "mei 1 bijeenkomst 8 mei Regional afgelast spreker niet vermeld plaats niet vermeld"
    )
    assert chart.table[0]["Status"] == "afgelast"


def test_a_figure_writes_numbers_by_the_rules_of_the_language():
    assert make_layout(100, COLOURS)["separators"] == ",."
    with speaking("en"):
        assert make_layout(100, COLOURS)["separators"] == ".,"


def test_what_was_drawn_in_dutch_is_english_again_for_the_next_reader():
    events = make_events(70)
    dutch = draw(events)
    with speaking("en"):
        english = draw(events)
        assert english.table[0]["When"] == "1 January 2025"
        assert texts_of(english.figure) != texts_of(dutch.figure)
    assert dutch.table[0]["Wanneer"] == "1 januari 2025"
    assert draw(events) == dutch


def test_an_event_on_a_timeline_is_called_by_its_dutch_title():
    event = make_event(0, date(2025, 5, 5), title="Open day: trees", title_nl="Open dag: bomen")
    assert shorten_title(event) == "Open dag"
    assert write_row(event, NO_LABELS).startswith("<b>Open dag: bomen</b>")
    others = [make_event(nr, date(2025, 1, nr)) for nr in range(1, 4)]
    assert draw([*others, event]).table[-1]["Bijeenkomst"] == "Open dag: bomen"


def test_a_title_in_another_language_is_marked_alone():
    english = make_event(0, date(2025, 1, 1), precision="year", title="Open day")
    (chip,) = build_year_chips([english], "Alleen het jaar bekend").find("year-chip")
    assert (chip.attributes["title"], chip.attributes["lang"]) == ("Open day", "en")
    chart = draw_result_list([Outcome("Open day", "afgerond", lang="en")])
    (title,), (note,) = chart.markup.find("outcome-title"), chart.markup.find("outcome-note")
    assert (title.attributes, note.attributes) == ({"lang": "en"}, {})
    ranked = rank_places([GRONINGEN], {GRONINGEN["city_id"]: Said("Open day", "en")})
    assert ranked.find("place-title")[0].attributes["lang"] == "en"
