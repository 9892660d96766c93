"""The pages by their name in links, and what each holds."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboard.views.content import (
    Content,
    changes,
    events,
    overview,
    people,
    places,
    projects,
    review,
    trainings,
)
from dashboard.views.view import View

CONTENTS: Mapping[str, Callable[[View], Content]] = MappingProxyType(
    {
        "": overview.content,
        "events": events.content,
        "map": places.content,
        "trainings": trainings.content,
        "projects": projects.content,
        "people": people.content,
        "review": review.content,
        "changes": changes.content,
    }
)


def make_content(view: View) -> Content | None:
    """Make what the page of a view holds; None for a page of the Data section, which shows records
    as they are kept.
    """
    found = CONTENTS.get(view.page)
    return found(view) if found else None
