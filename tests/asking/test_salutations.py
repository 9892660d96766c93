"""What stands around a question in a mail is no part of it, and nothing else is taken for it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.asking.grammar import read
from dashboard.asking.salutations import SPELT, TALKS, leave_out_salutations
from dashboard.asking.words import clean, split_question
from tests.asking.conftest import SHOWN, TODAY
from tests.support.asked import read_corpus

QUESTIONS = [line["q"] for line in read_corpus()]
WORDS = sorted({word for question in QUESTIONS for word in question.split()})
BEGINNINGS = [
    "Hi Job,",
    "Hi,",
    "Hi Dr. Doornberg:",
    "Hello team,",
    "Hey Anna and Job!",
    "Dear Sir/Madam,",
    "Dear Prof. J. Doornberg, dear Esther,",
    "Good morning all,",
    "Hi team, for the board:",
    "Hello, following our call:",
    "Hi June,",
    "As discussed last week,",
    "As per below:",
    "Quick question:",
    "Hi Job, hope you are well!",
    "Beste Tom,",
    "Beste collega's,",
    "Geachte heer, mevrouw,",
    "Geachte mevrouw van den Berg,",
    "Geachte leden van de raad van bestuur,",
    "Dag allen,",
    "Dag Wiebrand,",
    "Goedemorgen,",
    "Goedemorgn,",
    "Hoi! Even snel:",
    "Hoi Annemiek, kort vraagje.",
    "Zoals besproken:",
    "Zoals besproken met Tom:",
    "N.a.v. ons gesprek van gisteren:",
    "Voor de raad van bestuur:",
]
ENDS = [
    "Groet, Anneke",
    "Groetjes van Kees",
    "Gr. Kees",
    "Groet Wiebrand",
    "Kind regards, Helen",
    "Kind regards, Helen Jansen, project manager",
    "Regards, UMCG",
    "Thanks, R.",
    "Thanks, May",
    "Thanks in advance! Kind regards, Job Doornberg",
    "Cheers, Bob",
    "Best",
    "Best, Tom",
    "All the best, Tom",
    "Mvg, het secretariaat",
    "M.v.g. Anneke de Vries",
    "Met vriendlijke groet, namens de directie",
    "Hartelijke groet",
    "Alvast bedankt, groet, Pim",
    "Thanks! Sent from my iPhone",
]


class Vocabularied:
    """Reads with one vocabulary, which Hypothesis would write out whole."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary

    def __repr__(self):
        return "ask"

    def __call__(self, text):
        return replace(read(text, self.vocabulary, TODAY, "en", SHOWN), query="")

    def leave_out(self, text):
        """What is left of a text."""
        plain = clean(text)
        words = split_question(plain)
        left = leave_out_salutations(plain, words, self.vocabulary)
        return plain[left[0].start : left[-1].end] if left else ""

    def keeps_all(self, text):
        """Whether nothing of a text is left out."""
        plain = clean(text)
        words = split_question(plain)
        return list(leave_out_salutations(plain, words, self.vocabulary)) == words


@pytest.fixture(scope="module")
def ask(vocabulary):
    return Vocabularied(vocabulary)


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize(
    "question", ["Doornberg keynotes in May", "how many lectures in Groningen?"]
)
def test_what_stands_before_a_question_is_silent(ask, beginning, question):
    assert ask(f"{beginning} {question}") == ask(question)
    assert ask(f"{beginning} {question}".casefold()).filters == ask(question).filters


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(
    "question", ["Doornberg keynotes in June.", "how many lectures in Groningen?"]
)
def test_what_stands_behind_a_question_is_silent(ask, end, question):
    assert ask(f"{question} {end}") == ask(question)
    assert ask(f"{question} {end}".casefold()).filters == ask(question).filters


