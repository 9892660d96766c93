"""What people would use instead: the same figures in Plotly Dash, with one callback that gives all
of them.
"""

from typing import Any
from urllib.parse import parse_qs

from dash import Dash, Input, Output, dcc, html

from benchmarks.figures import asked, figures
from dashboard.model import settings
from dashboard.store import Store

MONTHS = [f"2025-{month:02}" for month in range(1, 13)]
_version = Store(settings.store_folder()).open()
app = Dash(__name__, title="peer", serve_locally=True)
app.layout = html.Div(
    [
        dcc.Location(id="address"),
        html.H1(id="done"),
        *(dcc.Graph(id=f"f{index}") for index in range(1)),
        dcc.RadioItems([{"label": "2025", "value": ""}, *MONTHS], id="month", value=None),
    ]
)


@app.callback(
    [Output("done", "children"), *(Output(f"f{index}", "figure") for index in range(1))],
    Input("month", "value"),
    Input("address", "search"),
)
def show(month: str | None, search: str | None) -> list[Any]:
    """Heading and figures of the chosen month, or of the link's."""
    linked = parse_qs((search or "").lstrip("?")).get("month", [None])[0]
    heading, charts = figures(_version, asked(linked if month is None else month))
    return [heading, *charts]


server = app.server

if __name__ == "__main__":
    import sys

    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
