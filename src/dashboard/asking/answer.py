"""The answer to a question: what the page under the same filters says, first in a sentence, then as
named things, with a link to that page and what was left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.asking.answer_examples import list_examples
from dashboard.asking.answer_find import find_answer
from dashboard.asking.answer_notes import list_left_out, list_notes
from dashboard.asking.answer_scope import (
    choose_number_of_choice,
    find_scope,
    is_recognised,
    lead_to_choice,
    look_elsewhere,
    write_link,
)
from dashboard.asking.answer_words import say_number
from dashboard.asking.reading import Reading
from dashboard.language.messages import N_, Words, _, emphasize
from dashboard.model.filter_links import drop_unknown_ids
from dashboard.model.quantity import Quantity
from dashboard.views.content import Line
from dashboard.views.view import View


@dataclass(frozen=True)
class Answer:
    """The answer to a reading. `lead` is the sentence with the number, in pieces as a headline is;
    `metric` a name of METRICS, empty where no number answers, and `quantity` that number; `lines` the
    first of the named things behind it, `more` how many there are besides; `wider` are other
    readings, each with its count, and its link: those between which the question does not decide, else
    wider ones, else examples; `notes` say what was left out, and where nothing was found, what was
    looked for and what is nearest; `link` is the page with the answer, None where none was decided or no page shows it.
    """

    reading: Reading
    lead: Words
    metric: str = ""
    quantity: Quantity | None = None
    lines: Sequence[Line] = ()
    more: int = 0
    wider: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    link: str | None = None

    @property
    def sentence(self) -> str:
        """The lead as plain text."""
        return "".join(text for text, _strong in self.lead)

    def to_json(self) -> dict[str, Any]:
        """Give the answer as plain values, as the API and the command line do."""
        return {
            "query": self.reading.query,
            "understood": list_understood(self.reading),
            "not_understood": list(self.reading.rest),
            "alternatives": [{"label": label, "link": link} for label, link in self.wider],
            "link": self.link,
            "answer": self._give_number(),
        }

    def _give_number(self) -> dict[str, Any] | None:
        """Give the sentence with its number; None where the question was not decided. Nothing found is no
        value, and no zero.
        """
        if self.reading.choices or not is_recognised(self.reading):
            return None
        number = self.quantity
        return {
            "sentence": self.sentence,
            "metric": self.metric or None,
            "value": number.value if number and number.known else None,
            "kind": number.kind.value if number else None,
            "known": number.known if number else None,
            "unknown": number.not_known if number else None,
        }


def list_understood(reading: Reading) -> dict[str, Any]:
    """List what the question named: the page, and each filter with its ids; the year only where it
    named one.
    """
    found: dict[str, Any] = {"page": reading.page}
    if reading.all_years:
        found["year"] = ["all"]
    for name, value in (*reading.filters.query(), *reading.extras.items()):
        found.setdefault(name, []).append(value)
    return found


def answer_reading(view: View, reading: Reading) -> Answer:
    """Answer a reading from a view: its version, its language, its day, and the year that it shows."""
    if reading.choices:
        return offer_choices(view, reading)
    if not is_recognised(reading):
        return say_nothing_recognised(view, reading)
    reading = look_elsewhere(view, reading)
    scope = find_scope(view, reading)
    found = find_answer(scope, reading)
    return Answer(
        reading,
        found.lead,
        found.number.name if found.number else found.metric,
        found.number.quantity if found.number else None,
        found.things.lines,
        found.things.more,
        found.wider,
        (*found.notes, *list_notes(scope, reading)),
        write_link(scope) if _is_shown(scope) else None,
    )


def _is_shown(scope: View) -> bool:
    """Tell whether a page shows what was found: of a country that no record has, every page would
    leave the filter out and show everything.
    """
    return not drop_unknown_ids(scope.filters, scope.labels)[1]


def offer_choices(view: View, reading: Reading) -> Answer:
    """Offer the readings between which a question does not decide, each with its number. No number is
    the answer.
    """
    offered = []
    for choice in reading.choices:
        scope = lead_to_choice(view, reading, choice)
        number = choose_number_of_choice(scope, choice)
        words = say_number(number.metric, number.quantity)
        offered.append(
            (_("{label} ({number})", label=choice.label, number=words), write_link(scope))
        )
    lead = emphasize(N_("This can mean **several things**. Which one is meant?"))
    link = write_link(find_scope(view, reading)) if reading.filters.chosen else None
    return Answer(reading, lead, wider=offered, notes=list_notes(view, reading), link=link)


def say_nothing_recognised(view: View, reading: Reading) -> Answer:
    """Say that nothing of a question was understood, with examples of questions that have answers."""
    lead = emphasize(N_("**Nothing in this was recognised.** Questions that have an answer:"))
    return Answer(reading, lead, wider=list_examples(view), notes=list_left_out(reading))
