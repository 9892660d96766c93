"""Small head counts: nowhere in a served version, and not to be worked out from what stands in it.

Two proofs. Whatever a withheld number was, the version is the same to the last byte of its records,
so that nothing that is made of a version can tell it. And a reader who solves every equation that
the texts state finds nothing either.
"""

import itertools
import re
import shutil
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import assume, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.model.filters import FILTER_NAMES, Filters
from dashboard.model.quantity import make_quantity, sum_quantities
from dashboard.query import metrics, questions
from dashboard.query.metrics import METRICS, evaluate
from dashboard.schema.contract import tables
from dashboard.store import Store, small_groups
from dashboard.store.small_groups import WITHHELD, withhold_small_groups
from tests.conftest import ROOT, append_to, publish_folder, replace_in

BELOW = 5
PEOPLE = [(t.name, c.name) for t in tables().values() for c in t.file_columns if c.people]
WORDS = ("no", "one", "two", "three", "four")


@pytest.fixture(scope="module")
def checked():
    """Checked records in memory, of which only trainings and claims are exchanged for each example."""
    return open_checked_records(read_folder(ROOT / "tests" / "data"))


def with_records(con, trainings, claims):
    """The records with these trainings (number, kind, level, line) and claims (training, line of
    the source, text).
    """
    con.execute("begin")
    con.execute(
        "delete from typed.claims; delete from typed.training_parts; delete from typed.trainings"
    )
    for nr, (number, kind, level, line) in enumerate(trainings):
        con.execute(
            "insert into typed.trainings by name select $id as training_id, $id as title, $level as level, 'course' as format,"
            " 'held' as status, '2025' as period, $line as line, cast($number as integer) as participants, $kind as participants_kind",
            {"id": f"t{nr}", "level": level, "line": line, "number": number, "kind": kind},
        )
    for nr, (of, line, stated) in enumerate(claims):
        con.execute(
            "insert into typed.claims by name select $id as claim_id, 'trainings' as table_name, $of as record_id,"
            " 'report' as source_id, 'stated' as stance, cast($line as integer) as line, $stated as stated",
            {"id": f"c{nr}", "of": f"t{of}", "line": line, "stated": stated},
        )


def withheld(con, trainings, claims):
    """What is published of them."""
    with_records(con, trainings, claims)
    try:
        withhold_small_groups(con, BELOW)
        return {
            name: con.execute(f"from typed.{name}").fetchall() for name in ("trainings", "claims")
        }
    finally:
        con.execute("rollback")


NUMBERS = st.one_of(st.integers(0, 4), st.integers(0, 60))


@st.composite
def records(draw):
    """Trainings and what a report states of them: each alone, in words, or several of one line
    together.
    """
    trainings = draw(
        st.lists(
            st.tuples(
                NUMBERS,
                st.sampled_from(["exact", "about"]),
                st.sampled_from(["bachelor", None]),
                st.sampled_from(["ethics", None]),
            ),
            min_size=2,
            max_size=5,
        )
    )
    lines = draw(
        st.lists(st.sampled_from([1, 2, None]), min_size=len(trainings), max_size=len(trainings))
    )
    forms = draw(
        st.lists(
            st.sampled_from(["alone", "words", "total", "none"]),
            min_size=len(trainings),
            max_size=len(trainings),
        )
    )
    return trainings, lines, forms


def stated(trainings, lines, forms) -> list[tuple[int, int | None, str]]:
    """The claims: {} becomes a number."""
    found = []
    for nr, (line, form) in enumerate(zip(lines, forms, strict=True)):
        number = trainings[nr][0]
        whole = sum(t[0] for t, where in zip(trainings, lines, strict=True) if where == line)
        words = WORDS[number] if number < len(WORDS) else str(number)
        text = {
            "alone": f"{number} students",
            "words": f"{words} students",
            "total": f"{whole} in all",
            "none": "a course",
        }[form]
        found.append((nr, line, text))
    return found


