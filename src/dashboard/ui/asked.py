"""The question of a session, and its answer for as long as its view is shown. It stands in the
session alone: the address is that of the filters, so that a link tells nobody what was asked.
"""

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from dashboard.asking.answer import Answer
from dashboard.asking.answer_scope import is_recognised
from dashboard.asking.question import AskingError, QuestionError, answer_again, answer_question
from dashboard.asking.reading import Reading, Understood
from dashboard.language.messages import N_, _
from dashboard.model import server_log
from dashboard.model.filter_links import drop_unknown_ids
from dashboard.model.filters import FIELDS, FILTER_NAMES, NO_FILTERS, Filters
from dashboard.model.roles import Role
from dashboard.store import StoreError
from dashboard.text.selection import name_filter
from dashboard.text.sentences import capitalise
from dashboard.ui import caches, state
from dashboard.ui.components import read_pressed
from dashboard.ui.page_blocks import name_value
from dashboard.ui.permission import requires
from dashboard.views.actions import ACROSS_PAGES, OPEN, Target, choose, follow_act
from dashboard.views.view import DIALOGS, View

QUESTION = "question"
"""Key of a session: what was asked last."""
Choice = tuple[str, tuple[str, ...]]
"""A filter, or a parameter beside them, and its values in the URL."""
EXTRAS_IN_WORDS = {"compare": N_("Compared with")}
"""Parameters beside the filters that a question names."""


@dataclass(frozen=True)
class Question:
    """A question with its answer, for one view (`answered_for`). `goal` is the view that the answer
    leads to, where it is shown; `number` counts the answers of a session.
    """

    answer: Answer
    goal: Hashable
    answered_for: Hashable
    language: str
    number: int

    @property
    def text(self) -> str:
        """The question as it was typed."""
        return self.answer.reading.query

    @property
    def identity(self) -> str:
        """The id of its heading in the page."""
        return f"answer-{self.number}"


@dataclass(frozen=True)
class Phrase:
    """Something that was understood, and what it chose: values of a filter as the URL has them, or a
    first and a last day. `kind` and `label` say it: "Person", "Job Doornberg".
    """

    chosen: tuple[Choice, ...]
    kind: str
    label: str


def ask(text: str) -> None:
    """Answer a question, and go where its answer is. Of what is none nothing comes; that the records
    cannot be read is said by the run that follows.
    """
    view = state.current_view()
    with suppress(QuestionError, StoreError), _saying_failure():
        _show(view, answer_question(view, text))


@contextmanager
def _saying_failure() -> Iterator[None]:
    """Say that an answer failed: its page is shown without it."""
    try:
        yield
    except AskingError as error:
        server_log.log_throttled(str(error))
        st.toast(_("This question could not be answered. What went wrong is in the server's log."))


def find_shown(view: View) -> Question | None:
    """Find the question whose answer is shown in a view; None where another view is shown."""
    question: Question | None = st.session_state.get(QUESTION)
    if question is None or question.goal != _identify(view.page, view.filters, view.extras):
        return None
    identity = caches.identify_view(view)
    if question.answered_for != identity:
        del st.session_state[QUESTION]
        with _saying_failure():
            answer = answer_again(view, _read_again(view, question))
            st.session_state[QUESTION] = replace(
                question, answer=answer, answered_for=identity, language=view.language
            )
    return st.session_state.get(QUESTION)


def _read_again(view: View, question: Question) -> Reading:
    """Return what was understood, in the language of the view: read anew where it changed, unless
    something was taken back since.
    """
    if question.language != view.language:
        again = answer_question(view, question.text)
        if _find_goal(view, again) == question.goal:
            return again.reading
    return question.answer.reading


def _show(view: View, answer: Answer) -> None:
    """Show an answer: on its page; where nothing was decided, on the one that is there."""
    before: Question | None = st.session_state.get(QUESTION)
    st.session_state[QUESTION] = Question(
        answer,
        _find_goal(view, answer),
        caches.identify_view(view),
        view.language,
        before.number + 1 if before else 1,
    )
    if leads(answer):
        state.follow(f"{OPEN}{answer.link}")


def leads(answer: Answer) -> bool:
    """Tell whether an answer is the one of a page: something was decided."""
    return answer.link is not None and not answer.reading.choices


def _find_goal(view: View, answer: Answer) -> Hashable:
    target = follow_act(view, f"{OPEN}{answer.link}") if leads(answer) else None
    if target is None:
        return _identify(view.page, view.filters, view.extras)
    known = drop_unknown_ids(target.filters, view.labels)[0]
    return _identify(target.page, known, target.extras)


def _identify(page: str, filters: Filters, extras: Mapping[str, str]) -> Hashable:
    """Return what stands for a view, whatever is open over it."""
    beside = (*DIALOGS, *ACROSS_PAGES)
    kept = sorted(pair for pair in extras.items() if pair[0] not in beside)
    return page, filters, tuple(kept)


