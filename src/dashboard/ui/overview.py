"""The parts of the overview: headline, cards, what has no date, what is next."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.charts.words import count, day, listed, month, most, when
from dashboard.filters import Filters, describe_period
from dashboard.metrics import METRICS
from dashboard.ui import caches, filterbar, parts
from dashboard.ui.parts import plain
from dashboard.ui.state import View

CARDS = (
    "events_held", "contributors", "countries", "partners",
    "trainings_held", "training_participants", "projects", "funding_received",
)  # fmt: skip


def title(view: View) -> str:
    """The programme and the selection in words."""
    if view.filters.chosen in (("year",), ()):
        return plain(f"{view.settings.short_name} {describe_period(view.filters) or 'in all years'}")
    return plain(f"{view.settings.short_name}: {filterbar.in_words(view, 'everything')}")


def headline(view: View) -> str:
    """What the numbers say, in plain words and only as far as they are known."""
    events, people, lands = (caches.number(view, name) for name in ("events_held", "contributors", "countries"))
    if not events.value:
        return "No events were held in this selection."
    places = f" in {count(int(lands.value or 0), 'country', 'countries')}" if lands.value else ""
    text = f"**{count(int(events.value), 'event')}**, carried by **{count(int(people.value or 0), 'person', 'people')}**{places}"
    names, top = most(_per_month(view).items())
    if names and len(_per_month(view)) > 1:
        text += (
            f"; {listed([month(name) for name in names])} {'was' if len(names) == 1 else 'were'} busiest, with {top}"
        )
    trained = caches.number(view, "training_participants")
    if trained.known:
        metric = METRICS["training_participants"]
        coverage = f" ({plain(metric.coverage(trained))})" if metric.coverage(trained) else ""
        text += f". **{plain(metric.words(trained)).capitalize()}** in trainings{coverage}"
    return f"{text}."


def _per_month(view: View) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in caches.rows(view, "events_by_month"):
        counts[row["month"]] = counts.get(row["month"], 0) + row["events"]
    return counts


def cards(view: View) -> None:
    """The numbers, as many in a row as fit; a sparkline by month where one year is shown."""
    counts, years = _per_month(view), view.filters.years() or []
    monthly = [counts.get(f"{years[0]}-{m:02}", 0) for m in range(1, 13)] if len(years) == 1 and counts else None
    with st.container(horizontal=True):
        for name in CARDS:
            parts.card(view, name, monthly if name == "events_held" else None)


def undated(groups: Mapping[str, Sequence[str]]) -> None:
    """What is known by the year only stands apart, as text."""
    known = {name: titles for name, titles in groups.items() if titles}
    if not known:
        return
    total = sum(len(titles) for titles in known.values())
    with st.expander(f"Known by the year only, so not on the timeline: {total}", icon=":material/event_busy:"):
        for column, (name, titles) in zip(st.columns(len(known)), known.items(), strict=True):
            column.markdown(f"**{name} ({len(titles)})**\n" + "\n".join(f"- {plain(t)}" for t in titles[:40]))


def what_is_next(view: View) -> None:
    """The next planned events, or until when events are recorded."""
    st.subheader("What is next")
    planned = caches.planned(view, view.today)
    for event in planned:
        st.markdown(f"- **{plain(when(event))}** {plain(event['title'])}")
    if not planned:
        last = caches.rows(view, "last_event", Filters())[0]["last_day"]
        st.markdown(f"None recorded after {day(last)}." if last else "None recorded.")
