"""What has the right form and cannot be true: named with row and column, as a problem or as a note."""

from datetime import UTC, date, datetime
from shutil import copytree

import duckdb
import pytest

from dashboard.intake import invisible
from dashboard.intake.gazetteer import country_codes, suggest_country
from dashboard.intake.problems import Refused
from dashboard.intake.uploads import read_upload
from dashboard.publishing.delivery import join_with_served
from dashboard.query.metrics import METRICS
from dashboard.schema.contract import tables
from dashboard.store import Mode, Store
from dashboard.store.publish import upgrade
from dashboard.views.view import Answers
from tests.conftest import ROOT, served_already
from tests.faults import damage

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
TODAY = NOW.date()
HEADERS = {name: [c.name for c in table.file_columns] for name, table in tables().items()}
PLAIN = {
    "events": {"title": "A day", "status": "held", "participants_kind": "unknown"},
    "trainings": {
        "title": "A course",
        "format": "course",
        "status": "held",
        "participants_kind": "unknown",
    },
    "projects": {"title": "P", "kind": "project", "status": "planned", "reported_date": "2026"},
    "places": {"city": "Assen", "country": "NL", "precision": "city"},
    "organisations": {"name": "O"},
    "people": {"name": "X Y"},
    "sources": {"title": "S", "kind": "report"},
    "series": {"title": "S", "reported_date": "2026"},
    "funding": {"title": "F", "our_role": "none", "amount_kind": "unknown"},
    "targets": {
        "metric": "countries",
        "year": "2026",
        "direction": "more",
        "value": "5",
        "path": "even",
        "decision": "x",
    },
}
"""What a row of a table needs that is not looked at."""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("plausible") / "store")
    served_already(store, ROOT / "data")
    return store


def delivered(store, rows):
    """What is said of rows, each a table with some cells, delivered together: problems and notes,
    each as the number of the row among these, column and what is said.
    """
    files, numbers = {}, {}
    for nr, (table, cells) in enumerate(rows):
        key = tables()[table].key[0]
        whole = {**PLAIN[table], key: f"new-{nr}", **cells}
        lines = files.setdefault(f"{table}.csv", [",".join(HEADERS[table])])
        lines.append(",".join(f'"{whole.get(name, "")}"' for name in HEADERS[table]))
        numbers[f"{table}.csv", len(lines)] = nr
    upload = read_upload({name: "\n".join(lines).encode() for name, lines in files.items()}, TODAY)
    problems, notes = (), ()
    try:
        records, notes = join_with_served(
            store.open(), upload, dict.fromkeys(tables(), Mode.MERGE), TODAY
        )
        records.close()
    except Refused as refused:
        problems = refused.problems
    return [
        [(numbers.get((p.file, p.row)), p.column, f"{p.message}. {p.hint}") for p in said]
        for said in (problems, notes)
    ]


PROBLEMS = [
    # the cases
    ("events", {"title": "Totaal:"}, "title", "the sum of the rows"),
    ("events", {"start_date": "2028-05-14"}, "start_date", "write planned"),
    ("events", {"end_date": "2025-05-01"}, "end_date", "stands without start_date"),
    (
        "places",
        {"country": "UK", "latitude": "53.1", "longitude": "6.5"},
        "country",
        "Did you mean GB?",
    ),
    ("targets", {"metric": "foo"}, "metric", "Known are: events_held"),
    ("targets", {"year": "20266"}, "year", "between 1990 and 2100"),
    # their kinds
    ("events", {"start_date": "2026-12"}, "start_date", "still to come"),
    ("events", {"start_date": "2027"}, "start_date", "still to come"),
    ("events", {"start_date": "2026-11-29"}, "start_date", "still to come"),
    ("trainings", {"period": "2027-2028"}, "period", "still to come"),
    (
        "trainings",
        {"period": "2027", "status": "developed", "format": "e-learning"},
        "period",
        "still to come",
    ),
    (
        "projects",
        {"status": "completed", "start_date": "2025", "end_date": "2031"},
        "end_date",
        "still to come",
    ),
    ("projects", {"status": "running", "start_date": "2027-03"}, "start_date", "still to come"),
    (
        "projects",
        {"start_date": "2027-03", "end_date": "2027-01"},
        "end_date",
        "does not end before it starts",
    ),
    ("places", {"country": "EL"}, "country", "Did you mean GR?"),
    ("places", {"country": "XX"}, "country", "Write the two letters"),
    ("organisations", {"country": "UK"}, "country", "Did you mean GB?"),
    ("organisations", {"country": "AN"}, "country", "no country has this code"),
    ("organisations", {"ror": "https://ror.org/03cv38k48"}, "ror", "no ROR ID"),
    ("organisations", {"ror": "UMCG"}, "ror", "no ROR ID"),
    ("people", {"orcid": "0000-0002-1825-0098"}, "orcid", "last digit does not fit"),
    ("people", {"orcid": "0000-0002-1694-2339"}, "orcid", "last digit does not fit"),
    ("sources", {"year": "202"}, "year", "between 1990 and 2100"),
    ("targets", {"metric": "event_held"}, "metric", "Did you mean “events_held”?"),
    ("targets", {}, "", ""),  # the first is right
    ("targets", {"value": "6"}, "metric", "stands twice"),
    (
        "events",
        {"title": "Open \ue000day"},
        "title",
        "U+E000 (a character of one font alone) stands after “Open ”",
    ),
    ("events", {"title": "Open \u0378day"}, "title", "U+0378 (no character) stands after “Open ”"),
    (
        "events",
        {"title": "Open \u2029day"},
        "title",
        "U+2029 (paragraph separator) stands after “Open ”",
    ),
    (
        "events",
        {"title": "Doorn\u00adberg day"},
        "title",
        "U+00AD (soft hyphen) stands after “Doorn”",
    ),
    (
        "events",
        {"note": "Caf\ufffd"},
        "note",
        "U+FFFD (replacement character: a letter was lost before) stands after “Caf”",
    ),
    ("people", {"name": "X\u2060 Y"}, "name", "U+2060 (word joiner) stands after “X”"),
]


