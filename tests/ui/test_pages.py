"""Pages through AppTest: they run on the shipped records, on demo data and on none, without an
exception.
"""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import demo
from dashboard.model.filters import Filters
from dashboard.model.sitemap import PAGES, UNFILTERED
from dashboard.query import questions
from dashboard.store import Store
from dashboard.ui.markdown import escape
from tests.conftest import ROOT, publish_folder, served_already
from tests.support.page_parts import (
    choose,
    find,
    headline,
    iterate_nodes,
    numbers,
    page_name,
    press,
    read_filters,
    read_parts,
    texts,
    whole_text,
)
from tests.ui.conftest import url

NOW = datetime(2026, 6, 30, tzinfo=UTC)
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def stores(tmp_path_factory, request):
    real, large = (
        Store(tmp_path_factory.mktemp("pages")),
        Store(tmp_path_factory.mktemp("pages-demo")),
    )
    served_already(real, ROOT / "data")
    demo.make_demo(large, demo.Size(years=5, events=2000), NOW)
    none = Store(tmp_path_factory.mktemp("pages-none"))
    demo.make_demo(none, demo.Size(years=1, events=0), NOW)
    return {"real": real.root, "demo": large.root, "none": none.root}


@pytest.fixture
def app(stores, monkeypatch):
    def run(name="real", page=None, **query):
        monkeypatch.setenv("DASHBOARD_STORE", str(stores[name]))
        test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
        for key, value in query.items():
            test.query_params[key] = value
        if page:
            test.switch_page(f"../../../pages/{page}.py")
        return test.run()

    return run


def test_the_overview_shows_the_numbers_of_the_year(app):
    test = app(year="2025")
    assert not test.exception
    assert "29 events in at least 7 countries" in headline(test)
    values = numbers(test)
    assert (values["Events"], values["People trained"]) == ("29", "≈ 589")


def test_a_number_that_a_filter_does_not_apply_to_says_so(app):
    test = app(year="2025", speaker="job-doornberg")
    assert texts(test, "qualifier").count("not filtered by person") == 1
    assert numbers(test)["Events"] == "10"


def test_a_new_version_is_shown_on_the_next_interaction(tmp_path, records, edit, monkeypatch):
    """In a browser: make test-long."""
    store = Store(tmp_path / "store")
    served_already(store, records)
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    test.query_params["month"] = "2025-05"
    test.switch_page("../../../pages/events.py").run()
    assert numbers(test)["Events"] == "4"
    edit("events", "2025-05-08", "2025-06-08")
    publish_folder(store, records)
    assert numbers(test.run())["Events"] == "3"


def test_an_unknown_amount_is_not_a_zero(app):
    assert numbers(app(year="2025"))["Own funding"] == "not known"


def test_generated_records_are_called_generated_on_every_page(app):
    for page in (None, "events", "records"):
        test = app("demo", page)
        assert not test.exception
        assert texts(test, "notice")[0] == "Demo data: generated, not real records."


def test_no_records_show_an_empty_state_and_no_exception(app):
    test = app("none")
    assert not test.exception
    assert numbers(test)["Events"] == "0"


@pytest.mark.matrix(18)
@pytest.mark.parametrize("year", ["all", "2025", "1999"])
@pytest.mark.parametrize("name", ["real", "demo", "none"])
@pytest.mark.parametrize(
    "page", [None, "events", "map", "trainings", "projects", "people", "review", "records"]
)
def test_every_page_runs_for_one_year_all_years_and_an_empty_year(app, name, page, year):
    assert not app(name, page, year=year).exception


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.long)])
def test_the_page_and_the_command_line_agree_for_speakers_months_and_countries(app, stores, step):
    version = Store(stores["real"]).open()
    labels = questions.read_labels(version)
    test = app("real", "events", year="2025")
    selections = [
        *(Filters(year=2025, speaker=(person,)) for person in labels["speaker"]),
        *(Filters(year=2025, country=(country,)) for country in labels["country"]),
        *(Filters(month=(f"2025-{month:02}",)) for month in range(1, 13)),
    ]
    for filters in selections[::step]:
        test.query_params.clear()
        for name, value in filters.query():
            test.query_params[name] = value
        test.run()
        expected = len(questions.records(version, "events", filters))
        assert numbers(test)["Events"] == str(expected), filters
        assert len(find(test, "agenda-row")) == expected, filters
        assert ("No events" in whole_text(test)) is not expected, filters


def test_an_empty_store_is_said_without_a_path(monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60).run()
    assert not test.exception
    assert test.title[0].value == "There are no records yet"
    assert str(tmp_path) not in test.error[0].value


def test_text_of_the_records_is_never_markdown():
    hostile = "![x](https://evil.example/a.png) <b> [l](u) **b** :red[x] $x$ `c` # h"
    shown = escape(hostile)
    assert "![" not in shown.replace("\\!\\[", "")
    assert all(f"\\{sign}" in shown for sign in "![](){}"[:5])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_begins_with_the_bar_and_then_its_finding_or_its_name(app, page):
    """Streamlit would print a text that stands by itself in the script, such as one that explains a
    constant.
    """
    shown = app("real", page or None, year="2025")
    bar, first = [shown.main.children[nr] for nr in sorted(shown.main.children)[:2]]
    assert [one.key for one in bar.get("bidi_component")] == ["ask", "part-bar"]
    if page in UNFILTERED:
        assert shown.title[0] in (first, *getattr(first, "children", {}).values())
        return
    assert (first.type, first.key) == ("bidi_component", "part-page")
    assert not shown.markdown
    begins = [element[1] for element in read_parts(shown)["part-page"]["elements"]]
    assert begins.index("headline") == (1 if begins[0] == "kicker" else 0)
    assert page_name(shown) == PAGES[page]


