"""Names, found in spite of spelling: by hand on the five-row files and on the records that ship."""

import unicodedata

import pyarrow as pa
import pytest

from dashboard.language.messages import speaking
from dashboard.query.names import NameHit, Names, load_names
from dashboard.schema.folding import fold_words
from tests.query.test_questions import tiny  # noqa: F401 - fixtures

NAMED = {
    "people": [
        ("job-doornberg", "Job Doornberg"),
        ("soren-ostergard", "Søren Østergård"),
        ("wil-t-hof", "Wil van 't Hof"),
        ("peter-van-ooijen", "Peter van Ooijen"),
        ("klein-nagelvoort", "Stephanie Klein Nagelvoort Schuit"),
        ("wisselink-bijker", "Rik Wisselink-Bijker"),
        ("noha-el-baz", "Noha El-Baz"),
        ("anna-jansen", "Anna Jansen"),
        ("arend-jansen", "Arend Jansen"),
        ("ben-jansen", "Ben Jansen"),
        ("j-de-boer", "Boer, J. (Jo) de"),
        ("wim-smit", "Wim Smit"),
    ],
    "cities": [
        ("tromso-no", "Tromsø"),
        ("lodz-pl", "Łódź"),
        ("hong-kong-hk", "Hong Kong"),
        ("groningen-nl", "Groningen"),
        ("new-york-us", "New York"),
        ("cologne-de", "Cologne"),
        ("vienna-at", "Wien"),
    ],
    "places": [("martini", "Martini Hospital")],
    "countries": [("NL", "NL"), ("OM", "OM")],
    "organisations": [
        ("umcg", "University Medical Center Groningen (UMCG)"),
        ("dcc", "Digital Competence Center (DCC)"),
        ("ghent", "Ghent University"),
        ("ghent", "UGent; Universiteit Gent"),
    ],
    "projects": [("living-lab", "Living Lab Digital Healthcare")],
}
WORDS = ["ai", "brug", "coronoid", "rimasys", "school", "spannend", "spanning", "koers30"]


OTHERS = ("label_nl", "label_en", "label_language", "apart", "start_date", "end_date")
NO_WORDS = pa.table({"word": pa.array([], pa.string()), "occurrences": pa.array([], pa.int64())})


def row(table, identity, name, events=0, last_day=None, **others):
    """A row of the question `names`."""
    words = fold_words(name.partition("(")[0]) if table == "people" else fold_words(name)
    named = {"table_name": table, "id": identity, "name": name, "words": words, "label": name}
    return {**named, **dict.fromkeys(OTHERS), "events": events, "last_day": last_day, **others}


def table_of(rows):
    """Rows of the question `names` as it gives them."""
    days = pa.array([row["last_day"] for row in rows], pa.date32())
    return pa.Table.from_pylist(rows).drop_columns("last_day").append_column("last_day", days)


@pytest.fixture(scope="module")
def names():
    """Names of no store. `brug` and `school` occur most."""
    listed = [row(table, *named) for table, rows in NAMED.items() for named in rows]
    words = sorted(WORDS, key=lambda word: (len(word), word))
    times = [9 if word in ("brug", "school") else 1 for word in words]
    return Names(table_of(listed), pa.table({"word": words, "occurrences": times}))


