"""What a click on a mark of a chart does, chart by chart: by default what the mark names is opened."""

from collections.abc import Callable
from typing import Any

from dashboard.ui import state
from dashboard.views.view import DIALOGS

Click = Callable[[Any], None]


def choose_month(month: str) -> None:
    """That month, or back to its year when it was chosen already."""
    filters = state.current_view().filters
    chosen = (
        filters.with_(month=(), year=int(month[:4]))
        if filters.month == (month,)
        else filters.with_(month=(month,), year=None)
    )
    state.change_view(chosen, period=None, **dict.fromkeys(DIALOGS))


def choose_speaker(person: str) -> None:
    """That person, or everybody when the person was chosen already."""
    filters = state.current_view().filters
    state.change_view(
        filters.with_(speaker=() if filters.speaker == (person,) else (person,)),
        **dict.fromkeys(DIALOGS),
    )


def open_person(person: str) -> None:
    """The person's profile."""
    state.open_link(f"person={person}")


def open_place(city: str) -> None:
    """The events of a place are listed below the map."""
    state.change_view(place=city)


OF_CHART: dict[str, Click] = {
    "by-month": choose_month,
    "by-speaker": choose_speaker,
    "by-person": open_person,
    "map": open_place,
}
