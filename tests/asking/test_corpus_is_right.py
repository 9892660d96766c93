"""The corpus of questions holds together: what it says of kinds and languages, that it names what is
in the records, and that the numbers beside its questions are those of the metrics.
"""

import pytest

from dashboard.model.filter_links import drop_unknown_ids, parse_filters
from dashboard.model.filters import FILTER_NAMES
from dashboard.model.sitemap import PAGES
from dashboard.query import metrics, questions
from dashboard.query.metric_definitions import METRICS
from dashboard.store import Store
from tests.conftest import served_already
from tests.support.asked import merge_records, read_corpus

CORPUS = read_corpus()
SHOWN = 2025
OF_A_LINE = set(
    "id q lang kind page filters or_filters or compare metric value form by not_understood "
    "alternatives says tags why".split()
)
IN_NO_RECORD = {"country": {"FR", "BE"}}


@pytest.fixture(scope="module")
def version(tmp_path_factory):
    folder = merge_records(tmp_path_factory.mktemp("asked-of"))
    return served_already(Store(tmp_path_factory.mktemp("asked") / "store"), folder)


def readings(line):
    """Every reading of a line that is right, with its own metrics and value."""
    yield line
    yield from ({**line, "filters": filters} for filters in line.get("or_filters", ()))
    yield from ({**line, **other} for other in line.get("or", ()))


def as_filters(named):
    """The named filters as a link would give them; without a period, in the year that is shown."""
    pairs = [(name, value) for name in named for value in named[name] if value != "all"]
    if not set(named) & {"year", "month", "from", "to"}:
        pairs.append(("year", str(SHOWN)))
    filters, notices = parse_filters(pairs)
    assert notices == []
    return filters


def is_a_filter_here(named):
    return set(named) <= set(FILTER_NAMES)


def test_corpus_is_as_large_and_as_hard_as_it_says():
    count = len(CORPUS)
    kinds = [line["kind"] for line in CORPUS]
    misspelt = [
        line for line in CORPUS if line["kind"] == "spelling" or "misspelt" in line.get("tags", ())
    ]
    assert count >= 440
    assert abs(sum(line["lang"] == "nl" for line in CORPUS) / count - 1 / 2) < 0.05
    assert len(misspelt) / count > 1 / 3
    assert kinds.count("unanswerable") / count >= 1 / 5
    assert 20 <= kinds.count("ambiguous") <= 40
    assert sum("meeting" in line.get("tags", ()) for line in CORPUS) == 10


def test_every_line_is_a_question_of_its_own_in_the_form_of_the_readme():
    assert len({line["id"] for line in CORPUS}) == len(CORPUS)
    assert len({line["q"] for line in CORPUS}) == len(CORPUS)
    for line in CORPUS:
        assert set(line) <= OF_A_LINE, line["id"]
        assert set(line["page"]) <= set(PAGES), line["id"]
        assert line["kind"] != "ambiguous" or len(line["alternatives"]) > 1, line["id"]


def test_corpus_names_metrics_and_ids_that_the_records_have(version):
    known = questions.read_labels(version)
    for line in CORPUS:
        for reading in readings(line):
            assert set(reading["metric"] or ()) - {""} <= set(METRICS), line["id"]
            assert unknown_ids(reading["filters"], known) == [], line["id"]
        for filters in line.get("alternatives", ()):
            assert unknown_ids(filters, known) == [], line["id"]


def unknown_ids(named, known):
    expected = {
        name: [value for value in named[name] if value not in IN_NO_RECORD.get(name, ())]
        for name in named
        if name in FILTER_NAMES
    }
    return drop_unknown_ids(as_filters(expected), known)[1]


def test_numbers_of_the_corpus_are_those_of_the_metrics(version):
    checked = 0
    for line in CORPUS:
        for reading in readings(line):
            if "value" not in reading or not is_a_filter_here(reading["filters"]):
                continue
            for name in set(reading["metric"]) - {""}:
                found = metrics.evaluate(version, METRICS[name], as_filters(reading["filters"]))
                assert found.value == reading["value"], (line["id"], name)
                checked += 1
    assert checked > 200
