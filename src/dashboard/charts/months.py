"""Events held by month and kind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts import Bars, Chart
from dashboard.charts.ranking import find_most
from dashboard.charts.theme import (
    LEGEND,
    Palette,
    draw_texts,
    escape_text,
    fade_others,
    make_axis,
    make_layout,
    make_margins,
)
from dashboard.model import Row
from dashboard.model.drill_down import format_drill_down
from dashboard.model.filters import NOT_STATED
from dashboard.text.counts import format_count
from dashboard.text.dates import abbreviate_month, format_month, format_months

HEIGHT = 300
MAX_NUMBERED = 24
"""Bars that have room for the number above each."""
Group = tuple[str, Sequence[str]]
"""Kinds that share a colour, and what they are called together."""


@dataclass(frozen=True)
class EventsByMonth:
    """Events held by month and kind. `totals` has the months to show, also those without events;
    `groups` the kinds that share a colour, with their name.
    """

    cells: Mapping[tuple[str, str], int]
    totals: Mapping[str, int]
    groups: Sequence[Group]

    @classmethod
    def read(
        cls, rows: Sequence[Row], shown: Sequence[str], kinds: Mapping[str, str]
    ) -> "EventsByMonth":
        cells: Counter[tuple[str, str]] = Counter()
        for row in rows:
            cells[row["month"], row["kind"] or ""] += row["events"]
        totals = {m: sum(number for (of, _), number in cells.items() if of == m) for m in shown}
        return cls(cells, totals, _group_kinds(cells, kinds))

    @property
    def one_year(self) -> bool:
        """Whether there are few enough months to name each on the axis."""
        return len(self.totals) <= 12

    def sum_of(self, of_month: str, kinds: Sequence[str]) -> int:
        return sum(self.cells.get((of_month, kind), 0) for kind in kinds)


def draw_events_by_month(
    rows: Sequence[Row],
    shown: Sequence[str],
    kinds: Mapping[str, str],
    colours: Palette,
    *,
    chosen: Sequence[str] = (),
    until: str = "",
) -> Chart:
    """Draw a bar per month, stacked by the kinds that occur most; months without events stay
    visible.

    `rows` are of the question events_by_month (month, kind, events); `shown` the months to show;
    the chosen months stand out. Of months after `until` nothing is said: they have not come.
    """
    held = EventsByMonth.read(rows, shown, kinds)
    traces = [
        _draw_group(group, held, chosen, colours.tints[i % 5])
        for i, group in enumerate(held.groups)
    ]
    if len(shown) <= MAX_NUMBERED:
        traces.append(_draw_sums(held, colours))
    return Chart(
        {"data": traces, "layout": _lay_out(held, colours)},
        _tabulate(held),
        describe_months(held.totals, chosen, until),
        HEIGHT,
        _link_bars(held, kinds),
        _list_bars(held, colours),
    )


def _lay_out(held: EventsByMonth, colours: Palette) -> dict[str, Any]:
    margin = make_margins(above=[name for name, _ in held.groups], below=True)
    highest = max(held.totals.values(), default=0) * 1.15 or 1
    return make_layout(
        HEIGHT,
        colours,
        margin=margin | {"t": margin["t"] + 20},  # for the number on the highest bar
        barmode="stack",
        legend={**LEGEND, "y": 1.06, "traceorder": "normal"},
        xaxis=_month_axis(held, colours),
        yaxis=make_axis(
            colours,
            range=[0, highest],
            tickformat="d",
            nticks=5,
            showticklabels=len(held.totals) > MAX_NUMBERED,
        ),
        hovermode="closest",
    )


def _month_axis(held: EventsByMonth, colours: Palette) -> dict[str, Any]:
    """Make the axis of months: each month of one year by its short name, else each January by its
    year.
    """
    ticks = [m for m in held.totals if held.one_year or m.endswith("-01")]
    return make_axis(
        colours,
        type="category",
        tickvals=ticks,
        showgrid=False,
        tickangle=0,
        tickfont={"size": 12},
        ticktext=[abbreviate_month(m) if held.one_year else m[:4] for m in ticks],
    )


def _tabulate(held: EventsByMonth) -> list[Row]:
    return [
        {"Month": format_month(m), "Events held": total}
        | {name: held.sum_of(m, kinds) for name, kinds in held.groups}
        for m, total in held.totals.items()
    ]


def _list_bars(held: EventsByMonth, colours: Palette) -> Bars:
    return Bars(
        [abbreviate_month(m) if held.one_year else format_month(m) for m in held.totals],
        [
            (name, [held.sum_of(m, kinds) for m in held.totals], colours.tints[i % 5])
            for i, (name, kinds) in enumerate(held.groups)
        ],
        horizontal=False,
    )


def _link_bars(held: EventsByMonth, kinds: Mapping[str, str]) -> list[tuple[str, str]]:
    """List what every bar opens, and every part of one."""
    links = []
    for of_month, events in held.totals.items():
        links.append(
            (f"{format_month(of_month)}: {format_count(events, 'event')}", _link(of_month))
        )
        links += [
            (f"{format_month(m)}, {_name_kind(kind, kinds).lower()}: {number:,}", _link(m, kind))
            for (m, kind), number in held.cells.items()
            if m == of_month and number < events
        ]
    return links


def _link(of_month: str, kind: str | None = None) -> str:
    within = [("month", of_month)] + ([("kind", kind or NOT_STATED)] if kind is not None else [])
    return f"why={format_drill_down('events_held', *within)}"


def _group_kinds(cells: Mapping[tuple[str, str], int], kinds: Mapping[str, str]) -> list[Group]:
    """Group the kinds: the four largest, and the others together; all where there are at most five."""
    sizes: Counter[str] = Counter()
    for (_, kind), number in cells.items():
        sizes[kind] += number
    ranked = [kind for kind, _ in sizes.most_common()]
    alone = ranked if len(ranked) <= 5 else ranked[:4]
    groups: list[Group] = [(_name_kind(kind, kinds), [kind]) for kind in alone]
    return groups + ([("Other kinds", ranked[4:])] if len(ranked) > 5 else [])


def _name_kind(kind: str, kinds: Mapping[str, str]) -> str:
    return kinds.get(kind, "Kind not stated")


def _draw_group(
    group: Group, held: EventsByMonth, chosen: Sequence[str], colour: str
) -> dict[str, Any]:
    name, kinds = group
    heights = {m: held.sum_of(m, kinds) for m in held.totals}
    return {
        "type": "bar",
        "name": escape_text(name),
        "x": list(heights),
        "y": list(heights.values()),
        "customdata": list(heights),
        "hovertext": [
            f"<b>{format_month(m)}</b><br>{escape_text(name)}: {height:,} of {held.totals[m]:,} held"
            for m, height in heights.items()
        ],
        "hoverinfo": "text",
        "marker": {"color": colour, "opacity": fade_others(heights, chosen)},
    }


def _draw_sums(held: EventsByMonth, colours: Palette) -> dict[str, Any]:
    return draw_texts(
        x=list(held.totals),
        y=list(held.totals.values()),
        text=[f"{number:,}" if number or held.one_year else "" for number in held.totals.values()],
        textposition="top center",
        textfont={"color": colours.ink, "size": 13},
        customdata=list(held.totals),
    )


def describe_months(totals: Mapping[str, int], chosen: Sequence[str] = (), until: str = "") -> str:
    """Write the finding of what is drawn: busiest months, and how many were empty; of chosen months
    only how many there are.
    """
    if chosen:
        return _of_chosen(totals, chosen)
    names, top = find_most(totals.items())
    empty = sum(not number and (not until or m <= until) for m, number in totals.items())
    if not top:
        return "No events held in a known month"
    if len(totals) == 1:
        return f"{format_months(list(totals))}: {format_count(top, 'event')} held"
    each = f"{format_count(top, 'event')} each" if len(names) > 1 else f"{top:,}"
    at_most = f"At most {format_count(top, 'event')} held a month"
    start = f"{format_months(names)} had the most events held ({each})" if names else at_most
    return f"{start}; {format_count(empty, 'month')} had none" if empty else start


def _of_chosen(totals: Mapping[str, int], chosen: Sequence[str]) -> str:
    held, all_held = sum(totals.get(m, 0) for m in chosen), sum(totals.values())
    which = format_months(chosen) if len(chosen) <= 4 else format_count(len(chosen), "month")
    return f"{which}: {format_count(held, 'event')} held" + (
        f", of {all_held:,} in all months shown" if all_held > held else ""
    )
