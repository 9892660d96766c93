"""The language of a reader: the one of the link, else what they chose, else what their browser asks for;
and what the site says in Dutch.
"""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from streamlit.runtime.context import ContextProxy, StreamlitCookies, StreamlitHeaders

from dashboard.language.messages import speaking
from dashboard.model.quantity import make_quantity, sum_quantities
from dashboard.query.metrics import METRICS
from dashboard.query.targets import Deviation, Status
from dashboard.schema.contract import tables
from dashboard.server import middleware
from dashboard.text import column_names
from dashboard.ui import changes, components, outage, parts
from dashboard.ui.dialogs import evidence_rows, share, target_texts
from dashboard.ui.page_parts.about import DOCS, find_document, fit_to_page
from dashboard.ui.pinned_banner import summarize_changes
from tests.support.asgi import ask
from tests.support.page_parts import find, find_list, press, read_parts, read_text
from tests.ui.conftest import url

pytestmark = pytest.mark.filterwarnings("default")
MAY = {"en": "May", "nl": "mei"}
ASKED = [
    # in the link, in the cookie, by the browser, spoken
    ("", "", "", "en"),
    ("nl", "", "", "nl"),
    ("", "nl", "", "nl"),
    ("", "", "nl-BE,nl;q=0.9,en;q=0.5", "nl"),
    ("", "", "de,fr;q=0.8", "en"),
    ("en", "nl", "nl", "en"),
    ("", "en", "nl", "en"),
    ("nl", "en", "en", "nl"),
    ("xx", "nl", "en", "nl"),
    ("qps", "", "", "en"),
    ("", "<script>", "nl", "nl"),
]


@pytest.fixture
def reader(monkeypatch):
    """What the browser of the reader sends: reader(cookie="nl", accepts="en")."""

    def sends(cookie="", accepts=""):
        kept = {"dashboard_lang": cookie} if cookie else {}
        asked = [("Accept-Language", accepts)] if accepts else []
        monkeypatch.setattr(ContextProxy, "cookies", StreamlitCookies(kept))
        monkeypatch.setattr(ContextProxy, "headers", StreamlitHeaders(asked))

    return sends


@pytest.fixture
def fetch(real, monkeypatch):
    """Asks the route of the parts as the browser's script does."""
    monkeypatch.setenv("DASHBOARD_STORE", str(real.folder.parents[1]))
    app = Starlette(routes=parts.routes(""), middleware=middleware())
    return lambda query, **headers: ask(app, f"/parts/events?year=2025&{query}", **headers)


def months(bar):
    """The months that a list of the bar offers."""
    return [read_text(option) for option in bar[3:]][1:]


def list_months(part):
    """The same of a part that the route gives."""
    (filters, *_) = part["elements"]
    (found,) = [
        node
        for box in filters[3:]
        for node in box[3:]
        if isinstance(node, list) and node[2].get("data-name") == "month"
    ]
    return months(found)


# Which language
# ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("link", "cookie", "accepts", "spoken"), ASKED)
def test_a_page_speaks_the_language_of_its_link_else_of_its_reader(
    site, reader, link, cookie, accepts, spoken
):
    reader(cookie, accepts)
    test = site("events", year="2025", **({"lang": link} if link else {}))
    assert {part["language"] for part in read_parts(test).values()} == {spoken}
    assert months(find_list(test, "month"))[4] == MAY[spoken]


@pytest.mark.parametrize(
    ("query", "spoken"),
    [
        ("", "en"),
        ("spoken=nl", "nl"),
        ("lang=nl&spoken=en", "nl"),
        ("lang=en&spoken=nl", "en"),
        ("lang=xx&spoken=nl", "nl"),
        ("spoken=xx", "en"),
    ],
)
def test_the_route_speaks_the_language_of_the_address_else_of_the_page_that_asks(
    fetch, query, spoken
):
    """What another tab chose meanwhile, which the cookie holds, is not the language of this page."""
    answer = fetch(f"{query}&part=bar&part=page", cookie="dashboard_lang=nl", accept_language="nl")
    assert {part["language"] for part in answer.json.values()} == {spoken}
    assert list_months(answer.json["bar"])[4] == MAY[spoken]
    assert f"spoken={spoken}" in answer.json["page"]["asks"]


def test_what_is_kept_of_a_page_in_one_language_is_not_given_in_the_other(fetch):
    said = [list_months(fetch(f"lang={one}&part=bar").json["bar"])[4] for one in ("en", "nl") * 2]
    assert said == ["May", "mei", "May", "mei"]


@pytest.mark.parametrize("page", ["events", "records", "about"])
def test_the_bar_has_a_choice_of_the_language_on_every_page(site, page):
    test = site(page, year="2025")
    (choice,) = find(test, "languages")
    other, own = choice[3:]
    assert (other[0], read_text(other), other[2]["data-act"]) == ("a", "NL", "lang=nl")
    assert "lang=nl" in other[2]["href"]
    assert other[2]["lang"] == "nl"
    assert (own[0], read_text(own), own[2]["aria-current"]) == ("strong", "EN", "true")


def test_another_language_is_chosen_in_the_bar_and_goes_along_to_the_next_page(site):
    test = press(site("events", year="2025"), "lang=nl", "part-bar")
    assert url(test)["lang"] == "nl"
    assert months(find_list(test, "month"))[4] == "mei"
    test.switch_page("../../../pages/people.py").run()
    assert url(test)["lang"] == "nl"
    assert {part["language"] for part in read_parts(test).values()} == {"nl"}


# What is said
# ----------------------------------------------------------------------------------------------------------------


