"""Letters: one folding in Python, in DuckDB and for Spark; ids of which none is empty or shared;
names however written.
"""

import re
import unicodedata
from importlib.resources import files

import duckdb
import pytest
import sqlglot

from dashboard.intake import gazetteer
from dashboard.intake.files import read_folder
from dashboard.intake.uploads import read_upload
from dashboard.model.filters import Filters
from dashboard.query.questions import records
from dashboard.query.search import search
from dashboard.query.spark_sql import build_fold_function
from dashboard.schema.folding import fold, fold_sql, fold_words, slug
from dashboard.store import forgotten_people
from tests.conftest import ROOT
from tests.query.test_questions import with_rows
from tests.schema.test_convert import TODAY, settled

SCRIPTS = (
    (0x20, 0x600),
    (0x1D00, 0x2460),
    (0x2C60, 0x2C80),
    (0x2DE0, 0x2E60),
    (0xA640, 0xA800),
    (0xAB30, 0xAB70),
    (0xFB00, 0xFB07),
    (0xFF00, 0xFF60),
)
"""Latin, Greek, Cyrillic with their extensions, Armenian and Hebrew beginnings, and signs."""
OTHERS = "مُحَمَّد שָׁלוֹם हिन्दी ไทย 한국어 かがカガ 数据科学日 ქართული አማርኛ 🎉"
SAMPLES = [
    chr(code)
    for first, end in SCRIPTS
    for code in range(first, end)
    if unicodedata.category(chr(code)) != "Cn"
]


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as opened:
        opened.execute(fold_sql())
        yield opened


def in_sql(con, macro, texts):
    query = f"select {macro}(text) from (select unnest($texts::text[]) as text, generate_subscripts($texts::text[], 1) as nr) order by nr"
    return [row[0] for row in con.execute(query, {"texts": list(texts)}).fetchall()]


def test_python_and_sql_fold_every_letter_alike_however_it_is_composed(con):
    letters = [*SAMPLES, *OTHERS.split()]
    composed = [
        f"a{form}b" for sign in letters for form in (sign, unicodedata.normalize("NFD", sign))
    ]
    for macro, function in (("fold", fold), ("fold_words", fold_words)):
        assert in_sql(con, macro, composed) == [function(text) for text in composed]


def test_python_and_sql_make_the_same_ids(con):
    names = (
        [f"{sign} {word}" for sign in SAMPLES[::60] for word in ("GR", "")]
        + OTHERS.split()
        + ["", "  ", "!", "’"]
    )
    assert in_sql(con, "slug", names) == [slug(name) for name in names]


def test_spark_folds_every_letter_like_duckdb(con):
    statement = sqlglot.parse_one(
        build_fold_function().partition(" return ")[2], dialect="spark"
    ).sql("duckdb")
    con.execute(f"create or replace macro fold_spark(words) as {statement}")
    texts = [f"a{sign}b" for sign in SAMPLES] + ["Søren’s Straße `\\' ẞ Æ"]
    assert in_sql(con, "fold_spark", texts) == in_sql(con, "fold", texts)


