"""The questions of the corpus are read as they are to be; README.md says what a line holds."""

from collections import defaultdict

from dashboard.asking.grammar import read
from dashboard.schema.folding import fold_words
from tests.asking.conftest import SHOWN, TODAY
from tests.support.asked import read_corpus

ENOUGH = 0.95


def normalize(filters):
    """Filters that can be compared: values in any order, a text by its words."""
    plain = {name: tuple(sorted(values)) for name, values in filters.items() if values}
    if "text" in plain:
        plain["text"] = tuple(sorted(fold_words(" ".join(plain["text"])).split()))
    return plain


def name_filters(filters, all_years=False):
    """The filters of a reading by their names in the URL."""
    found = defaultdict(list)
    for name, value in filters.query():
        found[name].append(value)
    if all_years:
        found["year"] = ["all"]
    return normalize(found)


def list_right(line):
    """The readings of a line that are right, each with everything that it has."""
    first = {name: line.get(name) for name in ("filters", "metric", "not_understood")}
    yield first
    for filters in line.get("or_filters", ()):
        yield first | {"filters": filters}
    for other in line.get("or", ()):
        yield first | other


def find_faults(line, reading, right):
    """What is wrong with a reading, compared with one that is right."""
    got, wanted = name_filters(reading.filters, reading.all_years), normalize(right["filters"])
    unread = fold_words(" ".join(reading.rest))
    missed = [word for word in right["not_understood"] or () if fold_words(word) not in unread]
    partly = line["kind"] == "unanswerable"
    return [
        *([f"filters {got}, not {wanted}"] if got != wanted else ()),
        *(f"“{word}” not said to be not understood" for word in missed),
        *(
            [f"not understood: {reading.rest}"]
            if reading.rest and not partly and not missed
            else ()
        ),
        *(
            [f"metric {reading.metric!r}, not {right['metric']}"]
            if right["metric"] is not None and reading.metric not in right["metric"]
            else ()
        ),
    ]


def judge(line, reading):
    """What is wrong with a reading, compared with the right one that it is nearest to."""
    offered = [name_filters(choice.filters) for choice in reading.choices]
    wanted = [normalize(filters) for filters in line.get("alternatives", ())]
    complete = bool(wanted) and all(filters in offered for filters in wanted)
    if offered and complete and line["kind"] != "ambiguous":
        return []
    faults = min((find_faults(line, reading, right) for right in list_right(line)), key=len)
    if line["kind"] == "ambiguous":
        faults = [fault for fault in faults if not fault.startswith("metric")]
    if (line["kind"] == "ambiguous" and not complete) or (offered and not complete):
        faults.append(f"offered {offered}, not {wanted}")
    if not offered and reading.page not in line["page"]:
        faults.append(f"page {reading.page!r}, not {line['page']}")
    told = {"by": reading.by, "compare": reading.extras.get("compare")}
    faults += [
        f"{name} {got!r}, not {line[name]!r}"
        for name, got in told.items()
        if line.get(name, got) != got
    ]
    if reading.form not in line.get("form", [reading.form]):
        faults.append(f"form {reading.form!r}, not {line['form']}")
    return faults


def is_silent(line, reading):
    """Whether other filters are understood than are right, and nothing tells it."""
    got = name_filters(reading.filters, reading.all_years)
    right = any(got == normalize(right["filters"]) for right in list_right(line))
    told = reading.rest or reading.choices or any(one.corrected for one in reading.understood)
    return not right and not told


def ask(line, vocabulary):
    return read(line["q"], vocabulary, TODAY, line["lang"], SHOWN)


def test_at_least_95_in_100_questions_are_read_right(vocabulary):
    lines = read_corpus()
    wrong = {line["q"]: faults for line in lines if (faults := judge(line, ask(line, vocabulary)))}
    listed = "\n".join(f"{question}\n    {faults}" for question, faults in wrong.items())
    assert len(lines) >= 150
    assert len(wrong) <= (1 - ENOUGH) * len(lines), listed


def test_no_question_is_read_wrong_without_a_sign_of_it(vocabulary):
    lines = read_corpus()
    silent = [
        line["q"]
        for line in lines
        if judge(line, reading := ask(line, vocabulary)) and is_silent(line, reading)
    ]
    assert silent == []


def test_of_every_question_that_has_no_answer_the_words_are_named_that_have_none(vocabulary):
    lines = [line for line in read_corpus() if line["kind"] == "unanswerable"]
    unsaid = {
        line["q"]: faults
        for line in lines
        if (faults := [f for f in judge(line, ask(line, vocabulary)) if "not understood" in f])
    }
    assert len(lines) >= 30
    assert unsaid == {}


def test_a_wrong_reading_is_noticed(vocabulary):
    line = next(line for line in read_corpus() if line["q"] == "keynotes Doornberg")
    other = read("lectures Metting", vocabulary, TODAY, "en", SHOWN)
    assert judge(line, ask(line, vocabulary)) == []
    assert judge(line, other)
    assert is_silent(line, other)
