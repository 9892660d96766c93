"""Dates, numbers and names as people write them: read where they mean one thing, refused where they
mean two.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import RawRecords, read_folder
from dashboard.intake.parse_result import (
    DEFAULT_DIALECT,
    ColumnRemark,
    DateOrder,
    Dialect,
    ParsedValue,
    Separators,
    UnclearValueError,
)
from dashboard.intake.parse_values import (
    PARSERS,
    parse_amount,
    parse_count,
    parse_date,
    parse_period,
)
from dashboard.intake.privacy import is_service_number
from dashboard.intake.problems import Refused
from dashboard.intake.resolve import resolve_upload
from dashboard.intake.uploads import read_upload
from dashboard.schema.contract import tables
from dashboard.store.merge_rows import merge_by_key
from tests.conftest import ROOT

TODAY = date(2026, 1, 15)
CASES = ROOT / "tests" / "cases"


@pytest.fixture(scope="module")
def known():
    return read_folder(ROOT / "data").tables


def settled(known, files):
    return resolve_upload(
        read_upload({name: text.encode() for name, text in files.items()}, TODAY), known
    )


def merged(known, upload):
    """The records of the store with the rows of the upload among them."""
    joined = {
        name: merge_by_key(tables()[name], known[name], rows)
        for name, rows in upload.tables.items()
    }
    return RawRecords(known | joined, upload.problems, upload.notes, upload.origins)


def checked(known, files):
    """Everything that is wrong with an upload beside the shipped records."""
    try:
        open_checked_records(merged(known, settled(known, files)), TODAY).close()
    except Refused as refused:
        return refused.problems
    return []


def row(upload, table, number=0):
    return {
        name: value
        for name, value in upload.tables[table].to_pylist()[number].items()
        if value is not None
    }


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14-05-2025", "2025-05-14"),
        ("3-4-2025", "2025-04-03"),
        ("14.05.2025", "2025-05-14"),
        ("14/05/2025", "2025-05-14"),
        ("14 mei 2025", "2025-05-14"),
        ("14 May 2025", "2025-05-14"),
        ("May 14, 2025", "2025-05-14"),
        ("woensdag 14 mei 2025", "2025-05-14"),
        ("mei 2025", "2025-05"),
        ("05-2025", "2025-05"),
        ("2025", "2025"),
        ("onbekend", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text, day):
    assert parse_date(text) == ParsedValue(day)


@pytest.mark.parametrize(
    "text",
    [
        "2025-05-14 09:30",
        "2025-05-14T19:30:00+02:00",
        "2025-05-14T19:30:00.000-0500",
        "14-05-2025 19:30",
        "14-05-2025 9:30 uur",
        "14.05.2025, 19.30",
        "14 mei 2025 19.30 uur",
        "woensdag 14 mei 2025 om 20u",
        "14 mei 2025 19:30 – 21:00 uur",
        "May 14, 2025 7:30 PM",
        "2025-05-14 19:30 CEST",
        "2025-05-14T19:30+02:00[Europe/Amsterdam]",
        "2025-05-14T19:30:00Z",
    ],
)
def test_the_time_of_a_day_is_left_out_and_that_is_told(text):
    assert parse_date(text) == ParsedValue("2025-05-14", aside=ColumnRemark.TIME)


@pytest.mark.parametrize("text", ["2025-05-14 00:00:00", "14-5-2025 0:00", "2025-05-14T00:00:00"])
def test_midnight_is_no_time_that_could_be_lost(text):
    assert parse_date(text) == ParsedValue("2025-05-14")


def test_a_moment_in_utc_belongs_to_the_day_at_home_and_one_with_a_zone_to_the_day_that_is_written():
    parsed = parse_date("2025-05-14T23:30:00Z")
    assert (parsed.text, str(parsed.note)) == (
        "2025-05-15",
        "23:30 UTC on 2025-05-14 is 01:30 on 2025-05-15 in Europe/Amsterdam",
    )
    assert parse_date("2025-05-14T23:30:00Z", Dialect(home="Europe/London")).text == "2025-05-15"
    assert parse_date("2025-05-14T23:30:00Z", Dialect(home="America/New_York")).text == "2025-05-14"
    assert parse_date("2025-12-31T23:30:00-05:00").text == "2025-12-31"
    assert parse_date("2025-12-31T23:30:00+09:00").text == "2025-12-31"


@pytest.mark.parametrize(
    "text", ["14-05-2025 25:00", "14-05-2025 19:61", "mei 2025 19:30", "2025 19:30"]
)
def test_a_time_that_is_none_or_stands_beside_no_day_is_refused(text):
    with pytest.raises(UnclearValueError):
        parse_date(text)


def test_a_number_of_days_of_a_spreadsheet_is_a_day_and_a_year_stays_a_year():
    assert parse_date("45791") == ParsedValue("2025-05-14", aside=ColumnRemark.SERIAL)
    assert (
        parse_date("45791,8125")
        == parse_date("45791.8125")
        == ParsedValue("2025-05-14", aside=ColumnRemark.SERIAL)
    )
    assert parse_period("45791").text == "2025-05-14"
    assert parse_date("2025") == ParsedValue("2025")
    for text in ("20266", "32873", "73416", "99999"):
        with pytest.raises(UnclearValueError):
            parse_date(text)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2025", DateOrder.DAY_MONTH, "2025-04-03"),
        ("03/04/2025", DateOrder.MONTH_DAY, "2025-03-04"),
        ("03-04-2025", DateOrder.MONTH_DAY, "2025-03-04"),
        ("05/14/2025", DateOrder.MONTH_DAY, "2025-05-14"),
        ("05/14/2025", DateOrder.DAY_MONTH, None),
        ("14/05/2025", DateOrder.MONTH_DAY, None),
        ("03/04/25", DateOrder.DAY_MONTH, None),
    ],
)
def test_an_answer_for_the_delivery_tells_day_and_month_apart_and_is_not_stretched(
    text, order, day
):
    if day:
        assert parse_date(text, Dialect(dates=order)).text == day
    else:
        with pytest.raises(UnclearValueError):
            parse_date(text, Dialect(dates=order))


@pytest.mark.parametrize(
    ("text", "rule", "mend"),
    [
        (
            "3-4-26",
            "a year of two digits may be in more than one century",
            "Write the year in full, such as 2026.",
        ),
        ("31-02-2026", "no such day in the calendar", "Look at the day and the month."),
        (
            "03/04/2025",
            "the day and the month may be either way round",
            "Write 2025-04-03 or 2025-03-04.",
        ),
        ("05/14/2025", "a date with slashes is read as day/month/year", "Write 2025-05-14?"),
    ],
)
def test_a_date_that_is_unclear_is_refused_with_its_readings(text, rule, mend):
    with pytest.raises(UnclearValueError) as unclear:
        parse_date(text)
    assert (unclear.value.message, unclear.value.hint) == (rule, mend)


@pytest.mark.parametrize(
    ("text", "period"),
    [("2024/2025", "2024-2025"), ("2024-25", "2024-2025"), ("studiejaar 2024-2025", "2024-2025")],
)
def test_an_academic_year_may_be_written_in_several_ways(text, period):
    assert parse_period(text).text == period


@pytest.mark.parametrize("text", ["2010/11", "2024-2026"])
def test_a_period_that_may_be_a_month_or_skips_a_year_is_refused(text):
    with pytest.raises(UnclearValueError):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("1.000", "1000", None),
        ("1 000", "1000", None),
        ("1\u00a0000", "1000", None),
        ("ca. 400", "400", "about"),
        ("ongeveer 1.200", "1200", "about"),
        ("about 400", "400", "about"),
        ("± 400", "400", "about"),
        ("> 400", "400", "at-least"),
        ("meer dan 400", "400", "at-least"),
        ("at least 400", "400", "at-least"),
        ("400+", "400", "at-least"),
        ("onbekend", None, "unknown"),
        ("unknown", None, "unknown"),
        ("?", None, "unknown"),
    ],
)
def test_a_count_brings_its_kind_along(text, number, kind):
    said = parse_count(text)
    assert (said.text, said.kind) == (number, kind)


def test_more_than_is_kept_as_at_least_and_says_so():
    assert str(parse_count("meer dan 400").note) == "“meer dan 400” is kept as at least 400"
    assert parse_count("at least 400").note is None


@pytest.mark.parametrize("text", ["1.5", "1,5", "1.00", "400 people", "< 5", "-3", "12345678901"])
def test_a_count_that_is_no_whole_number_is_refused(text):
    with pytest.raises(UnclearValueError):
        parse_count(text)


@pytest.mark.parametrize(
    ("text", "euro", "kind"),
    [
        ("€ 1.234,50", "1234.50", None),
        ("1234,50", "1234.50", None),
        ("EUR 1234.50", "1234.50", None),
        ("€ 500,-", "500", None),
        ("12.500,-", "12500", None),
        ("€ 12.500,--", "12500", None),
        ("12.500,=", "12500", None),
        ("1.250.000,–", "1250000", None),
        ("EUR 12,500.-", "12500", None),
        ("1.234.567", "1234567", None),
        ("3 miljoen", "3000000", None),
        ("3 million", "3000000", None),
        ("3,5 mln", "3500000", None),
        ("ca. € 3 miljoen", "3000000", "about"),
        ("> 2 million euro", "2000000", "at-least"),
        ("onbekend", None, "unknown"),
    ],
)
def test_an_amount_is_read_as_it_is_written(text, euro, kind):
    said = parse_amount(text)
    assert (said.text, said.kind) == (euro, kind)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1,234.50", ("1234.50", "1.23450")),
        ("1.234", ("1234", "1.234")),
        ("1,234", ("1234", "1.234")),
        ("1.234 miljoen", ("1234", "1.234")),
    ],
)
def test_an_ambiguous_amount_is_refused_with_both_readings(text, readings):
    with pytest.raises(UnclearValueError) as unclear:
        parse_amount(text)
    assert all(reading in unclear.value.message for reading in readings)


@pytest.mark.parametrize(
    ("text", "separators", "euro"),
    [
        ("EUR 25.000", Separators.DUTCH, "25000"),
        ("25,000", Separators.ENGLISH, "25000"),
        ("1,234.50", Separators.ENGLISH, "1234.50"),
        ("1.234,50", Separators.ENGLISH, "1234.50"),
        ("25.000", Separators.ENGLISH, None),
        ("25,000", Separators.DUTCH, None),
        ("1,234.50", Separators.DUTCH, None),
    ],
)
def test_an_answer_for_the_delivery_tells_thousands_from_cents_and_is_not_stretched(
    text, separators, euro
):
    if euro:
        assert parse_amount(text, Dialect(amounts=separators)).text == euro
    else:
        with pytest.raises(UnclearValueError):
            parse_amount(text, Dialect(amounts=separators))


@pytest.mark.parametrize("text", ["$ 500", "1234.567", "-5", "drie ton"])
def test_an_amount_that_is_not_in_euro_and_cents_is_refused(text):
    with pytest.raises(UnclearValueError):
        parse_amount(text)


@given(
    st.sampled_from(sorted(PARSERS)),
    st.text(max_size=40) | st.from_regex(r"[0-9 .,/€+-]{1,20}", fullmatch=True),
)
def test_any_text_is_read_or_refused(form, text):
    try:
        said = PARSERS[form](text, DEFAULT_DIALECT)
    except UnclearValueError:
        return
    assert said.text is None or said.text


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_written_in_the_dutch_way_is_that_day(day):
    months = "januari februari maart april mei juni juli augustus september oktober november december".split()
    assert parse_date(f"{day.day}-{day.month}-{day.year}").text == day.isoformat()
    assert parse_date(f"{day.day} {months[day.month - 1]} {day.year}").text == day.isoformat()


@given(st.integers(0, 999_999_999))
def test_every_count_with_dots_for_thousands_is_that_count(number):
    assert parse_count(f"{number:,}".replace(",", ".")).text == str(number)


EVENT = "event_id,title,start_date,status,participants,participants_kind\n"


def test_dutch_names_labels_and_words_become_ids_and_numbers(known):
    upload = settled(
        known,
        {
            "evenementen.csv": "titel;evenement_id;begindatum;status;deelnemers;plaats_id;pijler\n"
            "Open dag;open-dag;14 mei 2025;Gehouden;ca. 1.200;UMCG;onderwijs\n"
        },
    )
    assert upload.problems == []
    found = row(upload, "events")
    del found["row_number"]
    assert found == {
        "event_id": "open-dag",
        "title": "Open dag",
        "start_date": "2025-05-14",
        "status": "held",
        "participants": "1200",
        "participants_kind": "about",
        "place_id": "umcg-groningen",
        "pillar": "education",
    }
    assert (
        checked(known, {"events.csv": EVENT + "open-dag,Open dag,14 mei 2025,Gehouden,ca. 400,\n"})
        == []
    )


def test_a_number_and_its_kind_must_not_contradict_each_other(known):
    (problem,) = checked(known, {"events.csv": EVENT + "a,A,2025,held,ca. 400,exact\n"})
    assert (problem.row, problem.column, problem.value) == (2, "participants_kind", "exact")
    assert problem.message == "“ca. 400” says about, the column participants_kind says exact"
    assert checked(known, {"events.csv": EVENT + "a,A,2025,held,ca. 400,Ongeveer\n"}) == []


def test_a_plain_number_without_a_kind_is_a_question_and_no_number_is_unknown(known):
    found = checked(known, {"events.csv": EVENT + "a,A,2025,held,400,\nb,B,2025,held,,\n"})
    assert [(p.row, p.column, p.message) for p in found] == [
        (2, "participants_kind", "the cell is empty")
    ]


def test_a_decimal_comma_in_a_coordinate_is_read(known):
    text = "place_id;venue;country;latitude;longitude;precision\nx;Hal;NL;53,21917;6,56667;city\n"
    assert row(settled(known, {"places.csv": text}), "places")["latitude"] == "53.21917"


def test_a_word_beside_a_number_that_has_no_kind_is_refused(known):
    text = "source_id,title,year,kind\nx,X,ca. 2025,report\n"
    (problem,) = settled(known, {"sources.csv": text}).problems
    assert (problem.column, problem.message) == ("year", "this column holds exact numbers only")


def test_people_may_be_named_by_name_or_known_spelling(known):
    text = "event_id,person_id,role,nr\nai-in-medical-imaging,Rozemarijn Vliegthart,Lezing,1\nai-in-medical-imaging,wim SMIT,chair,1\n"
    upload = settled(known, {"event_people.csv": text})
    assert [r["person_id"] for r in upload.tables["event_people"].to_pylist()] == [
        "rozemarijn-vliegenthart",
        "wim-smit",
    ]
    assert row(upload, "event_people")["role"] == "lecture"


def test_an_unknown_name_gets_a_suggestion_and_one_problem_only(known):
    text = "event_id,person_id,role,nr\nai-in-medical-imaging,Peter v Ooijen,lecture,1\n"
    (problem,) = checked(known, {"event_people.csv": text})
    assert problem.hint == "Did you mean “Peter van Ooijen” (peter-van-ooijen)?"


def test_a_name_of_the_same_upload_is_known(known):
    files = {
        "people.csv": "person_id,name\nanna-bos,Anna Bos\n",
        "event_people.csv": "event_id,person_id,role,nr\nAI in Medical Imaging,Anna Bos,chair,1\n",
    }
    found = row(settled(known, files), "event_people")
    assert (found["event_id"], found["person_id"]) == ("ai-in-medical-imaging", "anna-bos")


def test_a_name_that_two_people_have_is_refused_with_both_ids(known):
    files = {
        "people.csv": "person_id,name\nanna-bos,Anna Bos\nanna-bos-2,Anna Bos\nanna,Anna Bos\n",
        "event_people.csv": "event_id,person_id,role,nr\nai-in-medical-imaging,Ánna  Bos,chair,1\n",
    }
    (problem,) = settled(known, files).problems
    assert problem.hint == "“Ánna  Bos” may be anna, anna-bos, anna-bos-2: write the id."


def test_all_problems_of_all_files_come_in_one_pass(known):
    files = {
        "events.csv": EVENT + "a,A,3-4-26,held,1.5,\nb,B,31-02-2026,hold,,\n",
        "funding.csv": 'funding_id,title,our_role,amount_eur\nf,F,none,"1,234.50"\n',
        "event_people.csv": "event_id,person_id,role,nr\nz,wim-smit,chair,1\n",
    }
    assert {(p.file, p.row, p.column) for p in checked(known, files)} == {
        ("events.csv", 2, "start_date"),
        ("events.csv", 2, "participants"),
        ("events.csv", 2, "participants_kind"),
        ("events.csv", 3, "start_date"),
        ("events.csv", 3, "status"),
        ("event_people.csv", 2, "event_id"),
        ("funding.csv", 2, "amount_eur"),
        ("funding.csv", 2, "amount_kind"),
    }


def service_numbers(count):
    """Numbers that pass the 11-check."""
    return [n for n in map(str, range(123_456_700, 123_460_000)) if is_service_number(n)][:count]


def test_a_column_of_citizen_service_numbers_is_refused_without_repeating_them(known):
    numbers = service_numbers(5)
    text = EVENT.replace("participants,participants_kind", "note") + "".join(
        f"e{i},E{i},2025,held,bsn {n}\n" for i, n in enumerate(numbers)
    )
    (problem,) = [p for p in checked(known, {"events.csv": text}) if p.column == "note"]
    assert problem.message.startswith(
        "5 cells look like citizen service numbers: no patient data here"
    )
    assert not any(n in str(problem) for n in numbers)


def test_one_number_that_passes_the_check_by_chance_is_a_note(known):
    text = (
        "event_id,title,start_date,status,note\na,A,2025,held,Order " + service_numbers(1)[0] + "\n"
    )
    upload = merged(known, settled(known, {"events.csv": text}))
    open_checked_records(upload, TODAY).close()
    assert ("events.csv", 2, "note", "1 cell looks like citizen service numbers") in [
        (n.file, n.row, n.column, n.message) for n in upload.notes
    ]


@pytest.mark.matrix(1)
@pytest.mark.parametrize(
    "cell", ["jan{}@umcg.nl", "geboren 1{}-03-1950", "geb. 1{}-03-1950", "1{}-03-1950"]
)
def test_a_column_of_addresses_or_birth_dates_is_refused(known, cell):
    text = "person_id,name,note\n" + "".join(f"p{i},P{i},{cell.format(i)}\n" for i in range(4))
    assert any("no patient data here" in p.message for p in checked(known, {"people.csv": text}))


def test_what_is_suspicious_but_allowed_is_noted(known):
    files = {
        "events.csv": EVENT + "a,AI in Medical Imaging,2095-01-01,planned,200000,exact\n",
        "funding.csv": "funding_id,title,our_role,amount_eur,amount_kind\n"
        + "".join(f"f{i},F{i},none,{10**5 if i else 10**8},exact\n" for i in range(5)),
    }
    upload = merged(known, settled(known, files))
    open_checked_records(upload, TODAY).close()
    assert {(n.column, n.row, n.message) for n in upload.notes} >= {
        ("event_id", 2, "nobody is named at this event"),
        ("title", 2, "the title stands twice"),
        ("start_date", 2, "the date is far from today"),
        ("participants", 2, "more than 100,000 persons"),
        ("amount_eur", 2, "the amount is more than ten times the usual one"),
    }
    assert {n.file for n in upload.notes} == {"events.csv", "funding.csv"}


@pytest.mark.matrix(1)
@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u0000"])
def test_invisible_characters_are_problems_in_uploads_as_well(known, hidden):
    found = checked(known, {"people.csv": f"person_id,name\nanna,An{hidden}na\n"})
    assert [(p.row, p.column, p.message) for p in found] == [
        (2, "name", "the cell holds invisible characters")
    ]


FUNDING = "financiering_id;titel;onze_rol;bedrag_eur;soort_bedrag\n"


def test_an_amount_that_may_be_two_is_clear_beside_amounts_that_show_which_mark_is_for_thousands(
    known,
):
    upload = resolve_upload(
        read_upload(
            {"financiering.csv": (CASES / "amount-crlf" / "financiering.csv").read_bytes()}, TODAY
        ),
        known,
    )
    assert upload.problems == []
    assert upload.tables["funding"]["amount_eur"].to_pylist() == ["12500", "25000"]
    (note,) = upload.notes
    assert (note.row, note.column, note.value) == (3, "amount_eur", "EUR 25.000")
    assert note.message.startswith("1 cell has a dot for thousands")


@pytest.mark.parametrize("other", ["1234.50", "1,234,567", "exact"])
def test_an_amount_that_may_be_two_is_a_question_where_the_others_do_not_show_it(known, other):
    text = f"{FUNDING}a;A;ontvanger;25.000;exact\nb;B;ontvanger;{other};exact\n"
    assert (2, "amount_eur", "25.000") in [
        (p.row, p.column, p.value) for p in settled(known, {"funding.csv": text}).problems
    ]


def test_both_ways_of_writing_in_one_column_show_nothing(known):
    text = f"{FUNDING}a;A;ontvanger;25.000;exact\nb;B;ontvanger;12.500,-;exact\nc;C;ontvanger;12.50;exact\n"
    assert [p.row for p in settled(known, {"funding.csv": text}).problems] == [2]


def test_an_answer_about_dates_and_amounts_goes_through_the_whole_delivery(known):
    files = {
        "funding.csv": f"{FUNDING}a;A;ontvanger;25,000;exact\n",
        "events.csv": "event_id,title,start_date,status\na,A,03/04/2025,held\n",
    }
    upload = read_upload({name: text.encode() for name, text in files.items()}, TODAY)
    assert {p.column for p in resolve_upload(upload, known).problems} == {
        "amount_eur",
        "start_date",
    }
    answered = resolve_upload(
        upload, known, dialect=Dialect(DateOrder.MONTH_DAY, Separators.ENGLISH)
    )
    assert answered.problems == []
    assert (row(answered, "funding")["amount_eur"], row(answered, "events")["start_date"]) == (
        "25000",
        "2025-03-04",
    )


def test_times_and_numbers_of_days_are_told_once_for_a_column_not_for_each_row(known):
    text = "event_id;title;start_date;end_date;status\n" + "".join(
        f"e{i};E{i};{day};{end};held\n"
        for i, (day, end) in enumerate(
            [
                ("14-05-2025 19:30", "45792"),
                ("2025-05-15T09:00:00+02:00", "45793.5"),
                ("16 mei 2025", ""),
            ]
        )
    )
    upload = settled(known, {"events.csv": text})
    assert upload.problems == []
    assert upload.tables["events"]["start_date"].to_pylist() == [
        "2025-05-14",
        "2025-05-15",
        "2025-05-16",
    ]
    assert upload.tables["events"]["end_date"].to_pylist() == ["2025-05-15", "2025-05-16", None]
    assert [(n.row, n.column, n.message) for n in upload.notes] == [
        (
            2,
            "start_date",
            "2 cells hold a time of day, which is left out: “14-05-2025 19:30” is 2025-05-14",
        ),
        (
            2,
            "end_date",
            "2 cells hold a number, read as a spreadsheet counts days: “45792” is 2025-05-15",
        ),
    ]
