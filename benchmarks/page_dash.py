"""What people would use instead: the same figure in Plotly Dash, as its documentation has it served.

One callback gives everything; answers and scripts are packed, scripts kept by the browser, and the
title of the tab does not change while one waits. gunicorn with threads serves it in one process, as
ours is: they share what is kept. Waitress would do the same without a process that watches over it.
"""

from typing import Any
from urllib.parse import parse_qsl

from dash import Dash, Input, Output, dcc, html
from flask import Response, request

from benchmarks.figures import make_query, options, read_query, show

FILTERS = tuple(options())
app = Dash(__name__, title="peer", update_title=None, serve_locally=True, compress=True)
app.layout = html.Div(
    [
        dcc.Location(id="address", refresh=False),
        html.H1(id="heading"),
        dcc.Graph(id="figure", config={"responsive": True}),
        *(
            dcc.RadioItems(
                [{"label": label, "value": value} for value, label in options()[name]],
                id=name,
                inline=True,
            )
            for name in FILTERS
        ),
    ]
)


@app.callback(
    [Output("heading", "children"), Output("figure", "figure")],
    Input("address", "search"),
    [Input(name, "value") for name in FILTERS],
)
def change(search: str | None, *values: str | None) -> list[Any]:
    """Heading and figure of what is chosen, or where nothing is, of the link."""
    pairs = parse_qsl((search or "").lstrip("?"))
    chosen = read_query(pairs)
    chosen |= {n: v for n, v in zip(FILTERS, values, strict=True) if v is not None}
    shown = show(make_query(chosen), narrow="narrow" in dict(pairs))
    return [shown.heading, shown.figure]


server = app.server


@server.after_request
def keep(answer: Response) -> Response:
    """Have the browser keep the scripts that Dash names without a version, plotly.js among them."""
    if "/_dash-component-suites/" in request.path and not answer.cache_control.max_age:
        answer.cache_control.max_age, answer.cache_control.public = 31536000, True
    return answer
