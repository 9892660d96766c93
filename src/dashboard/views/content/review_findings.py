"""What a year comes to: the headline of its review."""

from collections.abc import Iterator

from dashboard.language.messages import N_, Words, _, emphasize
from dashboard.model.filters import TIMES
from dashboard.model.quantity import ZERO, Quantity
from dashboard.query.metrics import METRICS
from dashboard.text.counts import format_count
from dashboard.text.selection import describe_period
from dashboard.text.sentences import capitalise
from dashboard.views.content.common import describe_selection
from dashboard.views.content.headline import choose_sentence, join_sentences
from dashboard.views.content.review_texts import Texts
from dashboard.views.view import View


def make_lead(view: View, texts: Texts) -> Words:
    """Make the headline: the title that the programme gave its year, what was done as far as it is
    known, and the weightiest highlight.
    """
    first = texts.highlights[0].title if texts.highlights and texts.lead else ""
    return join_sentences(
        choose_sentence(_say_what_was_done(view, texts)),
        emphasize(N_("**{highlight}.**"), highlight=first) if first else None,
    )


def _say_what_was_done(view: View, texts: Texts) -> Iterator[Words | None]:
    events, trained, projects = (
        _read_number(view, name) for name in ("events_held", "training_participants", "projects")
    )
    people = trained.words("person")
    said = {
        "subject": say_subject(view, texts),
        "events": format_count(int(events.value or 0), "event"),
        "people": people,
    }
    if events.value and trained.value:
        yield emphasize(N_("{subject}: **{events}** and **{people} trained**."), **said)
    if events.value:
        yield emphasize(N_("{subject}: **{events}**."), **said)
    if trained.value:
        yield emphasize(N_("{subject}: **{people} trained**."), **said)
    if projects.value:
        number = format_count(int(projects.value), "project")
        yield emphasize(N_("{subject}: **{number}**."), number=number, **said)
    yield emphasize(N_("{subject}: **nothing** that was held or ran is recorded."), **said)


def _read_number(view: View, name: str) -> Quantity:
    """Read a number of the selection; nothing of one to which a chosen filter does not apply."""
    ignored = view.filters.ignored_by(METRICS[name].table)
    return ZERO if ignored else view.number(name)


def say_subject(view: View, texts: Texts) -> str:
    """Say what the headline is about: the title of the year, else programme and period, under other
    filters what is selected.
    """
    if texts.lead and texts.lead.title:
        return texts.lead.title
    if set(view.filters.chosen) - TIMES:
        return capitalise(describe_selection(view, None))
    period, programme = describe_period(view.filters), view.settings.short_name
    if not period:
        return _("{programme} in all years", programme=programme)
    return _("{programme} {period}", programme=programme, period=period)
