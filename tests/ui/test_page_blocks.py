"""The parts that every page is made of, and how they are sent: what a reader sees of them."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin

import orjson
import pytest

from dashboard.charts.markup import ATTRIBUTES, TAGS, make_element
from dashboard.model.filters import Filters
from dashboard.model.quantity import ZERO, Quantity
from dashboard.ui import page_blocks, page_charts
from dashboard.ui.elements import serialize
from dashboard.views.content import Line, Section, Tile
from dashboard.views.view import View
from tests.support.hostile import BREAKS, INLINE, STARTS

LABELS = {
    "speaker": {"anna-berg": "Anna Berg", "bo-dijk": "Bo Dijk"},
    "country": {"NL": "NL"},
}
SETTINGS = SimpleNamespace(colours={"research": ("#123456", "#abcdef")})


def seen(filters=Filters(year=2025), page="events", **extras):  # noqa: B008 - frozen
    return View(None, None, filters, LABELS, SETTINGS, date(2025, 11, 20), page=page, extras=extras)


def texts(element, css):
    return [one.text for one in element.find(css)]


# --- headline


def test_a_headline_is_the_finding_with_its_numbers_in_bold_under_the_name_of_its_page():
    lead = (("29 events", True), (" in ", False), ("7 countries", True), (".", False))
    headline = page_blocks.build_headline(lead, "Events")
    assert headline.tag == "h1"
    assert headline.text == "Events 29 events in 7 countries ."
    small, finding = headline.children
    assert (small.css, small.text) == ("page-name", "Events")
    assert [(one.tag, one.text) if hasattr(one, "tag") else one for one in finding.children] == [
        ("b", "29 events"),
        " in ",
        ("b", "7 countries"),
        ".",
    ]


def test_without_a_finding_there_is_no_headline():
    assert page_blocks.build_headline((), "Events") is None


# --- tiles


@pytest.mark.parametrize(
    ("quantity", "money", "shown"),
    [
        (Quantity(29, exact=29), False, "29"),
        (Quantity(1234, exact=3), False, "1,234"),
        (ZERO, False, "0"),
        (Quantity(465, exact=3, about=1), False, "≈ 465"),
        (Quantity(465, at_least=1), False, "≥ 465"),
        (Quantity(465, about=1, at_least=1), False, "≥≈ 465"),
        (Quantity(None, unknown=7), False, "not known"),
        (Quantity(None, fewer_than=2), False, "withheld"),
        (Quantity(None, fewer_than=2, unknown=1), False, "not known"),
        (Quantity(Decimal(3_000_000), exact=1), True, "€3 million"),
        (Quantity(Decimal(3_000_000), at_least=1), True, "≥ €3 million"),
        (Quantity(None, unknown=1), True, "not known"),
    ],
)
def test_a_number_keeps_its_sign_and_what_is_not_known_is_said_and_never_zero(
    quantity, money, shown
):
    value = page_blocks.build_value(quantity, money=money)
    assert value.text == shown
    assert (value.css == "unknown") is (quantity.value is None)


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (Quantity(5, about=1), "about"),
        (Quantity(5, at_least=1), "at least"),
        (Quantity(5, about=1, at_least=1), "at least about"),
    ],
)
def test_a_sign_is_said_in_words_to_who_does_not_see_it(quantity, said):
    (sign,) = page_blocks.build_value(quantity).find("sign")
    assert (sign.attributes["role"], sign.attributes["aria-label"]) == ("img", said)


def test_an_exact_number_has_no_sign():
    assert page_blocks.build_value(Quantity(5, exact=5)).find("sign") == []


def test_a_tile_is_its_label_its_number_what_qualifies_it_and_the_way_to_what_is_behind_it():
    tiles = page_blocks.build_tiles(
        [
            Tile("events_held", "Events", Quantity(29, exact=29), trend="+4 on 2024"),
            Tile(
                "training_participants",
                "People trained",
                Quantity(465, about=5, unknown=7),
                "from 5 of 12 trainings",
            ),
            Tile("funding_received", "Own funding", Quantity(None, unknown=1), money=True),
        ]
    )
    assert texts(tiles, "tile-label") == ["Events", "People trained", "Own funding"]
    assert texts(tiles, "tile-value") == ["29", "≈ 465 from 5 of 12 trainings", "not known"]
    assert texts(tiles, "qualifier") == ["from 5 of 12 trainings"]
    assert texts(tiles, "trend") == ["+4 on 2024"]
    assert tiles.acts() == [
        "why=events_held",
        "why=training_participants",
        "why=funding_received",
    ]
    assert [why.attributes["aria-label"] for why in tiles.find("why")] == [
        "Why this number? Events",
        "Why this number? People trained",
        "Why this number? Own funding",
    ]


def test_a_page_without_numbers_has_no_row_of_them():
    assert page_blocks.build_tiles([]) is None


# --- chips


def test_what_is_chosen_beside_the_year_is_a_chip_that_takes_it_back():
    filters = Filters(
        month=("2025-05", "2025-06"),
        speaker=("anna-berg", "bo-dijk"),
        country=("NL",),
        kind=("not-listed",),
        text="open day",
    )
    chips = page_blocks.build_chips(filters, LABELS)
    assert texts(chips, "chip") == [
        "Month: May 2025 ×",
        "Month: June 2025 ×",
        "Person: Anna Berg ×",
        "Person: Bo Dijk ×",
        "Kind of event: not-listed ×",
        "Country: Netherlands ×",
        "Words: open day ×",
        "Clear",
    ]
    assert chips.acts() == [
        "-month=2025-05",
        "-month=2025-06",
        "-speaker=anna-berg",
        "-speaker=bo-dijk",
        "-kind=not-listed",
        "-country=NL",
        "-text=open day",
        "clear",
    ]


@pytest.mark.parametrize("filters", [Filters(), Filters(year=2025)])
def test_where_only_a_year_is_chosen_there_are_no_chips(filters):
    assert page_blocks.build_chips(filters, LABELS) is None


def test_every_chip_leads_to_the_view_without_its_value():
    filters = Filters(year=2025, speaker=("anna-berg", "bo-dijk"), text="open day")
    view = seen(filters)
    chips = serialize(view, page_blocks.build_chips(filters, LABELS))
    assert [link[2]["href"] for link in links_in(chips)] == [
        "./events?year=2025&speaker=bo-dijk&text=open+day",
        "./events?year=2025&speaker=anna-berg&text=open+day",
        "./events?year=2025&speaker=anna-berg&speaker=bo-dijk",
        "./events?year=2025",
    ]


# --- lists


def test_a_section_lists_its_lines_and_says_how_many_there_are_besides():
    section = page_blocks.build_section(
        Section(
            "What is next",
            [Line("Open day", "5 May", "event=open-day"), Line("A plan")],
            group="Planned",
            more=1200,
        )
    )
    assert texts(section, "block-heading") == ["What is next"]
    assert texts(section, "group") == ["Planned"]
    assert texts(section, "row") == ["Open day 5 May", "A plan"]
    assert texts(section, "more") == ["and 1,200 more"]
    assert section.acts() == ["event=open-day"]


def test_a_block_in_which_nothing_is_is_not_there():
    assert page_blocks.build_block("Agenda", None) is None
    assert page_blocks.build_block("Agenda", make_element("p", "x")).text == "Agenda x"


# --- a chart as a table


def test_a_chart_as_a_table_says_the_same_in_words():
    table = page_charts.build_table(
        [
            {"Month": "May 2025", "Events": 4, "People": Quantity(40, about=1), "Day": None},
            {
                "Month": "June 2025",
                "Events": 0,
                "People": Quantity(None, unknown=1),
                "Day": date(2025, 6, 2),
            },
        ],
        "May had most",
    )
    (twin,) = table.find("twin")
    caption, head, body = twin.children
    assert caption.text == "May had most"
    assert [(one.tag, one.attributes["scope"], one.text) for one in head.children[0].children] == [
        ("th", "col", name) for name in ("Month", "Events", "People", "Day")
    ]
    assert [[cell.text for cell in row.children] for row in body.children] == [
        ["May 2025", "4", "about 40", ""],
        ["June 2025", "0", "unknown", "2 June 2025"],
    ]


def test_a_long_table_says_how_many_rows_are_not_in_it():
    table = page_charts.build_table([{"Event": f"Event {nr}"} for nr in range(1100)], "Events")
    assert len(table.find("twin")[0].children[2].children) == 100
    assert texts(table, "more") == ["and 1,000 more"]
    assert texts(page_charts.build_table([{"Event": "One"}] * 100, "Events"), "more") == []


# --- as it is sent


def links_in(node):
    own = [node] if node[0] == "a" else []
    return own + [link for child in node[3:] if isinstance(child, list) for link in links_in(child)]


def walk(node):
    yield node
    for child in node[3:]:
        if isinstance(child, list):
            yield from walk(child)


@pytest.mark.parametrize(
    ("at", "address"),
    [
        ("https://site.example/events?year=2024", "https://site.example/events?year=2025&event=a"),
        ("https://site.example/dash/people", "https://site.example/dash/events?year=2025&event=a"),
        ("https://site.example/dash/", "https://site.example/dash/events?year=2025&event=a"),
    ],
)
def test_a_link_is_relative_so_that_it_holds_below_any_folder_of_a_site(at, address):
    sent = serialize(seen(), make_element("a", "Open day", act="event=a", css="name"))
    assert sent == [
        "a",
        "name",
        {"data-act": "event=a", "href": "./events?year=2025&event=a"},
        "Open day",
    ]
    assert urljoin(at, sent[2]["href"]) == address


@pytest.mark.parametrize("act", ["event=Not An Id", "javascript:alert(1)", "month=2025-13"])
def test_a_link_that_leads_nowhere_cannot_be_pressed(act):
    assert serialize(seen(), make_element("a", "x", act=act)) == ["a", "", {}, "x"]


def test_an_element_of_a_pillar_has_its_colour_and_of_an_unknown_one_that_of_none():
    (tag, css, attributes) = serialize(seen(), make_element("p", css="row pillar-research"))
    assert (tag, css) == ("p", "row pillar-research")
    assert attributes == {"--colour": "var(--pillar-research, var(--no-pillar))"}


@pytest.mark.parametrize("text", [*INLINE, *STARTS, *BREAKS])
def test_no_text_of_a_record_becomes_anything_but_text(text):
    """The browser sets what stands here by textContent and setAttribute; see tests/browser."""
    section = Section(text, [Line(text, text, f"event={text}")], group=text)
    tile = Tile("events_held", text, Quantity(1, exact=1), text, text)
    filters = Filters(year=2025, text=text, kind=(text,))
    elements = [
        page_blocks.build_headline(((text, True), (text, False)), text),
        page_blocks.build_section(section),
        page_blocks.build_tiles([tile]),
        page_blocks.build_chips(filters, {"kind": {text: text}}),
        page_charts.build_table([{text or "-": text}], text),
        page_blocks.build_fold(text, text, key="x"),
        page_blocks.build_empty(text),
    ]
    for element in elements:
        for tag, css, attributes, *_children in walk(serialize(seen(filters), element)):
            assert tag in TAGS
            assert text not in css
            names = {name for name in attributes if not name.startswith("--")}
            assert names <= ATTRIBUTES | {"data-act", "data-view", "href"}
            assert attributes.get("href", "./events?").startswith("./events?")
            assert not any(name.startswith("on") for name in attributes)
            assert all(isinstance(value, str) for value in attributes.values())


def test_the_script_of_a_page_writes_no_markup():
    script = (Path(page_blocks.__file__).parent / "components" / "page.js").read_text("utf-8")
    for way in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function("):
        assert way not in script


def test_what_is_sent_is_plain_data():
    sent = serialize(seen(), page_blocks.build_tiles([Tile("events_held", "Events", ZERO)]))
    assert orjson.loads(orjson.dumps(sent)) == sent