# --- the bar


def test_the_bar_has_the_filters_of_meetings_and_the_others_are_drawn_when_they_are_asked_for(app):
    test = app("real", "events", year="2025")
    assert list(read_filters(test)) == ["year", "month", "speaker"]
    assert not [*test.selectbox, *test.multiselect]
    assert [button.label for button in test.button] == ["Share", "Take along", "Present"]


@pytest.mark.parametrize("page", sorted(UNFILTERED))
def test_a_page_that_shows_everything_has_no_filters_in_its_bar(app, page):
    test = app("real", page, year="2025", speaker="job-doornberg")
    assert not read_filters(test)
    assert not find(test, "chip")


def test_a_month_and_a_person_are_chosen_in_the_bar_and_taken_back_with_their_chips(app):
    test = app("real", "events", year="2025")
    choose(test, "month", "2025-05")
    choose(test, "speaker", "job-doornberg")
    assert url(test) == {"month": "2025-05", "speaker": "job-doornberg"}
    assert texts(test, "chip") == ["Month: May 2025 ×", "Person: Job Doornberg ×", "Clear"]
    press(test, "-month=2025-05", "part-page")
    assert url(test) == {"year": "2025", "speaker": "job-doornberg"}
    assert read_filters(test)["month"] == "Month"
    press(test, "clear", "part-page")
    assert (url(test), find(test, "chip")) == ({"year": "2025"}, [])
    assert read_filters(test)["speaker"] == "Person"


def test_of_several_that_are_chosen_the_chips_tell_and_the_box_how_many(app):
    test = app("real", "events", year="2025", speaker=["job-doornberg", "michiel-hooiveld"])
    assert read_filters(test)["speaker"] == "2 chosen"
    assert texts(test, "chip")[:2] == ["Person: Job Doornberg ×", "Person: Michiel Hooiveld ×"]
    choose(test, "speaker", "michiel-hooiveld")
    assert url(test)["speaker"] == "michiel-hooiveld"


def test_what_records_hold_is_found_on_their_page(app):
    test = app("real", "records", year="2025", speaker="job-doornberg")
    test.text_input(key="find").set_value("  dutch   ai factory ").run()
    assert not test.exception
    assert url(test) == {"year": "2025", "speaker": "job-doornberg", "find": "dutch ai factory"}
    assert "found for “dutch ai factory”" in whole_text(test)
    test.text_input(key="find").set_value(" ").run()
    assert url(test) == {"year": "2025", "speaker": "job-doornberg"}


def page_of(test):
    return test.session_state["view"].page


# --- a press on an element


def test_a_press_on_a_name_filters_and_a_second_takes_it_back(app):
    test = app("real", "events", year="2025")
    press(test, "speaker=job-doornberg")
    assert url(test) == {"year": "2025", "speaker": "job-doornberg"}
    assert numbers(test)["Events"] == "10"
    assert read_filters(test)["speaker"] == "Job Doornberg (10)"
    press(test, "speaker=job-doornberg")
    assert (url(test), numbers(test)["Events"]) == ({"year": "2025"}, "29")


def test_what_is_not_there_any_more_is_said_when_it_is_chosen(app):
    """A page that was open while new records were published offers what was there before."""
    test = press(
        app("real", "events", year="2025"), "open:./events?year=2025&speaker=gone", "part-bar"
    )
    assert not test.exception
    assert (url(test), numbers(test)["Events"]) == ({"year": "2025"}, "29")
    assert texts(test, "notice") == ["speaker=gone is not known here and was left out"]


def test_a_press_on_a_question_mark_opens_what_is_behind_the_number(app):
    test = press(app("real", "events", year="2025"), "why=events_held")
    assert not test.exception
    assert url(test) == {"year": "2025", "why": "events_held"}
    assert "part-panel-why" in read_parts(test)


def test_a_press_on_the_way_to_a_page_takes_all_values_of_a_filter_along(app):
    people = ["job-doornberg", "peter-van-ooijen"]
    test = press(app("real", "events", year="2025", speaker=people), "page:map")
    assert page_of(test) == "map"
    assert test.query_params["speaker"] == people


def test_a_press_leads_to_another_page_with_the_filters(app):
    test = press(app("real", "events", year="2025", speaker="job-doornberg"), "page:map")
    assert not test.exception
    assert (page_of(test), url(test)) == ("map", {"year": "2025", "speaker": "job-doornberg"})


def test_every_element_that_can_be_pressed_leads_to_the_address_that_it_shows(app):
    """Those of the page with most of them: each is pressed, from where it is."""
    test = app("real", "events", year="2025")
    addresses = {
        node[2]["data-act"]: node[2]["href"]
        for node in iterate_nodes(test)
        if "data-act" in node[2]
    }
    assert len(addresses) > 30
    for act in list(addresses)[::6]:
        test = press(app("real", "events", year="2025"), act)
        assert not test.exception, act
        shown = urlencode(test.query_params, doseq=True)
        assert f"./events?{shown}" == addresses[act]


@pytest.mark.parametrize(
    "said",
    [
        "speaker=nobody",
        "month=2025-13",
        "page:nowhere",
        "",
        "\ud800",
        7,
        None,
        ["clear"],
        {"a": 1},
        "share:",
        "share:nothing",
        "share:<b>",
    ],
)
def test_whatever_a_browser_says_that_no_page_offers_changes_nothing(app, said):
    test = press(app("real", "events", year="2025"), said)
    assert not test.exception
    assert (page_of(test), url(test)) == ("events", {"year": "2025"})
    assert numbers(test)["Events"] == "29"
