"""A question as it was typed: hostile texts are text, and no message of an error quotes it."""

import time
import traceback
from dataclasses import replace

import pytest

from dashboard.asking.question import (
    AskingError,
    QuestionError,
    answer_question,
    clean_question,
)
from dashboard.asking.words import MAX_LETTERS
from dashboard.query import questions
from dashboard.store import StoreError
from dashboard.views.view import Answers

SECRET = "xylophonist"
HOSTILE = [
    "'; drop table events; --",
    '" or 1=1 union select * from people --',
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "**bold** [link](javascript:alert(1)) `code`",
    "{name} {0} %s %n ${jndi:ldap://x}",
    "../../etc/passwd\x00",
    "\x1b[31mred\x07 \u202eright to left\u2028next",
    "ａｂｃ ﬁﬂ ß ı İ Ω \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "a" * MAX_LETTERS,
    "keynote " * 25,
    "2025-02-30 2025-13-01 00000 1e999 -1 NaN",
    "year=2024&candidate=0123456789abcdef",
    "\ud800 keynotes",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_text(shipped_answer, text):
    view = shipped_answer.view()
    answer = answer_question(view, text)
    given = answer.to_json()
    assert given["query"] == clean_question(text)
    for words in (given["query"], answer.sentence, *given["not_understood"], *answer.notes):
        assert words.isprintable()
    assert len(questions.rows(view.version, "events", view.filters)) == 29


def test_what_is_not_seen_parts_no_word():
    assert clean_question("Doorn\u00adberg\u200b  in\u00a0May\x00?") == "Doornberg in May ?"


@pytest.mark.parametrize("text", ["", " \n\t", "?!…", "\x00\x1f", "'", "—"])
def test_a_text_without_a_letter_is_no_question(shipped_answer, text):
    with pytest.raises(QuestionError, match="there is no question"):
        answer_question(shipped_answer.view(), text)


@pytest.mark.parametrize("text", ["a" * (MAX_LETTERS + 1), f"{SECRET} " * 100_000])
def test_a_text_that_is_too_long_is_refused_at_once_and_not_quoted(shipped_answer, text):
    began = time.monotonic()
    with pytest.raises(QuestionError, match="at most 200 letters") as refused:
        answer_question(shipped_answer.view(), text)
    assert time.monotonic() - began < 1
    assert SECRET not in str(refused.value)


ASKED = "events about coronoid"


class Failing(Answers):
    """Answers that fail with the words that were asked for in what they say."""

    def __init__(self, error):
        self.error = error

    def rows(self, _version, question, filters, _params):
        raise self.error(f"{question} of {filters.text}: {SECRET}")


def test_what_fails_on_the_way_quotes_no_question(shipped_answer):
    view = replace(shipped_answer.view(), answers=Failing(KeyError))
    with pytest.raises(AskingError) as failed:
        answer_question(view, ASKED)
    said = "".join(traceback.format_exception(failed.value))
    assert SECRET not in said
    assert "coronoid" not in said
    assert "KeyError in test_question.py, line" in str(failed.value)


def test_records_that_cannot_be_read_are_no_fault_of_the_question(shipped_answer):
    view = replace(shipped_answer.view(), answers=Failing(StoreError))
    with pytest.raises(StoreError):
        answer_question(view, "events about coronoid")


def test_the_year_that_is_shown_is_that_of_a_period_without_one(shipped_answer):
    asked = answer_question(shipped_answer.view("/?year=2024"), "keynotes in May")
    assert asked.reading.filters.month == ("2024-05",)
    asked = answer_question(shipped_answer.view(), "keynotes in May")
    assert asked.reading.filters.month == ("2025-05",)


def test_the_examples_where_nothing_is_recognised_are_understood_and_have_results(shipped_answer):
    for language in ("en", "nl"):
        view = shipped_answer.view(language=language)
        nothing = shipped_answer(understood=(), rest=("blah",), language=language)
        for text, link in nothing.wider:
            answer = answer_question(replace(view, language=language), text)
            assert answer.reading.rest == (), text
            assert answer.quantity is not None, text
            assert answer.quantity.value, text
            assert set(answer.link.partition("?")[2].split("&")) == set(
                link.partition("?")[2].split("&")
            ), text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "How often did Doornberg give a keynote in spring?",
            "Job Doornberg gave 2 keynotes from March to May 2025.",
        ),
        (
            "people trained in 2025",
            (
                "We trained about 589 people in 2025. This number comes from 5 of 12 trainings, of which"
                " 1 disputed."
            ),
        ),
        ("events since March", "We took part in 19 events since 1 March 2025."),
        (
            "events between 1 March and 15 June",
            "We took part in 8 events between 1 March and 15 June 2025.",
        ),
        (
            "events with Hanze",
            "We took part in 1 event with Hanze University of Applied Sciences in 2025.",
        ),
        ("Who gave the most keynotes?", "Job Doornberg has the most: 4 keynotes in 2025."),
    ],
)
def test_a_question_of_a_meeting_takes_one_line(shipped_answer, text, sentence):
    assert answer_question(shipped_answer.view(), text).sentence == sentence


def test_an_answer_after_the_first_takes_a_moment(real, shipped_answer):
    view = shipped_answer.view()
    answer_question(view, "How many keynotes did Doornberg give?")
    began = time.perf_counter()
    answer_question(view, "How many keynotes did Doornberg give?")
    assert time.perf_counter() - began < 0.5, "fifty milliseconds, and a busy machine"
