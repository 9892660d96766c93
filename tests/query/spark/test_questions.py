"""Every named question and every scope on Spark: the answers worked out by hand, and DuckDB's own,
column by column.
"""

import random
import re
from datetime import date
from pathlib import Path

import pytest

from dashboard.model.filters import APPLIES, Filters
from dashboard.query import duck, engine, questions
from dashboard.query.gains import LACKING
from dashboard.query.metrics import METRICS
from dashboard.query.names import load_names
from dashboard.query.search import search
from dashboard.query.suggestions import suggest
from dashboard.schema.contract import tables
from tests.query.test_questions import ALL, ANSWERS, CASES, SQL, TEXTS, ask, chosen, listed

pytestmark = [
    pytest.mark.long,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.usefixtures("on_spark"),
]
SCOPES = re.findall(
    r"create macro (\w+)\(\s*([^)]*?)\s*\) as table",
    Path(questions.__file__).parents[1].joinpath("scope.sql").read_text("utf-8"),
)
FILTERS = (  # several at once: each is tried by itself below; disputed and search_hits take none
    "",
    "year=2025&line=not-stated&line=ethics",
    "month=2024-12&month=2025-05&pillar=research&pillar=not-stated",
    "speaker=anna-berg&speaker=dirk-vos&role=chair&role=lecture",
    "kind=meeting&our_role=organised&our_role=led&city=antwerp-be",
    "country=NL&text=a&status=held&status=planned",
    "from=2024-11-02&to=2025-05-20&pillar=research&pillar=education",
    "year=2025&to=2025-12-30&organisation=ghent-university&organisation=care-group",
    "level=not-stated&discipline=not-stated&format=course",
)


def both(version, sql, params):
    """What Spark and DuckDB say, of which every column has to have the same name and type."""
    found, expected = (
        engine.query(version.database, sql, params),
        duck.query(version.database, sql, params),
    )
    assert found.schema == expected.schema
    return found, expected


@pytest.mark.parametrize(("question", "params", "columns", "expected"), ANSWERS)
def test_a_question_has_the_answer_worked_out_by_hand(tiny, question, params, columns, expected):
    assert ask(tiny, question, columns, **params) == expected


@pytest.mark.parametrize(("table", "query", "ids"), CASES)
def test_a_filter_leaves_the_rows_that_the_matrix_says(tiny, table, query, ids):
    assert listed(tiny, table, query) == ids.split()


@pytest.mark.parametrize(("text", "ids"), TEXTS.items())
def test_a_text_finds_all_its_words_in_any_order_whatever_the_accents(tiny, text, ids):
    assert ask(tiny, "events", "event_id", Filters(text=text)) == ids.split()


@pytest.mark.parametrize(
    ("scope", "parameters", "query"),
    [
        (*scope, query)
        for scope in SCOPES
        for query in FILTERS
        if scope[0].startswith("scope_") or not query
    ],
)
def test_a_scope_has_the_same_rows(fuller, scope, parameters, query):
    names = [name.strip() for name in parameters.split(",")]
    params = questions.bind(chosen(query)) | {"of_table": "events", "of_field": "participants"}
    if scope == "search_hits":
        params |= {"words": ["zoe", "s"]}
    sql = f"select * from {scope}({', '.join('$' + name for name in names)})"
    found, expected = both(fuller, sql, params)
    in_order = [(name, "ascending") for name in found.column_names]
    assert found.sort_by(in_order) == expected.sort_by(in_order)


@pytest.mark.parametrize("question", SQL)
def test_a_question_has_the_same_answer_over_shipped_and_other_records(shipped, fuller, question):
    extra = next((params for name, params, *_ in ANSWERS if name == question), {})
    for version, queried in (
        (fuller, ""),
        (shipped, ""),
        (shipped, "year=2025&line=not-stated"),
        (shipped, "month=2025-05&our_role=organised&our_role=contributed"),
        (shipped, "speaker=job-doornberg&text=ai"),
    ):
        params = questions.bind(chosen(queried)) | extra
        found, expected = both(version, SQL[question], params)
        assert found == expected, queried