def found(names, text, **options):
    return [hit.id for hit in names.find(text.split(), **options)]


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("Job Doornberg", "job-doornberg"),
        ("doornberg JOB", "job-doornberg"),
        ("Soren Ostergard", "soren-ostergard"),
        (unicodedata.normalize("NFD", "Østergård"), "soren-ostergard"),
        ("Tromso", "tromso-no"),
        ("TROMSØ", "tromso-no"),
        ("Lodz", "lodz-pl"),
        ("Łódź", "lodz-pl"),
        *((f"van {sign}t Hof", "wil-t-hof") for sign in ("'", "’", "‘", "`", "´", "ʼ", "")),
        *((f"{sign}t Hof", "wil-t-hof") for sign in ("'", "’", "‘", "`", "´", "ʼ", "")),
        ("vant hof", "wil-t-hof"),
        ("vanthof", "wil-t-hof"),
        ("Hof", "wil-t-hof"),
        ("Wil Hof", "wil-t-hof"),
        ("Hof, Wil van 't", "wil-t-hof"),
        ("Ooijen Peter van", "peter-van-ooijen"),
        ("Peter Ooijen", "peter-van-ooijen"),
        ("vanooijen", "peter-van-ooijen"),
        ("van Doornberg", "job-doornberg"),
        ("prof. dr. Doornberg", "job-doornberg"),
        ("mr. Job Doornberg", "job-doornberg"),
        ("J. Doornberg", "job-doornberg"),
        ("Doornberg's", "job-doornberg"),
        ("Doornberg’s", "job-doornberg"),
        ("Doornbergs", "job-doornberg"),
        ("de Boer", "j-de-boer"),
        ("Jo de Boer", "j-de-boer"),
        ("Klein-Nagelvoort Schuit", "klein-nagelvoort"),
        ("Klein Nagelvoort-Schuit", "klein-nagelvoort"),
        ("kleinnagelvoort", "klein-nagelvoort"),
        ("Wisselink Bijker", "wisselink-bijker"),
        ("ElBaz", "noha-el-baz"),
        ("UMCG", "umcg"),
        ("DCC", "dcc"),
        ("ugent", "ghent"),
        ("Universiteit Gent", "ghent"),
        ("living lab", "living-lab"),
        ("Martini", "martini"),
        ("Keulen", "cologne-de"),
        ("Wenen", "vienna-at"),
        ("Vienna", "vienna-at"),
        ("New York", "new-york-us"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(names, text, identity):
    assert found(names, text) == [identity]
    assert names.find(text.split())[0].errors == 0


@pytest.mark.parametrize(
    ("text", "identity", "errors"),
    [
        ("Dornberg", "job-doornberg", 1),
        ("Job Doonrberg", "job-doornberg", 1),
        ("xoornbergg", "job-doornberg", 2),
        ("Simt", "wim-smit", 1),
        ("Keuln", "cologne-de", 1),
        ("Tromsö", "tromso-no", 0),
        ("Trompso", "tromso-no", 1),
        ("Nehterlands", "NL", 1),
        ("Duitslnad", "DE", 1),
    ],
)
def test_a_name_with_typing_errors_is_found_and_says_how_many(names, text, identity, errors):
    assert [(hit.id, hit.errors) for hit in names.find(text.split())] == [(identity, errors)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "van",
        "de",
        "dr.",
        "the",
        "j",
        "jbo",
        "J. P. Doornberg",
        "summit",
        "New",
        "Doorn Job",
        "mail",
        "xxDoornbergxx",
        "Doornberg Job Job",
        "' or 1=1 --",
        "x" * 100_000,
        "x " * 100_000,
    ],
)
def test_what_is_no_name_finds_nothing(names, text):
    assert found(names, text) == []


def test_two_of_one_name_are_both_found_and_one_who_is_named_exactly_is_found_alone(names):
    assert found(names, "Jansen") == ["anna-jansen", "arend-jansen", "ben-jansen"]
    assert found(names, "A. Jansen") == ["anna-jansen", "arend-jansen"]
    assert found(names, "Ben Jansen") == ["ben-jansen"]
    assert found(names, "Jansen", limit=1) == ["anna-jansen"]


def test_a_surname_is_no_whole_name_and_one_without_its_tussenvoegsel_is(names):
    assert names.find(["Ooijen"]) == (
        NameHit("people", "peter-van-ooijen", "Peter van Ooijen", 0, whole=False),
    )
    assert names.find(["Peter", "Ooijen"])[0].whole
    assert names.find(["UMCG"])[0].whole


