"""Whatever somebody types: it is read quickly, the same every time, and nothing of it is lost."""

import re
import time
import unicodedata
from functools import cached_property

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from dashboard.asking.grammar import read
from dashboard.asking.mending import SILENT, mend_filler, mend_words
from dashboard.asking.salutations import leave_out_salutations
from dashboard.asking.words import MAX_LETTERS, clean, split_question
from tests.asking.conftest import SHOWN, TODAY
from tests.support.asked import read_corpus

QUESTIONS = [line["q"] for line in read_corpus()]
WORDS = sorted({word for question in QUESTIONS for word in question.split()})
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
LONG = 10_000


class Asker:
    """Asks of one vocabulary, which Hypothesis would write out whole."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary

    def __repr__(self):
        return "ask"

    @cached_property
    def in_silent_phrases(self):
        """The words of phrases of several that say nothing."""
        phrases = self.vocabulary.phrases.items()
        silent = (phrase for phrase, senses in phrases if senses[0].kind in SILENT)
        return {word for phrase in silent if " " in phrase for word in phrase.split()}

    def __call__(self, text):
        return read(text, self.vocabulary, TODAY, "en", SHOWN)


@pytest.fixture(scope="module")
def ask(vocabulary):
    return Asker(vocabulary)


def tell(reading):
    """What a reading says, without how its words were typed."""
    return (
        reading.page,
        reading.filters.with_(text=reading.filters.text.casefold()),
        reading.metric,
        reading.form,
        reading.by,
        dict(reading.extras),
        [(one.name, one.label.casefold()) for one in reading.understood],
        [(choice.page, choice.label.casefold()) for choice in reading.choices],
        len(reading.rest),
    )


def without_accents(text):
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@given(TEXTS)
def test_any_text_is_read_and_the_same_twice(ask, text):
    assert ask(text) == ask(text)


@pytest.mark.parametrize("word", ["waar", "where", "wie", "when", "partner", "not", "van"])
def test_a_word_alone_is_read(ask, word):
    assert ask(word).query == word


@given(TEXTS)
@example("2000:YAER")
@example("0:GEACHTE#COLLEGA")
def test_every_word_is_understood_or_said_not_to_be_or_says_nothing(ask, text):
    reading = ask(text)
    plain = clean(text)
    quoted = " ".join([*(one.words for one in reading.understood), *reading.rest])
    named = {word.folded for word in split_question(quoted)}
    words = leave_out_salutations(plain, split_question(plain), ask.vocabulary)
    mended_words, _ = mend_words(ask.vocabulary, words)  # an error in a silent word is silent
    assume(
        not any(is_reporting(ask.vocabulary, mended) for mended in mended_words)
    )  # as who asks is
    for word, mended in zip(words, mended_words, strict=True):
        silent = ask.vocabulary.find_kind(mended) in ("filler", "measure", "form", "page", "which")
        silent |= mended in ask.in_silent_phrases
        silent |= word.folded in ("held", "gehouden")  # says nothing beside who gave something
        # nor does the programme itself, whose records these all are, however it is spelt
        silent |= any(OSA.distance(word.folded, own) <= 1 for own in ask.vocabulary.ours)
        told = word.folded in named or silent or reading.choices or _is_part(word.folded, named)
        assert told or mend_filler(ask.vocabulary, word.folded), word.folded


def is_reporting(vocabulary, word):
    """Whether a word says that somebody asks."""
    return any(sense.name == "reporting" for sense in vocabulary.phrases.get(word, ()))


def _is_part(word, named):
    """Whether a compound was understood in two."""
    return any(word.startswith(one) or word.endswith(one) for one in named)


@pytest.mark.parametrize("question", QUESTIONS[::7])
def test_neither_case_nor_accents_nor_spaces_make_a_difference(ask, question):
    told = tell(ask(question))
    assert tell(ask(question.upper())) == told
    assert tell(ask(question.casefold())) == told
    assert tell(ask(f"  {re.sub(' ', '   ', question)} ")) == told
    assert tell(ask(without_accents(question))) == told


@pytest.mark.parametrize(
    "text",
    [
        "a" * LONG,
        "keynotes " * LONG,
        "(" * LONG,
        "1-" * LONG,
        "in mei " * 50,
        "dornberg " * 40,
        "2024-" * 60,
        "not " * 60,
        "between 1 and " * 25,
        "keynotes. " + "gr. kr. " * 23 + "5",
        "hi job, " * 24,
    ],
)
def test_a_long_text_takes_no_time(ask, text):
    ask(text)
    began = time.perf_counter()
    ask(text)
    assert time.perf_counter() - began < 1


def test_a_text_that_is_too_long_to_be_a_question_is_not_understood_in_any_part(ask):
    reading = ask("keynotes of Doornberg " + "and so on " * MAX_LETTERS)
    assert reading.understood == ()
    assert reading.rest[:3] == ("keynotes", "of", "Doornberg")


@pytest.mark.parametrize("name", ["Jan", "Doornberg", "Tromsø", "van ’t Hof", "Łukasz Nowak"])
def test_quotes_are_as_they_were_typed(ask, name):
    reading = ask(f"keynotes by {name} with slides")
    quoted = {one.words for one in reading.understood}
    assert name in quoted or reading.choices
    assert reading.rest == ("slides",)
