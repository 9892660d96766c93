"""Bars: events by month and kind, contributions by person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts import Bars, Chart
from dashboard.charts.ranking import most
from dashboard.charts.theme import Palette, axis, layout, room, safe
from dashboard.model import Row
from dashboard.model.drill_down import ask
from dashboard.model.filters import NOT_STATED
from dashboard.text.counts import count
from dashboard.text.dates import month, months
from dashboard.text.labels import short
from dashboard.text.lists import listed

HEIGHT = 300
Group = tuple[str, Sequence[str]]


def by_month(
    rows: Sequence[Row],
    shown: Sequence[str],
    kinds: Mapping[str, str],
    colours: Palette,
    *,
    chosen: Sequence[str] = (),
    until: str = "",
) -> Chart:
    """A bar per month, stacked by the kinds that occur most; months without events stay visible.

    `rows` are of the question events_by_month (month, kind, events); `shown` the months to show;
    the chosen months stand out. Of months after `until` nothing is said: they have not come.
    """
    cells: Counter[tuple[str, str]] = Counter()
    for row in rows:
        cells[row["month"], row["kind"] or ""] += row["events"]
    totals = {m: sum(number for (of, _), number in cells.items() if of == m) for m in shown}
    groups = _groups(cells, kinds)
    traces = [
        _month_trace(group, cells, totals, chosen, colours.tints[i % 5])
        for i, group in enumerate(groups)
    ]
    if len(shown) <= 24:
        traces.append(_sums(totals, colours))
    margin = room(above=[name for name, _ in groups], below=True)
    ticks = list(shown) if len(shown) <= 12 else [m for m in shown if m.endswith("-01")]
    figure = {
        "data": traces,
        "layout": layout(
            HEIGHT,
            colours,
            margin=margin | {"t": margin["t"] + 20},  # for the number on the highest bar
            barmode="stack",
            legend={
                "orientation": "h",
                "x": 0,
                "y": 1.06,
                "yanchor": "bottom",
                "traceorder": "normal",
                "itemclick": False,
                "itemdoubleclick": False,
            },
            xaxis=axis(
                colours,
                type="category",
                tickvals=ticks,
                showgrid=False,
                tickangle=0,
                tickfont={"size": 12},
                ticktext=[month(m)[:3] if len(shown) <= 12 else m[:4] for m in ticks],
            ),
            yaxis=axis(
                colours,
                range=[0, max(totals.values(), default=0) * 1.15 or 1],
                tickformat="d",
                nticks=5,
                showticklabels=len(shown) > 24,
            ),
            hovermode="closest",
        ),
    }
    table = [
        {"Month": month(m), "Events held": totals[m]}
        | {name: _sum(cells, m, ids) for name, ids in groups}
        for m in shown
    ]
    told = Bars(
        [month(m)[:3] if len(shown) <= 12 else month(m) for m in shown],
        [
            (name, [_sum(cells, m, ids) for m in shown], colours.tints[i % 5])
            for i, (name, ids) in enumerate(groups)
        ],
        horizontal=False,
    )
    sentence = month_sentence(totals, chosen, until)
    return Chart(figure, table, sentence, HEIGHT, _month_links(cells, totals, kinds), told)


def _month_links(
    cells: Mapping[tuple[str, str], int], totals: Mapping[str, int], kinds: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Every bar and every part of one."""
    links = []
    for of_month, events in totals.items():
        links.append((f"{month(of_month)}: {count(events, 'event')}", _why(of_month)))
        parts = [
            (kind, number)
            for (m, kind), number in cells.items()
            if m == of_month and number < events
        ]
        links += [
            (
                f"{month(of_month)}, {kinds.get(kind, 'kind not stated').lower()}: {number:,}",
                _why(of_month, kind),
            )
            for kind, number in parts
        ]
    return links


def _why(of_month: str, kind: str | None = None) -> str:
    within = [("month", of_month)] + ([("kind", kind or NOT_STATED)] if kind is not None else [])
    return f"why={ask('events_held', *within)}"


def _groups(cells: Mapping[tuple[str, str], int], kinds: Mapping[str, str]) -> list[Group]:
    """The four largest kinds, and the others together; all where there are at most five."""
    sizes: Counter[str] = Counter()
    for (_, kind), number in cells.items():
        sizes[kind] += number
    ranked = [kind for kind, _ in sizes.most_common()]
    alone = ranked if len(ranked) <= 5 else ranked[:4]
    groups: list[Group] = [(kinds.get(kind, "Kind not stated"), [kind]) for kind in alone]
    return groups + ([("Other kinds", ranked[4:])] if len(ranked) > 5 else [])


def _sum(cells: Mapping[tuple[str, str], int], of_month: str, kinds: Sequence[str]) -> int:
    return sum(cells.get((of_month, kind), 0) for kind in kinds)