def test_whole_names_come_first_and_tables_can_be_chosen(names):
    assert found(names, "Groningen") == ["groningen-nl", "umcg"]
    assert found(names, "Groningen", tables=("organisations",)) == ["umcg"]
    assert found(names, "Hongkong") == ["HK", "hong-kong-hk"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the Netherlands", "NL"),
        ("Nederland", "NL"),
        ("Holland", "NL"),
        ("NL", "NL"),
        ("UK", "GB"),
        ("Verenigd Koninkrijk", "GB"),
        ("het Verenigd Koninkrijk", "GB"),
        ("VS", "US"),
        ("USA", "US"),
        ("usa", "US"),
        ("de Verenigde Staten", "US"),
        ("Frankrijk", "FR"),
        ("France", "FR"),
        ("Tsjechie", "CZ"),
        ("Bosnia", "BA"),
    ],
)
def test_a_country_is_found_in_both_languages_also_where_no_record_is(names, text, code):
    assert found(names, text, tables=("countries",)) == [code]


def test_small_letters_of_a_code_that_is_another_word_are_no_country(names):
    assert found(names, "vs") == found(names, "us") == []


def test_what_a_city_is_called_elsewhere_counts_where_it_is_nothing_else(names):
    assert found(names, "Colonia") == ["cologne-de"]
    assert found(names, "Keulrn") == ["cologne-de"]
    assert found(names, "Wenem") == found(names, "Keularn") == []
    both = [row("cities", "cologne-de", "Cologne"), row("people", "k", "Kim Keulen")]
    assert found(Names(table_of(both), NO_WORDS), "Keulen") == ["k"]


def test_a_country_is_called_as_the_reader_says(names):
    with speaking("nl"):
        assert names.find(["Germany"])[0].label == "Duitsland"
    assert names.find(["Duitsland"])[0].label == "Germany"


def test_a_short_word_with_an_error_is_a_country_only_where_records_are(names):
    assert found(names, "Omna") == ["OM"]
    assert found(names, "Mail") == []  # Mali


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("Coronoid", ["coronoid"]),
        ("coronoide", ["coronoid"]),
        ("Rimassys", ["rimasys"]),
        ("zpanend", ["spannend"]),
        ("burg", ["brug"]),
        ("ai", ["ai"]),
        ("koers30", ["koers30"]),
        ("koers31", []),
        ("brg", []),
        ("scool", ["school"]),
        ("two words", []),
        ("", []),
        ("’", []),
    ],
)
def test_a_word_is_itself_where_it_occurs_else_the_nearest_ones(names, word, nearest):
    assert list(names.nearest_words(word)) == nearest


def test_the_nearest_words_that_occur_most_come_first(names):
    assert names.nearest_words("spannind") == ("spannend", "spanning")
    assert names.text_words.nearest_words("brg", shortest=3) == ("brug",)


def test_names_come_from_every_table_of_a_version_and_are_kept(tiny):
    names = load_names(tiny)
    assert load_names(tiny) is names
    for text, table, identity in [
        ("Mueller", "people", "zoe-muller"),
        ("Antwerp", "cities", "antwerp-be"),
        ("Main hall", "places", "groningen"),
        ("Belgium", "countries", "BE"),
        ("Wetenschapsfonds", "organisations", "science-fund"),
        ("AI lab", "projects", "ai-lab"),
        ("Reading club", "series", "reading-club"),
        ("Autumn course", "trainings", "autumn-course"),
    ]:
        assert [(hit.table, hit.id) for hit in names.find(text.split())] == [(table, identity)]
    assert names.find(["Spring", "school"]) == ()  # an event, of which there are millions
    assert names.nearest_words("retreet") == ("retreat",)


def test_a_record_is_found_by_its_title_in_each_language_and_called_as_the_reader_says():
    title = {"label": "Care lab", "label_nl": "Zorglab", "label_language": "en"}
    rows = [row("projects", "care-lab", name, **title) for name in ("Care lab", "Zorglab", "CL")]
    names = Names(table_of(rows), NO_WORDS)
    assert {found(names, text)[0] for text in ("care lab", "zorglab", "CL")} == {"care-lab"}
    with speaking("nl"):
        assert names.find(["CL"])[0].label == "Zorglab"
    assert names.find(["zorglab"])[0].label == "Care lab"