@examples(max_examples=30)
@given(records(), st.data())
def test_what_a_small_number_was_cannot_be_seen_in_anything_that_is_published(checked, made, data):
    trainings, lines, forms = made
    small = [nr for nr, t in enumerate(trainings) if t[0] < BELOW]
    assume(small)
    others = list(trainings)
    for nr in small:
        others[nr] = (data.draw(st.integers(0, BELOW - 1)), *trainings[nr][1:])
    forms = [
        "total" if form == "total" and lines[nr] not in {lines[s] for s in small} else form
        for nr, form in enumerate(forms)
    ]
    assert withheld(checked, trainings, stated(trainings, lines, forms)) == withheld(
        checked, others, stated(others, lines, forms)
    )


def worlds(published, lines) -> Iterator[tuple[int, ...]]:
    """Every way in which the withheld numbers can be, so that all that the published texts state is
    true.
    """
    column = [c.name for c in tables()["trainings"].file_columns].index("participants") + 1
    known = {row[1]: row[column] for row in published["trainings"]}
    hidden = [identity for identity, number in known.items() if number is None]
    for guess in itertools.product(range(BELOW), repeat=len(hidden)):
        world = known | dict(zip(hidden, guess, strict=True))
        if all(is_true(*claim, world, lines) for claim in texts(published)):
            yield guess


def texts(published) -> list[tuple[str, str]]:
    """Record and text of every claim that is left."""
    names = [c.name for c in tables()["claims"].file_columns]
    of, text = names.index("record_id") + 1, names.index("stated") + 1
    return [(row[of], row[text]) for row in published["claims"]]


def is_true(of, text, world, lines) -> bool:
    if text in (WITHHELD, "a course"):
        return True
    if text.endswith(" in all"):
        line = lines[int(of[1:])]
        return sum(world[f"t{nr}"] for nr, where in enumerate(lines) if where == line) == int(
            text.removesuffix(" in all")
        )
    said = text.removesuffix(" students")
    return world[of] == (WORDS.index(said) if said in WORDS else int(said))


@examples(max_examples=30)
@given(records())
def test_whoever_solves_every_equation_of_the_texts_knows_no_more_than_that_a_group_is_small(
    checked, made
):
    trainings, lines, forms = made
    assume(any(t[0] < BELOW for t in trainings))
    published = withheld(checked, trainings, stated(trainings, lines, forms))
    possible = set(worlds(published, lines))
    assert possible == set(itertools.product(range(BELOW), repeat=len(next(iter(possible)))))


def test_the_same_reader_finds_the_number_where_a_total_is_left(checked, monkeypatch):
    trainings = [(29, "exact", None, None), (3, "exact", None, None)]
    claims = [(0, 7, "32 in all"), (1, 7, "three students")]
    assert len(set(worlds(withheld(checked, trainings, claims), [7, 7]))) == BELOW

    def only_its_own(con, about_small):
        con.execute(f"update typed.claims set stated = '{WITHHELD}' where {about_small}")

    monkeypatch.setattr(small_groups, "_withhold_claims", only_its_own)
    assert set(worlds(withheld(checked, trainings, claims), [7, 7])) == {(3,)}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("32 in two courses", False),
        ("thirty-two nurses", False),
        ("tweeëndertig", False),
        ("a dozen", False),
        ("honderd", False),
        ("one hundred", False),
        ("around 1,200", False),
        ("Doubled participation", True),
        ("guest lectures", True),
    ],
)
def test_a_number_of_another_record_at_the_same_place_goes_and_other_words_stay(
    checked, text, left
):
    trainings = [(29, "exact", None, None), (3, "exact", None, None)]
    published = withheld(checked, trainings, [(0, 7, text), (1, 7, "3"), (0, 8, text)])
    assert texts(published) == [("t0", text if left else WITHHELD), ("t1", WITHHELD), ("t0", text)]


@pytest.mark.parametrize(
    ("note", "said"), [("Only 3 came.", True), ("Drie mensen.", True), ("About 30 of 13.", False)]
)
def test_a_text_that_repeats_a_small_number_is_named_for_whoever_publishes(
    small, tmp_path, note, said
):
    replace_in(small, "events", ",3,exact,,", f',3,exact,,"{note}"')
    found = publish_folder(Store(tmp_path / "store"), small)
    words = "events.round-table: the note repeats the number of participants, which is withheld because the group is small: change the text"
    assert found.notes == ((words,) if said else ())


# Whole versions
# ------------------------------------------------------------------------------------------------------