@pytest.fixture(scope="module")
def refused(served):
    return delivered(served, [(table, cells) for table, cells, _, _ in PROBLEMS])[0]


@pytest.mark.parametrize("nr", range(len(PROBLEMS)), ids=[f"{t}-{c}" for t, c, _, _ in PROBLEMS])
def test_what_cannot_be_true_is_refused_with_its_cell_and_the_way_to_mend_it(refused, nr):
    _, _, column, said = PROBLEMS[nr]
    found = [(where, what) for row, where, what in refused if row == nr]
    assert [where for where, _ in found] == ([column] if column else [])
    assert all(said in what for _, what in found)


NOTES = [
    ("places", {"latitude": "6.56", "longitude": "52.99"}, "latitude", "probably exchanged"),
    ("places", {"latitude": "0", "longitude": "0"}, "latitude", "sea off Africa"),
    ("places", {"latitude": "-53.2", "longitude": "6.5"}, "latitude", "minus sign"),
    ("places", {"latitude": "53.2", "longitude": "65.6"}, "latitude", "minus sign"),
    ("series", {"reported_date": "2027"}, "reported_date", "still to come"),
    ("funding", {"date": "2027-05-01"}, "date", "still to come"),
]
PLACES = (
    "NO 69.65 18.96,PL 51.76 19.46,HK 22.28 114.16,XK 42.67 21.17,CW 12.12 -68.93,FJ -18.14 178.44,NL 54.04 5.96,"
    "US 21.31 -157.86,AQ -77.85 166.67,RU 67.5 64.03,AU -25.34 131.03,GL 64.18 -51.72"
)
"""Of which one is at the wind farms in the North Sea, one on a station at the pole, one at the date
line.
"""
SOUND = [
    *(
        ("places", dict(zip(("country", "latitude", "longitude"), p.split(), strict=True)))
        for p in PLACES.split(",")
    ),
    *(
        ("people", {"name": f"Y {orcid}", "orcid": orcid})
        for orcid in ("0000-0002-1825-0097", "0000-0002-1694-233X")
    ),
    *(
        ("organisations", {"ror": ror})
        for ror in ("https://ror.org/03cv38k47", "012p63287", "ror.org/02jx3x895")
    ),
    *(
        ("targets", {"direction": way, "year": year})
        for way, year in (("more", "2026"), ("less", "2026"), ("more", "2027"))
    ),
    ("projects", {"title": "Q", "status": "completed", "end_date": "2025"}),
    ("projects", {"start_date": "2028", "end_date": "2030"}),
]


def test_what_is_hardly_true_is_noted_and_what_is_right_passes_without_a_word(served):
    problems, notes = delivered(served, [*((table, cells) for table, cells, _, _ in NOTES), *SOUND])
    assert problems == []
    expected = [(nr, column, said) for nr, (_, _, column, said) in enumerate(NOTES)]
    assert sorted(
        note[:2]
        for note in notes
        if note[2:] != ("the title stands twice. Is it the same thing twice?",)
    ) == [one[:2] for one in expected]
    assert all(any(note[0] == nr and said in note[2] for note in notes) for nr, _, said in expected)


def test_an_event_of_today_is_held_and_one_of_tomorrow_is_planned(served):
    rows = [
        ("events", {"start_date": "2026-11-28"}),
        ("events", {"start_date": "2026-11-29", "status": "planned"}),
    ]
    assert delivered(served, rows)[0] == []


def test_a_deviation_of_which_the_days_are_known_differently_well_is_not_turned_round():
    (check,) = [c for c in tables()["deviations"].checks if c.column == "until_date"]
    with duckdb.connect() as con:
        said = f"select {check.expression} from (select $first as from_date, $last as until_date)"
        asked = [
            ("2025-05-14", "2025-05"),
            ("2025", "2025-01"),
            ("2025-05-14", "2025-04"),
            ("2025-05", "2024"),
        ]
        assert [con.execute(said, {"first": f, "last": u}).fetchone()[0] for f, u in asked] == [
            True,
            True,
            False,
            False,
        ]


