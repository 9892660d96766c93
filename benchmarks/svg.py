"""Pictures for docs/performance.md, drawn by plotly.js in the browser that is there anyway."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from playwright.sync_api import Browser
from plotly.offline import get_plotlyjs

from benchmarks.one_reader import Visits
from benchmarks.pages import FLOOR, OURS, PEER, REFERENCE
from benchmarks.tables import Found, Ratio
from benchmarks.walk import NEW

COLOURS = {
    REFERENCE: "#5b6470",
    FLOOR: "#9aa3ad",
    PEER: "#c55a11",
    OURS: "#1f5aa6",
}
FONT = {"family": "Helvetica, Arial, sans-serif", "size": 13, "color": "#1c2126"}


def save(
    browser: Browser, figure: Mapping[str, Any], path: Path, width: int = 900, height: int = 420
) -> None:
    """Write a figure as SVG."""
    page = browser.new_page()
    page.set_content("<div id='drawn'></div>")
    page.add_script_tag(content=get_plotlyjs())
    address = page.evaluate(
        "async ([f, w, h]) => { await Plotly.newPlot('drawn', f.data, f.layout);"
        " return Plotly.toImage('drawn', {format: 'svg', width: w, height: h}) }",
        [json.loads(json.dumps(figure)), width, height],
    )
    page.close()
    drawing = unquote(address.partition(",")[2])
    ET.fromstring(drawing)  # a broken picture ends the run here
    path.write_text(drawing + "\n", "utf-8")


def ratios(found: Mapping[int, Found]) -> dict[str, Any]:
    """Bars: for each number of events, what a change that is not guessed takes as a multiple of the
    bare page, each beside that of the same turn.
    """
    bars = []
    for page, colour in COLOURS.items():
        beside = {
            events: Ratio.of(_new(pages[page]), _new(pages[REFERENCE]))
            for events, pages in found.items()
            if page in pages
        }
        measured = {events: ratio for events, ratio in beside.items() if ratio}
        bars.append(
            {
                "type": "bar",
                "name": page,
                "x": [f"{events:,} events" for events in measured],
                "y": [round(ratio.middle, 2) for ratio in measured.values()],
                "texttemplate": "%{y:.1f}",
                "textposition": "outside",
                "marker": {"color": colour},
            }
        )
    title = "A filter is chosen until it is painted, not guessed, as a multiple of the bare page"
    return {"data": bars, "layout": _layout(title)}


def _new(visits: Visits) -> list[float]:
    return [one.painted for one in visits.changes if one.step.found == NEW]


def curves(
    found: Sequence[tuple[str, str, dict[int, float]]], words: str, questions: Sequence[str]
) -> dict[str, Any]:
    """Lines: milliseconds of some questions against the number of events, both on logarithmic
    scales.
    """
    lines = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": question,
            "x": list(seconds),
            "y": [s * 1000 for s in seconds.values()],
        }
        for question, asked, seconds in found
        if asked == words and question in questions
    ]
    layout = _layout(f"What a question costs, asked for {words}, in milliseconds")
    layout["xaxis"] = {"type": "log", "title": {"text": "events in the store"}, "dtick": 1}
    layout["yaxis"] = {"type": "log", "ticksuffix": " ms", "dtick": 1}
    return {"data": lines, "layout": layout}


def _layout(title: str) -> dict[str, Any]:
    return {
        "title": {"text": title, "font": {**FONT, "size": 16}},
        "font": FONT,
        "margin": {"l": 70, "r": 20, "t": 60, "b": 60},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "yaxis": {"gridcolor": "#e3e6ea"},
        "legend": {"orientation": "v"},
    }