def test_no_letter_of_a_latin_alphabet_with_an_accent_or_stroke_is_lost(con):
    with_stroke = "øđłħŧıŋßæœþðØĐŁĦŦŊẞÆŒÞÐəɔɛƒŀĳ"
    decomposing = [
        c
        for c in SAMPLES
        if re.match("LATIN (SMALL|CAPITAL) LETTER [A-Z] WITH", unicodedata.name(c, ""))
        and unicodedata.normalize("NFD", c)[0].isascii()
    ]
    assert len(decomposing) > 400
    assert [
        c for c in [*with_stroke, *decomposing] if not fold(c).isascii() or not fold(c).isalpha()
    ] == []
    assert [fold(c) for c in decomposing] == [
        unicodedata.normalize("NFD", c)[0].lower() for c in decomposing
    ]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Søren Østergård", "soren ostergard"),
        ("TROMSØ", "tromso"),
        ("Łódź", "lodz"),
        ("Đorđe", "dorde"),
        ("Þór", "thor"),
        ("Straße", "strasse"),
        ("Æsop Œuvre", "aesop oeuvre"),
        ("ŋ", "ng"),
        ("Iğdır", "igdir"),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ", "οδοσ"),
        ("οδός", "οδοσ"),
        ("Ёлка", "елка"),
        ("a–b—c−d", "a-b-c-d"),
        ("van\u00a0Gogh", "van gogh"),
        ("“q”", '"q"'),
        ("«q»", '"q"'),
        ("Doorn\u00adberg", "doornberg"),
        ("数据", "数据"),
        ("Ｔｒｏｍｓø", "tromso"),
    ],
)
def test_what_readers_take_for_the_same_is_folded_to_the_same(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize("sign", "’‘ʼ′´`'‛ʻ＇")
def test_every_apostrophe_is_the_same(sign):
    assert fold(f"van {sign}t Hof") == "van 't hof"
    assert slug(f"van {sign}t Hof") == "van-t-hof"


def test_no_id_is_empty_or_shared_where_letters_have_no_place_in_it():
    names = [
        "Αθήνα GR",
        "Θεσσαλονίκη GR",
        "数据科学日",
        "数据科学周",
        "Ole Bø",
        "Ole B",
        "かき",
        "かぎ",
        "राम",
        "रोम",
        "🎉",
        "!!!",
        "Workshop 数据",
        "Workshop 日报",
        "Москва RU",
        "Минск RU",
        "محمد",
        "محمود",
    ]
    ids = [slug(name) for name in names]
    assert len(set(ids)) == len(names)
    assert [made for made in ids if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", made)] == []
    assert slug("Αθήνα GR") == slug("ΑΘΗΝΑ GR") == slug(unicodedata.normalize("NFD", "Αθήνα GR"))
    assert slug("") == slug("  ") == ""


def test_a_long_id_is_cut_before_the_digits_that_tell_it_from_others():
    one, other = (
        slug("A very long title about data and people in care " * 2 + end, 80)
        for end in ("数据", "日报")
    )
    assert one != other
    assert max(len(one), len(other)) <= 80
    assert slug("Word " * 30, 80) == slug("Word " * 30)[:80].rstrip("-")


def test_the_ids_of_cities_that_are_in_links_stay_what_they_were(con):
    rows = [dict(row) for row in read_folder(ROOT / "data").tables["places"].to_pylist()]
    cities = [f"{row['city'] or 'somewhere'} {row['country']}" for row in rows]
    demo = files("dashboard.demo").joinpath("demo.sql").read_text("utf-8")
    cities += [
        f"{city} {country}"
        for city, country in re.findall(r"\(\d+, '([^']+)', '([A-Z]{2})', ", demo)
    ]
    assert len(cities) > len(rows) > 10
    con.execute(
        "create or replace macro former(n) as trim(regexp_replace(lower(strip_accents(n)), '[^a-z0-9]+', '-', 'g'), '-')"
    )
    assert in_sql(con, "former", cities) == in_sql(con, "slug", cities)


# Search and filter
# ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lettered(tmp_path_factory):
    """The people and places of the case “letters”, each at an event."""
    return with_rows(
        tmp_path_factory.mktemp("letters"),
        places="tromso,,Tromsø,NO,69.65,18.96,city\nlodz,,Łódź,PL,51.76,19.46,city\nathens,,Αθήνα,GR,37.98,23.73,city\n"
        "thessaloniki,,Θεσσαλονίκη,GR,40.64,22.93,city",
        people="soren-ostergard,Søren Østergård,,,\nwil-t-hof,Wil van 't Hof,,,",
        events="north,Nordic day,,2025-06-01,,held,,,,,tromso,,,,unknown,,\n"
        "south,数据科学日,,2025-06-02,,held,,,,,athens,,,,unknown,,\n"
        "east,Polish day,,2025-06-03,,held,,,,,lodz,,,,unknown,,\n"
        "other,Greek day,,2025-06-04,,held,,,,,thessaloniki,,,,unknown,,",
        event_people="north,soren-ostergard,keynote,1,,\neast,wil-t-hof,chair,1,,",
    )


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Tromso", "north"),
        ("Lodz", "east"),
        ("Soren Ostergard", "north"),
        ("SØREN ØSTERGÅRD", "north"),
        ("van 't Hof", "east"),
        ("van ’t Hof", "east"),
        ("van ʼt Hof", "east"),
        ("van `t hof", "east"),
        (unicodedata.normalize("NFD", "Østergård"), "north"),
        ("数据科学日", "south"),
        ("ΑΘΗΝΑ", "south"),
        ("αθηνα", "south"),
    ],
)
def test_search_and_the_text_filter_find_letters_that_a_keyboard_lacks(lettered, text, event):
    found = search(lettered, text)
    assert event in [row["record_id"] for row in found.rows if row["table_name"] == "events"]
    assert found.corrections == {}
    assert [row["event_id"] for row in records(lettered, "events", Filters(text=text))] == [event]


@pytest.mark.parametrize(
    ("city", "written", "venue"),
    [
        ("Tromsø", "UNN, Tromso", "UNN"),
        ("Łódź", "Expo,lodz", "Expo"),
        ("Groningen", "Forum", "Forum"),
        ("Groningen", ", Groningen", ", Groningen"),
        ("Washington, D.C.", "NIH, washington, d.c.", "NIH"),
    ],
)
def test_a_city_behind_a_venue_is_left_out_however_it_is_written(city, written, venue):
    assert gazetteer.Spot(city, "NO", 0, 0).venue(written)["venue"] == venue


def test_two_greek_cities_are_two_cities(lettered):
    cities = {slug("Αθήνα GR"): "south", slug("Θεσσαλονίκη GR"): "other"}
    for city, event in cities.items():
        assert [row["event_id"] for row in records(lettered, "events", Filters(city=(city,)))] == [
            event
        ]