def _month_trace(
    group: Group,
    cells: Mapping[tuple[str, str], int],
    totals: Mapping[str, int],
    chosen: Sequence[str],
    colour: str,
) -> dict[str, Any]:
    name, kinds = group
    heights = [_sum(cells, m, kinds) for m in totals]
    return {
        "type": "bar",
        "name": safe(name),
        "x": list(totals),
        "y": heights,
        "customdata": list(totals),
        "hovertext": [
            f"<b>{month(m)}</b><br>{safe(name)}: {height:,} of {totals[m]:,} held"
            for m, height in zip(totals, heights, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {
            "color": colour,
            "opacity": [1 if not chosen or m in chosen else 0.3 for m in totals],
        },
    }


def _sums(totals: Mapping[str, int], colours: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(totals),
        "y": list(totals.values()),
        "text": [
            f"{number:,}" if number or len(totals) <= 12 else "" for number in totals.values()
        ],
        "textposition": "top center",
        "textfont": {"color": colours.ink, "size": 13},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
        "customdata": list(totals),
    }


def month_sentence(totals: Mapping[str, int], chosen: Sequence[str] = (), until: str = "") -> str:
    """The finding of what is drawn: busiest months, and how many were empty; of chosen months only
    how many there are.
    """
    if chosen:
        return _of_chosen(totals, chosen)
    names, top = most(totals.items())
    empty = sum(not number and (not until or m <= until) for m, number in totals.items())
    if not top:
        return "No events held in a known month"
    if len(totals) == 1:
        return f"{months(list(totals))}: {count(top, 'event')} held"
    each = f"{count(top, 'event')} each" if len(names) > 1 else f"{top:,}"
    at_most = f"At most {count(top, 'event')} held a month"
    start = f"{months(names)} had the most events held ({each})" if names else at_most
    return f"{start}; {count(empty, 'month')} had none" if empty else start


def _of_chosen(totals: Mapping[str, int], chosen: Sequence[str]) -> str:
    held, all_held = sum(totals.get(m, 0) for m in chosen), sum(totals.values())
    which = months(chosen) if len(chosen) <= 4 else count(len(chosen), "month")
    return f"{which}: {count(held, 'event')} held" + (
        f", of {all_held:,} in all months shown" if all_held > held else ""
    )


def by_speaker(
    rows: Sequence[Row],
    colours: Palette,
    *,
    chosen: Sequence[str] = (),
    limit: int = 12,
    longest: int = 60,
) -> Chart:
    """Contributions per person, the most first; chosen people stand out and are always shown.

    `rows` are of the question contributors (person_id, name, events, contributions); of a name,
    `longest` letters are drawn, and all of it stands beside the mouse and in the table.
    """
    ranked = sorted(
        (r for r in rows if r["contributions"]), key=lambda r: (-r["contributions"], r["name"])
    )
    shown = [*ranked[:limit], *(r for r in ranked[limit:] if r["person_id"] in chosen)][::-1]
    height = 40 + 36 * max(len(shown), 1)
    ids, most_of = (
        [r["person_id"] for r in shown],
        max((r["contributions"] for r in shown), default=1),
    )
    figure = {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [r["contributions"] for r in shown],
                "y": ids,
                "customdata": ids,
                "hovertext": [
                    f"<b>{safe(r['name'])}</b><br>{count(r['contributions'], 'contribution')} at"
                    f" {count(r['events'], 'event')}"
                    for r in shown
                ],
                "hoverinfo": "text",
                "marker": {
                    "color": colours.accent,
                    "opacity": [
                        1 if not chosen or r["person_id"] in chosen else 0.3 for r in shown
                    ],
                },
                "offset": -0.42,  # in the lower half of its row
                "width": 0.4,
            },
            _names(shown, colours, longest),
        ],
        "layout": layout(
            height,
            colours,
            margin=room(l=4, r=4, t=32),  # the toolbar lies above the longest bar, not on it
            xaxis=axis(colours, visible=False, range=[0, most_of]),
            yaxis=axis(colours, visible=False, type="category", range=[-0.5, len(shown) - 0.4]),
            hovermode="closest",
            showlegend=False,
        ),
    }
    table = [
        {"Person": r["name"], "Contributions": r["contributions"], "Events": r["events"]}
        for r in ranked
    ]
    links = [
        (
            f"{r['name']}: {count(r['contributions'], 'contribution')}",
            f"why={ask('contributions', ('speaker', r['person_id']))}",
        )
        for r in ranked
    ]
    told = Bars(
        [r["name"] for r in shown[::-1]],
        [("Contributions", [r["contributions"] for r in shown[::-1]], colours.accent)],
    )
    return Chart(figure, table, speaker_sentence(ranked, chosen, limit), height, links, told)


def _names(shown: Sequence[Row], colours: Palette, longest: int) -> dict[str, Any]:
    """Who, and how many, above each bar: beside it, long names would leave a narrow window no room
    for the bars. A trace of its own, because plotly.js 4.2 fails when a bar that carries text is
    clicked ("reading 'textfont'").
    """
    return {
        "type": "scatter",
        "mode": "text",
        "x": [0 for _ in shown],
        "y": [r["person_id"] for r in shown],
        "text": [
            f"{safe(short(r['name'], longest))}  <b>{r['contributions']:,}</b>" for r in shown
        ],
        "textposition": "top right",
        "hoverinfo": "skip",
        "textfont": {"color": colours.ink, "size": 13},
        "showlegend": False,
        "cliponaxis": False,
        "customdata": [r["person_id"] for r in shown],
    }


def speaker_sentence(ranked: Sequence[Row], chosen: Sequence[str], limit: int) -> str:
    """The finding: how many people, and the largest share; or what the chosen people made."""
    if not ranked:
        return "Nobody is named"
    total = sum(r["contributions"] for r in ranked)
    if mine := [r for r in ranked if r["person_id"] in chosen]:
        made = [f"{r['name']}: {r['contributions']:,}" for r in mine[:4]]
        return f"{listed(made)} of {count(total, 'contribution')}"
    if len(ranked) == 1:
        return f"{ranked[0]['name']} made {count(total, 'contribution')}"
    shown = f"; the first {limit} are shown" if len(ranked) > limit else ""
    names, top = most((r["name"], r["contributions"]) for r in ranked)
    share = f", {listed(names)} made {top:,}{' each' if len(names) > 1 else ''}" if names else ""
    return f"{len(ranked):,} people made {count(total, 'contribution')}{share}{shown}"