@pytest.mark.parametrize("name", sorted({name for names in LACKING.values() for name in names}))
def test_what_a_number_lacks_is_the_same(fuller, name):
    metric, ids = METRICS[name], ["meet-up", "pilot", "retreat", "top-up", "gift"]
    params = questions.bind(ALL) | dict(metric.params) | {"record_ids": ids}
    found, expected = both(fuller, questions.select_unknown(metric.records_question), params)
    in_order = [(column, "ascending") for column in found.column_names]
    assert found.sort_by(in_order) == expected.sort_by(in_order)


@pytest.mark.parametrize(
    "question", ["similar_people", "similar_organisations", "similar_trainings", "similar_events"]
)
def test_records_that_may_be_the_same_are_found(fuller, question):
    assert questions.rows(fuller, question, Filters())


def test_a_page_of_rows_is_the_same(shipped):
    params = questions.bind(Filters()) | {"limit": 5, "offset": 3}
    found, expected = both(shipped, SQL["events"], params)
    assert found == expected
    assert found.num_rows == 5


def test_rows_as_python_values_are_the_same(fuller):
    for question in ("funding_sum", "trainings_by", "targets", "deviations", "event_places"):
        params = questions.bind(Filters()) | {"ours": True}
        found = engine.rows(fuller.database, SQL[question], params)
        expected = duck.rows(fuller.database, SQL[question], params)
        assert [[(name, type(value), value) for name, value in row.items()] for row in found] == [
            [(name, type(value), value) for name, value in row.items()] for row in expected
        ]


def test_tables_are_browsed_as_they_are_kept(fuller):
    for table, contract in tables().items():
        found = engine.browse(fuller.database, table, contract.key, limit=7, offset=1)
        assert found == duck.browse(fuller.database, table, contract.key, limit=7, offset=1), table
    assert questions.record(fuller, "people", "zoe-muller")["name"] == "Zoë Müller"
    assert questions.record(fuller, "people", "' or 1=1 --") is None
    assert (
        questions.ids(fuller, "people").to_pylist()
        == duck.browse(fuller.database, "people", ("person_id",), columns=("person_id",))
        .column(0)
        .to_pylist()
    )


def test_words_are_as_far_apart_and_as_like_as_duckdb_says(tiny):
    draw = random.Random(16)
    words = ["", "a", "straße", "Zoë Müller", "abcdefgh", "abcdefhg"]
    words += ["".join(draw.choices("abcdé ", k=draw.randint(1, 9))) for _ in range(60)]
    for measure in ("damerau_levenshtein", "jaro_similarity", "jaro_winkler_similarity"):
        sql = f"""
            select a.word as a, b.word as b, {measure}(a.word, b.word) as measured
            from (select unnest($words) as word) as a cross join (select unnest($words) as word) as b
            order by a.word, b.word
        """
        found, expected = both(tiny, sql, {"words": words})
        assert found.num_rows == len(words) ** 2
        assert found.column("measured").to_pylist() == pytest.approx(
            expected.column("measured").to_pylist(), abs=1e-12
        )


def test_every_letter_is_folded_as_duckdb_folds_it(tiny):
    text = "".join(f"a{letter}" for letter, _ in duck.read_letters()) + "ßøŁ가🙂'\\"
    found, expected = both(tiny, "select fold($text) as plain", {"text": text})
    assert found == expected


def test_search_suggestions_and_names_are_the_same(fuller, monkeypatch):
    """What is kept of a version is read from each engine anew."""

    def ask(text):
        return search(fuller, text), suggest(fuller, text, date(2025, 6, 1))

    load_names.cache_clear()
    texts = ("vos", "Mülller", "carre grop", "nothing-like-it", "spring school 2e", "springschol")
    found = [ask(text) for text in texts]
    load_names.cache_clear()
    with monkeypatch.context() as patched:
        for name in ("query", "rows"):
            patched.setattr(engine, name, getattr(duck, name))
        assert found == [ask(text) for text in texts]
    load_names.cache_clear()


def test_words_are_folded_as_duckdb_folds_them(tiny):
    text = "Søren’s  Straße_2e—ǅ, Αθήνα 数据・ü!"
    found, expected = both(tiny, "select fold_words($text) as plain", {"text": text})
    assert found == expected


def test_every_scope_of_the_matrix_is_asked():
    asked = {
        f"scope_{table.removeprefix('held_')}" for table in APPLIES
    }  # held ones are of the same scope
    assert asked <= {name for name, _ in SCOPES}
