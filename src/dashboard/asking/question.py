"""A question as it was typed: cleaned, read, and answered, so that its words stand in no log."""

import traceback
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Condition

from cachetools import LRUCache, cached

from dashboard.asking.answer import Answer, answer_reading
from dashboard.asking.answer_scope import find_shown_year
from dashboard.asking.grammar import read
from dashboard.asking.reading import Reading
from dashboard.asking.vocabulary import Vocabulary, load_vocabulary
from dashboard.asking.words import MAX_LETTERS
from dashboard.language.messages import _
from dashboard.query.names import KEPT_VERSIONS
from dashboard.store import StoreError, Version
from dashboard.views.view import View


class QuestionError(ValueError):
    """A text that is no question; the message says why to who asked, without the text."""


class AskingError(Exception):
    """A question could not be answered. The message says where the program failed, and nothing of the
    question.
    """


def clean_question(text: str) -> str:
    """Clean a question: what is not seen at all, such as a soft hyphen, is left out, each other sign
    that is not printed is a space, and spaces are single. Raises QuestionError for a text without a
    letter or digit, and for one that is too long.
    """
    if len(text) > MAX_LETTERS:
        raise QuestionError(
            _(
                "a question has at most {most} letters; this has {n:,}",
                most=MAX_LETTERS,
                n=len(text),
            )
        )
    seen = (sign for sign in text if unicodedata.category(sign) != "Cf")
    said = " ".join("".join(sign if sign.isprintable() else " " for sign in seen).split())
    if not any(sign.isalnum() for sign in said):
        raise QuestionError(_("there is no question"))
    return said


def answer_question(view: View, text: str) -> Answer:
    """Read and answer a question from a view: its version, language and day, and the year that it
    shows. Raises QuestionError for what is no question, StoreError where the records cannot be read,
    and AskingError, which no log can quote the question from.
    """
    query = clean_question(text)
    with _keep_words():
        return answer_reading(view, read_question(view, query))


def answer_again(view: View, reading: Reading) -> Answer:
    """Answer what was read of a question, from another view. Raises StoreError and AskingError."""
    with _keep_words():
        return answer_reading(view, reading)


@contextmanager
def _keep_words() -> Iterator[None]:
    """Keep the words of a question out of what is raised, and so out of every log."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - what is raised may hold words of the question
        raise AskingError(_locate(error)) from None


def read_question(view: View, query: str) -> Reading:
    """Read a question on a view: a period without a year is of the year that it shows."""
    vocabulary = keep_vocabulary(view.version, view.today)
    return read(query, vocabulary, view.today, view.language, find_shown_year(view))


@cached(
    LRUCache(KEPT_VERSIONS),
    key=lambda version, today: (version.identity, today),
    condition=Condition(),
)
def keep_vocabulary(version: Version, today: date) -> Vocabulary:
    """Load what the words of questions can mean in a version, and keep it: it takes a third of a second.
    Raises as questions.run.
    """
    return load_vocabulary(version, today)


def _locate(error: Exception) -> str:
    """Say where the program failed, and what was raised, without its text."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"