# Names at upload
# -----------------------------------------------------------------------------------------------------

KNOWN = """person_id,name
wil-t-hof,Wil van 't Hof
ole-b,Ole B
soren-ostergard,Søren Østergård
maria-papadopoulou,Μαρία Παπαδοπούλου
anna-jansen,Anna Jansen
arend-jansen,Arend Jansen
"""


@pytest.fixture(scope="module")
def known():
    return read_folder(ROOT / "data").tables


def read_as(known, name):
    """Whom a name is read as, what is said of it, and what is wrong."""
    cell = '"' + name.replace('"', '""') + '"'
    sheets = {
        "people.csv": KNOWN,
        "event_people.csv": f"event_id,person_id,role,nr\nai-in-medical-imaging,{cell},chair,1\n",
    }
    found = settled(known, sheets)
    return found.tables["event_people"].column("person_id")[0].as_py(), found.notes, found.problems


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Doornberg, Job", "job-doornberg"),
        ("J. Doornberg", "job-doornberg"),
        ("Doornberg, J.", "job-doornberg"),
        ("Prof. dr. Job Doornberg", "job-doornberg"),
        ("Doornberg, J. (Job), PhD", "job-doornberg"),
        ("Hof, Wil van ’t", "wil-t-hof"),
        ("van 't Hof, Wil", "wil-t-hof"),
        ("W. van 't Hof", "wil-t-hof"),
        ("Wil van ’t Hof", "wil-t-hof"),
        ("Hof, W. van `t", "wil-t-hof"),
        ("Soren Ostergard", "soren-ostergard"),
        ("ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ", "maria-papadopoulou"),
        ("Jansen, Anna", "anna-jansen"),
    ],
)
def test_a_name_is_found_however_it_is_written(known, written, person):
    found, notes, problems = read_as(known, written)
    assert (found, problems) == (person, [])
    same = fold_words(written) in {
        "wil van t hof",
        "soren ostergard",
        fold_words("ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ"),
    }
    assert [(note.row, note.column) for note in notes] == ([] if same else [(2, "person_id")])


@pytest.mark.parametrize(
    "written",
    ["Ole Bø", "A. Jansen", "Jansen, A.", "W. Hof", "J. P. Doornberg", "'t Hof", "Doornberg"],
)
def test_a_name_that_may_be_another_or_more_than_one_is_asked_about_and_not_chosen(known, written):
    _, _, (problem,) = read_as(known, written)
    assert (problem.row, problem.column, problem.value) == (2, "person_id", written)
    if "Jansen" in written:
        assert problem.hint == f"“{written}” may be anna-jansen, arend-jansen: write the id."


def test_a_calendar_event_whose_title_is_chinese_has_an_id():
    calendar = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20250514\r\n"
        "SUMMARY:数据科学日\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    upload = read_upload({"a.ics": calendar.encode()}, TODAY)
    assert upload.problems == []
    (event,) = upload.tables["events"].to_pylist()
    assert event["title"] == "数据科学日"
    assert event["event_id"] == f"{slug('数据科学日')}-2025-05-14"


def test_a_city_is_suggested_whatever_its_letters():
    for text in ("Tromso", "TROMSØ", "Lodz", "Łódź", "Θεσσαλονίκη", "ΘΕΣΣΑΛΟΝΙΚΗ"):
        assert [spot.country for spot in gazetteer.suggest_cities(text)][:1] in (
            ["NO"],
            ["PL"],
            ["GR"],
        )


# Removed people
# ------------------------------------------------------------------------------------------------------


def hashes(con, expression, names):
    return [
        con.execute(f"select {expression.format('$n')}", {"salt": "s", "n": name}).fetchone()[0]
        for name in names
    ]


def test_removed_people_are_told_apart_in_every_script_and_those_of_earlier_releases_stay_removed(
    con,
):
    names = ["Μαρία Παπαδοπούλου", "Анна Смирнова", "Ole Bø", "Ole B"]
    assert len(set(hashes(con, forgotten_people.NAME_HASH, names))) == len(names)
    same = ["Παπαδοπούλου, ΜΑΡΙΑ", "Μαρία Παπαδοπούλου"]
    assert len(set(hashes(con, forgotten_people.NAME_HASH, same))) == 1
    former = "sha256($salt || 'name ' || array_to_string(list_sort(string_split(trim(regexp_replace(lower(strip_accents({})), '[^a-z0-9]+', '-', 'g'), '-'), '-')), ' '))"
    latin = ["Søren Østergård", "Smit, Carla", "Zoë Müller"]
    assert hashes(con, forgotten_people.ASCII_NAME_HASH, latin) == hashes(con, former, latin)
    assert hashes(con, forgotten_people.ASCII_NAME_HASH, ["Анна Смирнова"]) == [None]
