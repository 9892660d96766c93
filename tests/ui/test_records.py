"""Every record and every number of the shipped data can be opened by its link, and shows what is
kept of it.
"""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.filters import APPLIES, NO_FILTERS, Filters
from dashboard.query import metrics, questions
from dashboard.query.metrics import METRICS
from dashboard.schema.contract import tables
from dashboard.store import Store
from dashboard.views.view import link_to_record
from tests.conftest import ROOT, served_already
from tests.support.page_parts import find, read_parts, read_text, texts, whole_text

pytestmark = pytest.mark.filterwarnings("default")
YEAR = Filters(year=2025)
SINGLE = [
    name
    for name, table in tables().items()
    if len(table.key) == 1 and name not in ("claims", "person_aliases")
]


@pytest.fixture(scope="module")
def version(tmp_path_factory):
    return served_already(Store(tmp_path_factory.mktemp("records")), ROOT / "data")


@pytest.fixture
def app(version, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(version.folder.parents[1]))
    return AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)


def opened(app, link, **query):
    """What stands on the page with this panel open: all of its texts."""
    app.query_params.clear()
    app.query_params["year"] = "2025"
    name, _, value = link.partition("=")
    app.query_params[name] = value
    for key, text in query.items():
        app.query_params[key] = text
    app.run()
    assert not app.exception, link
    found = [e.value for e in (*app.markdown, *app.caption, *app.header, *app.code)] + [
        b.label for b in app.button
    ]
    found += [str(cell) for frame in app.dataframe for cell in frame.value.to_numpy().ravel()]
    return " ".join([*found, whole_text(app)]).replace("\\", "")


def panel_text(app):
    """What the panel says that is open."""
    (panel,) = [part for key, part in read_parts(app).items() if key.startswith("part-panel")]
    return " ".join(read_text(element) for element in panel["elements"])


@pytest.mark.matrix(4)
@pytest.mark.parametrize("table", SINGLE)
def test_every_record_opens_by_its_link_and_shows_what_the_sources_say(app, version, table):
    claims = questions.rows(version, "claims_in_order", NO_FILTERS)
    for record in questions.browse(version, table):
        identity = record[tables()[table].key[0]]
        text = opened(app, link_to_record(table, identity))
        assert "is not known here" not in " ".join(t.value for t in app.toast)
        for claim in claims:
            if (claim["table_name"], claim["record_id"]) == (table, identity):
                assert not claim["stated"] or claim["stated"] in text, (
                    table,
                    identity,
                    claim["stated"],
                )
        note = record.get("note")
        assert not note or note in text, (table, identity)


def walk(node):
    """An element as the browser gets it, and all within it."""
    yield node
    for child in node[3:]:
        if isinstance(child, list):
            yield from walk(child)


def find_in_panel(app, css):
    """The elements with this class in the rows and lines of the panel that is open."""
    (panel,) = find(app, "panel")
    return [node for node in walk(panel) if css in node[1].split()]


def test_a_panel_in_dutch_has_the_dutch_note_and_audience(app):
    opened(app, "event=coronoid-fracture-patterns", lang="nl")
    assert "Doelgroep Arts-assistenten" in panel_text(app)
    (note,) = find_in_panel(app, "panel-text")
    assert read_text(note).startswith("De woorden tussen aanhalingstekens")
    assert "lang" not in note[2]


def test_the_panel_of_any_record_shows_a_text_once_and_in_dutch(app):
    opened(app, "record=series.science-truck", lang="nl")
    said = panel_text(app)
    assert "Doelgroep Leerlingen van basisscholen" in said
    assert said.count("Leerlingen van basisscholen") == 1
    assert "Primary school" not in said
    opened(app, "record=trainings.medicine-first-year", lang="nl")
    (part, *_others) = find_in_panel(app, "name")
    assert part[2]["lang"] == "en"
    opened(app, "record=trainings.medicine-first-year")
    assert not [node for node in find_in_panel(app, "name") if "lang" in node[2]]


@pytest.mark.matrix(5)
@pytest.mark.parametrize("name", METRICS)
def test_every_number_opens_with_definition_formula_rows_and_citation(app, version, name):
    page, metric = opened(app, f"why={name}"), METRICS[name]
    panel, empty = panel_text(app), not metrics.evaluate(version, metric, YEAR).total
    for said in (
        metric.counted,
        f"Not counted: {metric.not_counted[:1].lower()}{metric.not_counted[1:]}",
        metric.formula,
        "No records: the number is exactly" if empty else "Source: 2025 in Review",
    ):
        assert said in panel
    assert f"version {version.id}" in page


@pytest.mark.matrix(5)
@pytest.mark.parametrize("name", METRICS)
def test_a_number_says_which_filters_do_not_apply_to_it(app, name):
    opened(app, f"why={name}", speaker="job-doornberg")
    says = "Not filtered by person" in panel_text(app)
    assert says == ("speaker" not in APPLIES[METRICS[name].table])


@pytest.mark.parametrize(
    "link",
    [
        "event=nothing",
        "project=nothing",
        "person=nothing",
        "record=trainings.nothing",
        "record=nothing.nothing",
        "why=nothing",
    ],
)
def test_a_link_to_what_is_not_there_says_so_and_shows_the_page(app, link):
    opened(app, link)
    assert "is not known here" in app.toast[0].value


def test_a_part_of_a_number_opens_with_its_own_selection(app):
    text = opened(app, "why=contributions~speaker.job-doornberg~month.2025-05")
    assert "Contributions with Job Doornberg in May 2025" in text
    assert "line 298" in panel_text(app)
    assert "Sum 1 " in panel_text(app)


@pytest.mark.parametrize(
    "word", ["contributions~nobody", "contributions~text.x", "x" * 400, "events_held~month.2025-13"]
)
def test_a_part_that_is_not_understood_is_left_out_with_a_notice(app, word):
    opened(app, f"why={word}")
    assert any("why=" in notice for notice in texts(app, "notice"))


def test_profiles_can_be_switched_off(app, monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    settings = (
        (ROOT / "data" / "settings.toml")
        .read_text("utf-8")
        .replace("profiles = true", "profiles = false")
    )
    (tmp_path / "data" / "settings.toml").write_text(settings, "utf-8")
    monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path))
    opened(app, "person=job-doornberg")
    assert "switched off" in app.toast[0].value
    assert "also written" not in opened(app, "person=rozemarijn-vliegenthart")


def test_the_file_of_a_table_that_is_shown_page_by_page_holds_all_of_its_rows(
    app, version, monkeypatch
):
    given = []
    monkeypatch.setattr("dashboard.ui.page_parts.records.PAGE_ROWS", 5)
    monkeypatch.setattr(
        "dashboard.ui.tables.draw_table", lambda *parts, **more: given.append((parts, more))
    )
    app.switch_page("../../../pages/records.py")
    app.query_params["table"] = "people"
    app.run()
    ((_, heading, shown, *_), more) = given[-1]
    total = version.manifest.rows["people"]
    assert heading == f"people: {total} rows"
    assert (len(shown), len(list(csv.DictReader(io.StringIO(more["csv"]()))))) == (5, total)