def small_ones(folder, number, words):
    """The records to check by hand with a small event, a small training, and what sources state of
    them.
    """
    replace_in(folder, "events", ",3,exact,,", f",{number},exact,,")
    replace_in(folder, "claims", "three participants", f"{words} participants")
    append_to(
        folder,
        "trainings",
        f"tutorial,Tutorial,bachelor,medicine,course,,held,2025-11,,education,ethics,{number},about,",
    )
    append_to(
        folder, "claims", f"tutorial-1,trainings,tutorial,,newsletter,stated,News,5,{number} nurses"
    )
    append_to(
        folder,
        "claims",
        f"autumn-course-2,trainings,autumn-course,,newsletter,stated,News,5,{30 + number} in all",
    )
    return folder


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    """Two versions that differ in the small numbers only: 3 and 1."""
    made = []
    for number, words in ((3, "three"), (1, "one")):
        root = tmp_path_factory.mktemp("small")
        folder = small_ones(shutil.copytree(ROOT / "tests" / "data", root / "data"), number, words)
        made.append(publish_folder(Store(root / "store"), folder).version)
    return made


def everything(version) -> dict[str, list]:
    """Every row of every table of the database, also of those that are worked out."""
    with duckdb.connect(version.database, read_only=True) as con:
        names = [
            name
            for (name,) in con.execute(
                "select table_name from duckdb_tables() order by all"
            ).fetchall()
        ]
        return {name: con.execute(f'from "{name}"').fetchall() for name in names}


def test_versions_that_differ_in_small_numbers_only_are_the_same(versions):
    one, other = versions
    assert one.id == other.id
    for path in one.records.iterdir():
        assert path.read_bytes() == (other.records / path.name).read_bytes()
    found = everything(one)
    assert found == everything(other)
    assert set(tables()) < set(found)
    assert one.manifest.rows == other.manifest.rows


def test_no_column_of_people_holds_a_number_below_the_threshold(versions):
    with duckdb.connect(versions[0].database, read_only=True) as con:
        for table, column in PEOPLE:
            (least, small) = con.execute(
                f"select min({column}), count(*) filter (where {column}_kind = 'fewer-than') from {table}"
            ).fetchone()
            assert (least >= BELOW, small) == (True, 1), table
    said = "".join(path.read_text("utf-8") for path in versions[0].records.iterdir())
    assert not re.search(r"\b3 nurses|three participants|33 in all", said)


def selections(version) -> list[Filters]:
    """Nothing chosen, every value of every filter by itself, and every month."""
    labels = questions.read_labels(version)
    found = [Filters()]
    for name in FILTER_NAMES:
        if name in ("year", "month"):
            found += [
                Filters().within(name, value)
                for value in {
                    "year": ["2024", "2025"],
                    "month": [f"2025-{m:02}" for m in range(1, 13)],
                }[name]
            ]
        elif name not in ("text", "from", "to"):
            found += [Filters().with_(**{name: (value,)}) for value in labels[name]]
    return found


def test_every_total_and_every_part_is_the_sum_of_the_published_numbers_and_nothing_more(versions):
    version, seen = versions[0], 0
    for name in ("training_participants", "event_participants"):
        metric = METRICS[name]
        for filters in selections(version):
            records = list(metrics.list_records(version, metric, filters))
            assert all(row["value"] is None or row["value"] >= BELOW for row, _ in records)
            assert evaluate(version, metric, filters) == sum_quantities(
                quantity for _, quantity in records
            )
            seen += any(row["kind"] == "fewer-than" for row, _ in records)
    for filters in selections(version):
        held = [
            r
            for r in questions.rows(version, "trainings", filters)
            if r["status"] == "held" and r["format"] != "e-learning"
        ]
        for part in questions.rows(version, "trainings_by", filters):
            of = [r for r in held if (r[part["dimension"]] or "not-stated") == part["id"]]
            whole = sum_quantities(
                make_quantity(r["participants"], r["participants_kind"]) for r in of
            )
            assert (part["value"], part["fewer_than"], part["exact"]) == (
                whole.value,
                whole.fewer_than,
                whole.exact,
            )
            seen += part["fewer_than"]
    assert seen > 20
