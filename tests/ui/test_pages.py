"""Pages through AppTest: they run on the shipped records, on demo data and on none, without an
exception.
"""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import demo
from dashboard.model.filters import Filters
from dashboard.model.periods import PERIODS
from dashboard.model.sitemap import PAGES
from dashboard.query import questions
from dashboard.store import Store
from dashboard.ui import filter_options, state
from dashboard.ui.markdown import escape
from dashboard.views.view import ALL_YEARS
from tests.conftest import ROOT, publish_folder, served_already
from tests.support.page_parts import find, iterate_nodes, numbers, page_name, press, read_parts, texts, whole_text
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


def text(test):
    own = " ".join(
        element.value
        for element in (
            *test.title,
            *test.markdown,
            *test.header,
            *test.subheader,
            *test.caption,
            *test.info,
        )
    )
    return f"{own} {whole_text(test)}"


def test_the_overview_shows_the_numbers_of_the_year(app):
    test = app(year="2025")
    assert not test.exception
    assert test.title[0].value == "DASH in 2025"
    values = {metric.label: metric.value for metric in test.metric}
    assert (values["Events"], values["Countries"], values["Trainings"]) == ("29", "7", "12")
    assert "None recorded after 18 December 2025" in text(test)


def test_a_number_that_a_filter_does_not_apply_to_says_so(app):
    test = app(year="2025", speaker="job-doornberg")
    assert "not filtered by speaker" in text(test)
    assert {m.label: m.value for m in test.metric}["Events"] == "10"


def test_a_new_version_is_shown_on_the_next_interaction(tmp_path, records, edit, monkeypatch):
    """In a browser: make test-long."""
    store = Store(tmp_path / "store")
    served_already(store, records)
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    test.query_params["month"] = "2025-05"
    test.switch_page("../../../pages/events.py").run()
    assert "Agenda: 4 events" in text(test)
    edit("events", "2025-05-08", "2025-06-08")
    publish_folder(store, records)
    assert "Agenda: 3 events" in text(test.run())


def test_an_unknown_amount_is_not_a_zero(app):
    value = {metric.label: metric.value for metric in app(year="2025").metric}["Funding received"]
    assert "not known" in value


def test_planned_events_are_what_is_next_in_the_demo_data(app):
    test = app("demo")
    assert not test.exception
    assert "Demo data: generated" in test.warning[0].value


def test_no_records_show_an_empty_state_and_no_exception(app):
    test = app("none")
    assert not test.exception
    assert {metric.label: metric.value for metric in test.metric}["Events"] == "0"


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
        said = (
            f"Agenda: {expected} event{'s' if expected > 1 else ''}"
            if expected
            else "No events here."
        )
        assert said in text(test), filters


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
def test_a_page_begins_with_its_heading(app, page):
    """Streamlit would print a text that stands by itself in the script, such as one that explains a
    constant.
    """
    shown = app("real", page or None, year="2025")
    first = shown.main.children[min(shown.main.children)]
    assert first.type == "flex_container", first
    assert first.children[0] is shown.title[0]


@pytest.mark.parametrize(
    ("name", "value", "filters", "then"),
    [
        ("year", "2025 (984)", Filters(year=2025), None),
        ("year", "2024 (7)", Filters(year=2025), Filters(year=2024)),
        ("year", "All years", Filters(year=2025), Filters()),
        ("year", "2025", Filters(month=("2024-05", "2025-05")), Filters(month=("2025-05",))),
        ("year", "2025", Filters(month=("2024-05", "2025-04")), Filters(month=("2025-04",))),
        ("year", "the year of the cat", Filters(year=2025), None),
        (
            "speaker",
            ["Job Doornberg (99)"],
            Filters(year=2025),
            Filters(year=2025, speaker=("job-doornberg",)),
        ),
        ("speaker", ["Job Doornberg (99)"], Filters(year=2025, speaker=("job-doornberg",)), None),
        ("speaker", ["Somebody (3)", "job-doornberg"], Filters(year=2025), None),
        ("speaker", [], Filters(year=2025, speaker=("job-doornberg",)), Filters(year=2025)),
    ],
)
def test_an_option_is_known_by_the_words_that_the_reader_saw_and_what_is_not_known_changes_nothing(
    monkeypatch, name, value, filters, then
):
    """Streamlit gives the words where the option is called otherwise by now: a page was left while
    it was drawn, and the next one counts something else. None: the filters stay, and nothing that
    is open is closed.
    """
    changes = []
    monkeypatch.setattr(
        state.st, "session_state", {f"filter_{name}": value, "filters": filters, "extras": {}}
    )
    monkeypatch.setattr(state, "change_view", lambda chosen, **_: changes.append(chosen))
    named = {
        "year": {"2024": "2024", "2025": "2025", ALL_YEARS: "All years"},
        "speaker": {"job-doornberg": "Job Doornberg"},
    }
    state.apply_filter_widget.__wrapped__(name, NOW.date(), named[name])
    assert changes == ([then] if then is not None else [])


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("2025", "2025"),
        ("2025 (984)", "2025"),
        ("All years", ALL_YEARS),
        ("This month (November 2026)", "this-month"),
        ("Somebody (3)", None),
        ("", None),
        ("Jan Jansen (2)", None),
        ("jan-jansen-2", "jan-jansen-2"),
    ],
)
def test_words_mean_an_option_or_nothing(said, means):
    named = (
        {"2025": "2025", ALL_YEARS: "All years"}
        | PERIODS
        | dict.fromkeys(("jan-jansen", "jan-jansen-2"), "Jan Jansen")
    )
    assert filter_options.resolve_option(said, named) == means