@pytest.mark.parametrize("question", QUESTIONS[::6])
def test_a_question_means_in_a_mail_what_it_means_alone(ask, question):
    assert ask(f"Hi Esther, {question}") == ask(question)
    assert ask(f"{question} Kind regards, Helen") == ask(question)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Hi, Doornberg keynotes?", "Doornberg keynotes"),
        ("Dag Doornberg, Metting: keynotes", "Metting: keynotes"),
        ("Dag allen hoeveel keynotes", "hoeveel keynotes"),
        ("Beste Tom Kun je de keynotes tonen", "Kun je de keynotes tonen"),
        ("Beste, graag de keynotes in mei", "graag de keynotes in mei"),
        ("Dear DASH, how many keynotes", "how many keynotes"),
        ("Good morning, Anna here: how many keynotes", "Anna here: how many keynotes"),
        ("hoeveel keynotes in mei alvast bedankt anneke", "hoeveel keynotes in mei"),
        ("which keynotes, thanks Bob", "which keynotes"),
        ("which keynotes, thanks to Bob", "which keynotes, thanks to Bob"),
        ("Hi Job, thanks!", "thanks"),
    ],
)
def test_of_a_mail_the_question_is_left(ask, text, question):
    assert ask.leave_out(text) == question


@pytest.mark.parametrize(
    "text",
    [
        "Hi Doornberg keynotes",
        "Hello Doornberg",
        "Hello Doornberg!",
        "Hi AI Factory, how many events?",
        "Dear AI Factory events",
        "Hello Groningen, which events?",
        "Hello Robots, how many participants?",
        "Hi all years keynotes",
        "Hi team science",
        "Hey keynotes, how many?",
        "Hi 2025: keynotes",
        "dag van de zorg",
        "Dag van de zorg, wanneer?",
        "Dagen, weken en maanden",
        "Beste keynotes",
        "Beste keynotes, welke waren dat?",
        "Beste sprekers, in mei?",
        "Beste opkomst: wanneer?",
        "Beste is welke keynote?",
        "Best attended events",
        "Which events? Best attended ones",
        "Which events? Best Doornberg",
        "Which lectures are all the best",
        "Which speakers, best",
        "Good morning sessions in May",
        "As discussed in March, how many keynotes?",
        "After our meeting: which events?",
        "Following the symposium: which events in May?",
        "For the university: which events",
        "Thanks, Doornberg keynotes",
        "Best regards, Doornberg",
        "Which events? Thanks, keynotes",
        "Which events? Thanks, also Metting",
        "Which events? Thanks, Metting and Doornberg?",
        "Which events? Thanks, Bob, in Zwolle",
        "Which events? Thanks Hanze keynotes",
        "keynotes, hartelijk dank voor de cijfers in Zwolle",
        "keynotes in Best",
        "lectures in Groet",
        "keynotes by Tom Best",
        "keynotes in May - Helen",
    ],
)
def test_what_can_be_something_else_is_no_salutation(ask, text):
    assert ask.keeps_all(text)


def test_a_title_that_begins_as_a_greeting_does_is_none(ask):
    text = "Dag Hammarskjöld, keynotes in May"
    titles = frozenset({"dag hammarskjold"})
    titled = Vocabularied(replace(ask.vocabulary, title_parts=titles))
    assert ask.leave_out(text) == "keynotes in May"
    assert titled.keeps_all(text)


def test_what_is_quoted_stands_in_the_text_as_it_was_typed(ask):
    text = "Beste  Tom,  hoeveel  Keynotes gaf DOORNBERG in mei over slides? Groet, Anneke"
    reading = ask(text)
    quoted = [one.words for one in reading.understood]
    assert quoted == ["hoeveel", "Keynotes", "DOORNBERG", "mei"]
    assert reading.rest == ("slides",)


BARE = [
    word
    for word in WORDS
    if not {one.folded for one in split_question(word)} & {*SPELT, *" ".join(TALKS).split()}
]


@given(st.lists(st.sampled_from(BARE), min_size=1, max_size=12).map(" ".join))
def test_a_text_without_a_word_of_salutations_stays_whole(ask, text):
    assert ask.keeps_all(text)


@given(
    st.lists(st.sampled_from([*sorted(SPELT), *BARE[::20]]), min_size=1, max_size=12).map(" ".join)
)
def test_something_stays_of_every_text(ask, text):
    assert ask.leave_out(text) in clean(text)
    assert ask.leave_out(text)