# --- what was understood, and taking it back


def list_phrases(view: View, reading: Reading) -> list[Phrase]:
    """List what was understood and is a filter of the view that answers, as the question said it; then
    what else is chosen there: the year that is shown.
    """
    named = [
        Phrase(chosen, _name_kind(chosen[0][0]), label)
        for chosen, label in _group_days(reading)
        if all(set(values) <= set(_values(view, name)) for name, values in chosen)
    ]
    covered = {(name, one) for phrase in named for name, values in phrase.chosen for one in values}
    beside = [
        Phrase(((name, (value,)),), capitalise(name_filter(name)), said)
        for name in view.filters.chosen
        for value in _values(view, name)
        if (name, value) not in covered and (said := name_value(name, value, view.labels))
    ]
    return [*named, *beside]


def _group_days(reading: Reading) -> Iterator[tuple[tuple[Choice, ...], str]]:
    """Yield what was understood with its label, once where the same words are a first and a last day."""
    groups: dict[object, list[Understood]] = {}
    for nr, one in enumerate(reading.understood):
        groups.setdefault(one.words if one.name in FIELDS else nr, []).append(one)
    for group in groups.values():
        yield tuple((one.name, one.values) for one in group), group[0].label


def _values(view: View, name: str) -> tuple[str, ...]:
    if name in FILTER_NAMES:
        return view.filters.values(name)
    return (view.extras[name],) if name in EXTRAS_IN_WORDS and name in view.extras else ()


def _name_kind(name: str) -> str:
    if name in FIELDS:
        return _("Period")
    return _(EXTRAS_IN_WORDS[name]) if name in EXTRAS_IN_WORDS else capitalise(name_filter(name))


def lead_without(view: View, phrase: Phrase) -> Target:
    """Lead to the view without what a phrase chose."""
    target = Target(view.page, view.filters, view.extras)
    for choice in phrase.chosen:
        rest = replace(view, filters=target.filters, extras=target.extras)
        target = _leave_out(rest, *choice)
    return target


def _leave_out(view: View, name: str, values: tuple[str, ...]) -> Target:
    if name in EXTRAS_IN_WORDS:
        kept = {one: value for one, value in view.extras.items() if one != name}
        return Target(view.page, view.filters, kept)
    nothing: Any = NO_FILTERS.value(name)
    if isinstance(nothing, tuple):
        nothing = tuple(one for one in view.filters.values(name) if one not in values)
    return choose(view, name, nothing)


@requires(Role.VIEWER)
def follow_answer(key: str) -> None:
    """Go where something in an answer leads (callback): what was understood is taken back, and what
    is left is answered; of several readings one is chosen; an example is asked.
    """
    act, view = read_pressed(key), state.current_view()
    question = find_shown(view)
    if question is None or not act.startswith(OPEN):
        state.follow(act)
    elif example := _find_example(question.answer, act):
        ask(example)
    elif reading := next(_find_readings(view, question, act), None):
        _show(view, answer_again(view, reading))
    else:
        state.follow(act)


def list_ways(answer: Answer) -> list[str]:
    """List the acts that lead to the other readings of an answer. Of those to choose between the act
    says which it is, because two may be one view of which another number answers.
    """
    ways = [f"{OPEN}{link}" for _label, link in answer.wider]
    chosen = range(len(answer.reading.choices))
    return [f"{way}#{nr}" for nr, way in zip(chosen, ways, strict=False)] or ways


def _find_example(answer: Answer, act: str) -> str:
    """Find the example to which an act leads, where nothing was recognised; empty for none."""
    if is_recognised(answer.reading) or answer.reading.choices:
        return ""
    return next((label for label, link in answer.wider if act == f"{OPEN}{link}"), "")


def _find_readings(view: View, question: Question, act: str) -> Iterator[Reading]:
    """Find the reading to which an act in an answer leads, if to one."""
    answer, reading = question.answer, question.answer.reading
    for choice, way in zip(reading.choices, list_ways(answer), strict=False):
        if act == way:
            yield replace(
                reading,
                page=choice.page,
                filters=choice.filters,
                extras=choice.extras,
                metric=choice.metric,
                choices=(),
            )
    for phrase in list_phrases(view, reading) if leads(answer) else ():
        target = lead_without(view, phrase)
        if act == f"{OPEN}{target.address}":
            yield from _take_back(reading, phrase, target)


def _take_back(reading: Reading, phrase: Phrase, target: Target) -> Iterator[Reading]:
    """Give what is left of a reading; nothing where that is no question any more."""
    named = tuple(one for one in reading.understood if (one.name, one.values) not in phrase.chosen)
    gone = {name for name, _values in phrase.chosen}
    extras = {name: value for name, value in reading.extras.items() if name not in gone}
    left = replace(
        reading,
        filters=target.filters,
        extras=extras,
        understood=named,
        all_years=target.filters.period() == (None, None),
    )
    if named and is_recognised(left):
        yield left
