"""Contributions by person, the most first."""

from collections.abc import Sequence
from typing import Any

from dashboard.charts import Bars, Chart
from dashboard.charts.ranking import find_most
from dashboard.charts.theme import (
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
from dashboard.text.counts import format_count
from dashboard.text.labels import shorten
from dashboard.text.lists import join_names


def draw_contributors(
    rows: Sequence[Row],
    colours: Palette,
    *,
    chosen: Sequence[str] = (),
    limit: int = 12,
    longest: int = 60,
) -> Chart:
    """Draw a bar per person, the most contributions first; chosen people stand out and are always
    shown.

    `rows` are of the question contributors (person_id, name, events, contributions); of a name,
    `longest` letters are drawn, and all of it stands beside the mouse and in the table.
    """
    ranked = [r for r in rows if r["contributions"]]
    ranked.sort(key=lambda r: (-r["contributions"], r["name"]))
    shown = [*ranked[:limit], *(r for r in ranked[limit:] if r["person_id"] in chosen)]
    height = 40 + 36 * max(len(shown), 1)
    upwards = shown[::-1]  # plotly counts rows from the bottom
    figure = {
        "data": [_draw_bars(upwards, chosen, colours), _draw_names(upwards, colours, longest)],
        "layout": _lay_out(shown, height, colours),
    }
    return Chart(
        figure,
        _tabulate(ranked),
        describe_contributors(ranked, chosen, limit),
        height,
        _link_people(ranked),
        Bars(
            [r["name"] for r in shown],
            [("Contributions", [r["contributions"] for r in shown], colours.accent)],
        ),
    )


def _lay_out(shown: Sequence[Row], height: int, colours: Palette) -> dict[str, Any]:
    longest = max((r["contributions"] for r in shown), default=1)
    return make_layout(
        height,
        colours,
        margin=make_margins(l=4, r=4, t=32),  # the toolbar lies above the longest bar, not on it
        xaxis=make_axis(colours, visible=False, range=[0, longest]),
        yaxis=make_axis(colours, visible=False, type="category", range=[-0.5, len(shown) - 0.4]),
        hovermode="closest",
        showlegend=False,
    )


def _tabulate(ranked: Sequence[Row]) -> list[Row]:
    return [
        {"Person": r["name"], "Contributions": r["contributions"], "Events": r["events"]}
        for r in ranked
    ]


def _link_people(ranked: Sequence[Row]) -> list[tuple[str, str]]:
    return [
        (
            f"{r['name']}: {format_count(r['contributions'], 'contribution')}",
            f"why={format_drill_down('contributions', ('speaker', r['person_id']))}",
        )
        for r in ranked
    ]


def _draw_bars(shown: Sequence[Row], chosen: Sequence[str], colours: Palette) -> dict[str, Any]:
    people = [r["person_id"] for r in shown]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [r["contributions"] for r in shown],
        "y": people,
        "customdata": people,
        "hovertext": [_describe(r) for r in shown],
        "hoverinfo": "text",
        "marker": {"color": colours.accent, "opacity": fade_others(people, chosen)},
        "offset": -0.42,  # in the lower half of its row
        "width": 0.4,
    }


def _describe(row: Row) -> str:
    made, events = (
        format_count(row["contributions"], "contribution"),
        format_count(row["events"], "event"),
    )
    return f"<b>{escape_text(row['name'])}</b><br>{made} at {events}"


def _draw_names(shown: Sequence[Row], colours: Palette, longest: int) -> dict[str, Any]:
    """Write who, and how many, above each bar: beside it, long names would leave a narrow window no
    room for the bars.
    """
    return draw_texts(
        x=[0 for _ in shown],
        y=[r["person_id"] for r in shown],
        text=[
            f"{escape_text(shorten(r['name'], longest))}  <b>{r['contributions']:,}</b>"
            for r in shown
        ],
        textposition="top right",
        textfont={"color": colours.ink, "size": 13},
        customdata=[r["person_id"] for r in shown],
    )


def describe_contributors(ranked: Sequence[Row], chosen: Sequence[str], limit: int) -> str:
    """Write the finding: how many people, and the largest share; or what the chosen people made."""
    if not ranked:
        return "Nobody is named"
    total = sum(r["contributions"] for r in ranked)
    if mine := [r for r in ranked if r["person_id"] in chosen]:
        made = [f"{r['name']}: {r['contributions']:,}" for r in mine[:4]]
        return f"{join_names(made)} of {format_count(total, 'contribution')}"
    if len(ranked) == 1:
        return f"{ranked[0]['name']} made {format_count(total, 'contribution')}"
    shown = f"; the first {limit} are shown" if len(ranked) > limit else ""
    names, top = find_most((r["name"], r["contributions"]) for r in ranked)
    share = (
        f", {join_names(names)} made {top:,}{' each' if len(names) > 1 else ''}" if names else ""
    )
    return f"{len(ranked):,} people made {format_count(total, 'contribution')}{share}{shown}"