SIGNS = (
    "\u00ad\ufffd\ue000\u034f\u061c\u115f\u1160\u180e\u2800\u3164\ufe0f\uffa0\ufffc"
    "\U000e0041\U000e0100\U000f0000\u200b\u200d\u202e\ufeff\x07"
)


def test_every_sign_that_nobody_sees_is_found_and_named(served):
    problems, _ = delivered(served, [("events", {"title": f"Day {sign}of care"}) for sign in SIGNS])
    assert [p[:2] for p in problems] == [(nr, "title") for nr in range(len(SIGNS))]
    for sign, (_, _, said) in zip(SIGNS, problems, strict=True):
        assert f"U+{ord(sign):04X} (" in said
        assert "after “Day ”" in said
        assert invisible.is_hidden(sign)


def test_letters_marks_and_emoji_of_every_script_are_no_hidden_signs(served):
    titles = [
        "Zoë’s café – “n” €",
        "数据科学日",
        "हिन्दी",
        "ไทย",
        "한국어",
        "שָׁלוֹם",
        "مُحَمَّد",
        "Ωμέγα",
        "A\u0301",
        "🎉🧪",
        "m²",
        "⚕️ ❤️ ✔️",
    ]
    assert delivered(served, [("events", {"title": title}) for title in titles])[0] == []
    hidden = [
        c
        for title in titles
        for c, b in zip(title, f" {title}", strict=False)
        if invisible.is_hidden(c, b)
    ]
    assert hidden == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UK", "GB"),
        ("EL", "GR"),
        ("nl", "NL"),
        ("NLD", "NL"),
        ("Netherlands", "NL"),
        ("Duitsland", ""),
        ("XX", ""),
    ],
)
def test_a_country_is_suggested_by_what_people_write_for_it(text, code):
    unknown = str(suggest_country("??"))
    assert str(suggest_country(text)) == (f"Did you mean {code}?" if code else unknown)
    assert {"NL", "HK", "XK", "GB", "GR", "BQ", "AQ"} <= country_codes().keys()
    assert not {"UK", "EL", "AN", "CS", "XX", "EU"} & country_codes().keys()


def test_the_contract_names_the_numbers_that_the_program_has():
    named = tables()["targets"].column("metric").marks["one_of"]
    assert named.split(", ") == list(METRICS)


def test_every_end_is_asked_for_its_start_or_has_something_in_its_place():
    """A project that is reported in a year needs no start; both days of a deviation are required."""
    pairs = {
        (table.name, end.name): end.marks.get("needs")
        or ("" if not table.column(start).required else "required")
        for table in tables().values()
        for end in table.file_columns
        for start in (end.name.replace("end_", "start_").replace("until_", "from_"),)
        if end.form == "date" and start != end.name
    }
    assert pairs == {
        ("events", "end_date"): "start_date",
        ("projects", "end_date"): "",
        ("deviations", "until_date"): "required",
    }
    assert tables()["projects"].column("reported_date").required


# What was published before
# ---------------------------------------------------------------------------------------------


@pytest.fixture
def former(tmp_path):
    """A store whose served version holds what is refused today."""
    records = copytree(ROOT / "data", tmp_path / "data")
    with (records / "places.csv").open("a", encoding="utf-8") as file:
        file.write("old-place,,London,UK,51.5,-0.1,city\n")
    with (records / "events.csv").open("a", encoding="utf-8") as file:
        file.write("slip,Slip of the year,,2028-05-14,,held,,,,,old-place,,,,unknown,,,,,,\n")
    store = Store(tmp_path / "store")
    served_already(store, records, former=True)
    return store


def test_a_version_of_an_earlier_release_is_built_anew_whatever_it_holds(former):
    (old,) = former.versions()
    damage.of_release(old, recipe="0" * 16)
    assert upgrade(former) == [old.id]
    assert former.open().id == old.id


def test_what_was_published_before_is_noted_and_keeps_nobody_from_delivering_more(former):
    problems, notes = delivered(former, [("people", {})])
    assert problems == []
    assert {(column, said.partition(".")[0]) for _, column, said in notes} == {
        ("country", "no country has this code (ISO 3166-1 alpha-2)"),
        ("start_date", "the day is still to come, and the status says held"),
    }
    assert [
        p[1] for p in delivered(former, [("places", {"place_id": "old-place", "country": "UK"})])[0]
    ] == ["country"]


# The year of the start page
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "year"), [("2026-11-28", 2025), ("2028-05-14", 2028), ("2024-02-01", 2024)]
)
def test_the_start_page_shows_a_year_that_has_begun_whatever_is_recorded_of_later_ones(
    former, day, year
):
    version = former.open()
    assert Answers().facts(version, date.fromisoformat(day))["default_year"] == year
    assert "2028" in Answers().labels(version)["year"]
