"""The reference: the same figures over the same queries in a bare HTML page with plotly.js."""

import json

from plotly.offline import get_plotlyjs
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from benchmarks.figures import figures
from dashboard.model import settings
from dashboard.model.filters import parse_filters
from dashboard.store import Store

HTML = """<!doctype html><title>bare</title><script src="/plotly.js"></script>
<div id="months"></div><div id="f0"></div><p id="done"></p>
<script>
async function show(query) {
  const answer = await (await fetch('/figures?' + query)).json();
  await Promise.all(answer.figures.map((f, i) => Plotly.react('f' + i, f.data, f.layout)));
  document.getElementById('done').textContent = answer.heading;
}
for (const month of ['', ...Array.from({length: 12}, (_, i) => `2025-${String(i + 1).padStart(2, '0')}`)]) {
  const choice = Object.assign(document.createElement('input'), {type: 'radio', name: 'month', id: month || '2025'});
  choice.onchange = () => show(month ? `month=${month}` : 'year=2025');
  const label = Object.assign(document.createElement('label'), {htmlFor: choice.id, textContent: month || '2025'});
  document.getElementById('months').append(choice, label);
}
show(location.search.slice(1));
</script>"""
_version = Store(settings.store_folder()).open()


def page(_request: Request) -> Response:
    return HTMLResponse(HTML)


def data(request: Request) -> Response:
    filters, _ = parse_filters(request.query_params.multi_items())
    heading, charts = figures(_version, filters)
    return JSONResponse(
        json.loads(json.dumps({"heading": heading, "figures": charts}, default=str))
    )


def script(_request: Request) -> Response:
    return Response(get_plotlyjs(), media_type="text/javascript")


app = Starlette(routes=[Route("/", page), Route("/figures", data), Route("/plotly.js", script)])
