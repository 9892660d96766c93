"""Examples of questions that have an answer here, worked out from the records."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from dashboard.asking.answer_scope import find_shown_year, lead_to, write_link
from dashboard.asking.answer_words import say_when
from dashboard.language.messages import _
from dashboard.model.filters import NO_FILTERS
from dashboard.views.content.common import distinguish_people, read_places
from dashboard.views.view import View

MAX_EXAMPLES = 3


def list_examples(view: View, most: int = MAX_EXAMPLES) -> list[tuple[str, str]]:
    """List questions with their links, at most so many: about the year that is shown, or where that has
    nothing, all years. Of the records no more is asked than these need.
    """
    year = find_shown_year(view)
    for filters in (NO_FILTERS.with_(year=year), NO_FILTERS):
        if examples := list(islice(_give_examples(lead_to(view, "", filters, {})), most)):
            return examples
    return []


def _give_examples(view: View) -> Iterator[tuple[str, str]]:
    filters, when = view.filters, say_when(view.filters)
    if view.number("keynotes").total:
        asked = replace(view, page="events", filters=filters.with_(role=("keynote",)))
        yield _("How many keynotes {when}?", when=when), write_link(asked)
    for person in distinguish_people(view, view.rows("contributors"))[:1]:
        asked = replace(view, page="map", filters=filters.with_(speaker=(person["person_id"],)))
        yield _("Where was {name} {when}?", name=person["name"], when=when), write_link(asked)
    if view.number("trainings_held").total:
        yield (
            _("How many participants in trainings {when}?", when=when),
            write_link(replace(view, page="trainings")),
        )
    for place in read_places(view)[:1]:
        asked = replace(view, page="events", filters=filters.with_(city=(place["city_id"],)))
        yield _("Which events in {city} {when}?", city=place["city"], when=when), write_link(asked)
    if view.number("projects").total:
        yield _("Which projects {when}?", when=when), write_link(replace(view, page="projects"))