def test_every_column_and_table_of_the_contract_has_a_name_in_sentences():
    for table in tables().values():
        assert column_names.name_table(table.name) == table.name
        for column in table.shown_columns:
            words = column.name.removesuffix("_id").replace("_eur", "").replace("_", " ")
            assert column_names.name_column(column.name) == words
            assert column_names.head_column(column.name) == words.capitalize()
    assert column_names.name_column("in_no_contract") == "in no contract"


def test_a_column_and_a_table_have_dutch_names():
    with speaking("nl"):
        assert column_names.head_column("start_date") == "Begindatum"
        assert column_names.name_column("orcid") == "ORCID"
        assert column_names.name_column("series_id") == "reeks"
        assert column_names.name_table("series") == "reeksen"
        assert column_names.name_table("event_people") == "personen bij bijeenkomsten"


def test_every_way_in_which_a_target_stands_has_a_word():
    assert set(target_texts.STATUSES) == set(Status)


def progress(**more):
    """A target of 1,250 participants, decided by somebody."""
    told = {
        "status": Status.BEHIND,
        "direction": "more",
        "value": 1250,
        "year": 2026,
        "decision": "Jaarplan 2026",
        "owner": "",
        "deviation": None,
    }
    return SimpleNamespace(**(told | more))


def test_a_target_is_told_in_dutch():
    until = Deviation("uitgesteld", "de stuurgroep", date(2026, 7, 1), in_force=True)
    with speaking("nl"):
        assert target_texts.format_status(progress()) == "▼ Achter"
        assert target_texts.format_aim(progress()) == "streefcijfer 1.250 in 2026"
        assert target_texts.format_aim(progress(direction="less")) == (
            "streefcijfer ten hoogste 1.250 in 2026"
        )
        assert target_texts.list_target_lines(progress(owner="Ada", deviation=until)) == [
            "Besluit: Jaarplan 2026; verantwoordelijk: Ada",
            "Afwijking aanvaard tot en met 1 juli 2026 door de stuurgroep: uitgesteld",
        ]


def test_where_a_number_comes_from_is_told_in_dutch():
    people = METRICS["training_participants"]
    quantity = sum_quantities(make_quantity(1200, kind) for kind in ("about", "about", "exact"))
    with speaking("nl"):
        assert evidence_rows.explain_kind(people, quantity) == (
            "2 van de 3 zijn schattingen, en dus is het totaal er ook een."
        )
        assert evidence_rows.say_all(people, quantity) == "van alle 3 trainingen"
        assert evidence_rows.format_total(people, quantity) == "ongeveer 3.600"


def test_what_differs_from_a_pinned_view_is_told_in_dutch():
    people = SimpleNamespace(table="people", added=0, changed=3, removed=0)
    both = SimpleNamespace(table="events", added=1, changed=1200, removed=0)
    with speaking("nl"):
        assert changes.format_row_counts(both) == "1 toegevoegd, 1.200 gewijzigd"
        assert summarize_changes(4, (), [people]) == (
            "de cijfers zijn nu dezelfde; 3 records wijken af in personen."
        )


def test_what_a_link_keeps_of_a_period_in_words_is_told_in_dutch():
    view = SimpleNamespace(extras={"period": "this-year"}, today=date(2026, 1, 15))
    with speaking("nl"):
        assert share._explain_period(view, share.PINNED) == (
            "“dit jaar” blijft wat het op 15 januari 2026 betekent."
        )


def test_a_document_of_the_about_page_is_read_in_the_readers_language_where_there_is_one():
    assert find_document("accessibility.md") == DOCS / "accessibility.md"
    with speaking("nl"):
        assert find_document("accessibility.md") == DOCS / "accessibility.nl.md"
        assert find_document("licences.md") == DOCS / "licences.md"


@pytest.mark.parametrize("file", sorted(file.name for file in DOCS.glob("*.nl.md")))
def test_a_dutch_document_is_beside_an_english_one_and_stands_below_the_pages_heading(file):
    assert (DOCS / file.replace(".nl.md", ".md")).is_file()
    shown = fit_to_page((DOCS / file).read_text("utf-8"))
    assert re.findall(r"(?m)^#{1,2} ", shown) == []
    assert re.findall(r"\]\((?!https?://|mailto:)", shown) == []


# Scripts in the browser
# ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_notice_of_a_lost_connection_gets_its_sentences_with_places_for_the_times(
    monkeypatch, language
):
    sent = []
    monkeypatch.setattr(
        components.Component, "draw", lambda _self, data, **_more: sent.append(data)
    )
    with speaking(language):
        outage.draw_connection_notice("v1")
    (data,) = sent
    places = {name: set(re.findall(r"\{(\w+)\}", said)) for name, said in data.items()}
    both = {"since", "back"}
    assert places == {"version": set(), "away": {"since"}, "changed": both, "same": both}


@pytest.mark.parametrize("script", ["connection", "copy_text", "on_paper", "page", "slides"])
def test_a_script_holds_no_words_for_readers(script):
    text = (Path(components.__file__).parent / f"{script}.js").read_text("utf-8")
    code = re.sub(r"(?m)(^|\s)//.*$", "", text)
    code = re.sub(r"/\*.*?\*/|new Error\([^)]*\)", "", code)  # an error is for the console
    said = re.findall(r"[\"'`]([^\"'`\n]*[A-Z][a-z]+,? [a-z]+[^\"'`\n]*)[\"'`]", code)
    # the title of Streamlit's own window, by which it is found
    assert said == (["Connection error"] if script == "connection" else [])


def test_a_choice_of_streamlits_own_is_made_in_dutch_too(site):
    test = site("records", lang="nl", tab="tables")
    test.selectbox(key="table").set_value("people").run()
    assert not test.exception
    assert url(test)["table"] == "people"
    test.button_group(key="choice_tab").set_value("todo").run()
    assert not test.exception
