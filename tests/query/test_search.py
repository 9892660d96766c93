"""Search: by hand on the five-row files, and on the records that ship."""

import pytest

from dashboard.query.search import MAX_ROWS, SearchResult, search
from tests.query.test_questions import tiny, with_rows  # noqa: F401 - fixtures


def hits(version, text, **options):
    return [(row["table_name"], row["record_id"]) for row in search(version, text, **options).rows]


@pytest.mark.parametrize("text", ["Zoë Müller", "muller zoe", "MUELLER", "  müller\tZOE "])
def test_words_find_whatever_their_order_case_and_accents_and_the_record_named_so_comes_first(
    tiny, text
):
    assert hits(tiny, text) == [
        ("people", "zoe-muller"),
        ("events", "open-day"),
        ("events", "webinar"),
    ]


def test_all_words_have_to_occur_and_a_part_of_a_word_occurs(tiny):
    assert hits(tiny, "spring scho") == [("events", "spring-school")]
    assert hits(tiny, "spring open") == []
    assert hits(tiny, "school") == [
        ("events", "spring-school"),
        ("trainings", "winter-school"),
    ]


def test_what_has_the_words_in_its_name_comes_before_what_only_mentions_them(tiny):
    found = search(tiny, "science")
    assert [(row["record_id"], row["in_label"]) for row in found.rows] == [
        ("science-fund", True),
        ("open-day", False),
        ("old-study", False),
        ("seed-grant", False),
        ("top-up", False),
        ("newsletter", False),
    ]  # Science week, a party, two funders, a publisher
    assert found.total == 6


def test_a_word_that_occurs_nowhere_stands_for_the_nearest_word(tiny):
    found = search(tiny, "Sprnig school")
    assert [row["record_id"] for row in found.rows] == ["spring-school"]
    assert found.corrections == {"Sprnig": ("spring",)}


def test_of_words_equally_near_three_count_and_those_of_most_records_first(tmp_path):
    version = with_rows(
        tmp_path,
        places="\n".join(
            f"{city.lower()},,{city},NL,,,city" for city in ("Bantix", "Cantix", "Dantix", "Fantix")
        ),
        events="trip,Fantix,,2025-06-01,,held,,,,,fantix,,,,unknown,,",
    )
    found = search(version, "xantix")
    assert found.corrections == {"xantix": ("fantix", "bantix", "cantix")}
    assert hits(version, "xantix") == [
        ("events", "trip"),
        ("places", "bantix"),
        ("places", "cantix"),
        ("places", "fantix"),
    ]


def test_a_short_word_may_have_one_error_and_a_longer_one_two(tiny):
    assert search(tiny, "brg").corrections == {"brg": ("berg",)}
    assert search(tiny, "brgx").corrections == {}
    assert search(tiny, "konngress").corrections == {"konngress": ("congress",)}


def test_a_part_of_a_word_that_occurs_is_not_corrected_beside_one_that_is(tiny):
    found = search(tiny, "spri schoool")
    assert [row["record_id"] for row in found.rows] == ["spring-school"]
    assert found.corrections == {"schoool": ("school",)}


def test_two_words_that_were_typed_as_one_are_found_and_said(tiny):
    found = search(tiny, "springschool anna")
    assert [row["record_id"] for row in found.rows] == ["spring-school"]
    assert found.corrections == {"springschool": ("spring school",)}


def test_words_that_were_joined_otherwise_are_found(tiny):
    assert hits(tiny, "zoe-muller") == hits(tiny, "zoe muller")
    assert search(tiny, "Anna-Berg's").corrections == {}
    assert hits(tiny, "Anna-Berg's")[0] == ("people", "anna-berg")


def test_words_that_occur_are_not_corrected_when_they_do_not_meet(tiny):
    assert search(tiny, "retreat antwerp") == SearchResult()


def test_the_limit_bounds_the_rows_and_not_the_total(tiny):
    found = search(tiny, "e", limit=3)
    assert (len(found.rows), found.total > 20) == (3, True)
    assert len(search(tiny, "e", limit=10 * MAX_ROWS).rows) == found.total
    assert len(search(tiny, "e", limit=-1).rows) == 1


@pytest.mark.parametrize("text", ["", "   ", "%", "' -- ;", "\x00\x1f", "€ ……", "💉"])
def test_a_text_without_a_letter_or_digit_finds_nothing(tiny, text):
    assert search(tiny, text) == SearchResult()


HOSTILE = [
    "'",
    "' or 1=1 --",
    "x" * 100_000,
    "spring " * 1000,
    " ".join(f"w{n}" for n in range(1000)),
    "a%b_c\\",
    "\x00berg\x00",
    "\ud800 berg",
    "$words",
    "{}",
    "(((",
    "[a-",
    "spring\u202eschool",
    "ǅ",
    "\u0301\u0301a",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_the_search(tiny, text):
    assert isinstance(search(tiny, text), SearchResult)


def test_signs_around_a_word_and_control_characters_between_words_are_no_part_of_it(tiny):
    assert hits(tiny, "“spring”\x00(school),") == [("events", "spring-school")]


def test_only_the_first_twelve_words_count(tiny):
    assert hits(tiny, "s p r i n g c h o l e a qqqq") == hits(tiny, "s p r i n g c h o l e a") != []
    assert hits(tiny, "s p r i n qqqq") == []


def test_a_number_is_searched_for_like_a_word_and_never_corrected(tiny):
    assert hits(tiny, "2 days") == [("trainings", "autumn-course")]
    assert search(tiny, "4711") == SearchResult()


def test_the_records_that_ship_are_found_with_errors_accents_and_other_spellings(real):
    assert hits(real, "doornburg")[0] == ("people", "job-doornberg")
    assert search(real, "doornburg").corrections == {"doornburg": ("doornberg",)}
    assert hits(real, "vliegthart")[0] == ("people", "rozemarijn-vliegenthart")
    assert hits(real, "krakow") == hits(real, "Kraków") != []
    assert hits(real, "mirjam platninga")[0] == ("people", "mirjam-plantinga")
    assert search(real, "ortho").corrections == {}


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("coronoide", "coronoid-fracture-patterns"),
        ("Rimassys", "rimasys-tibia-pilon-course"),
        ("zpanend", "zpannend-zernike"),
        ("Doornberg Hongkong", "frontiers-in-orthopaedic-research-and-translation"),
        ("Doornburg hong-kong", "frontiers-in-orthopaedic-research-and-translation"),
    ],
)
def test_what_is_half_remembered_is_found(real, text, event):
    assert hits(real, text)[0] == ("events", event)
