"""The reference: the same figure over the same questions in a bare HTML page with plotly.js.

The figure of a link is in the HTML; the script is kept by the browser and sent packed, as ours are.
PLOTLY_JS names another bundle than the whole one.
"""

import os
from html import escape
from pathlib import Path

import brotli
from plotly.offline import get_plotlyjs
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from benchmarks.figures import options, read_query, show

HTML = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>bare</title><link rel="icon" href="data:,"><script src="/plotly.js"></script>
<h1></h1><div id="figure"></div><form>{filters}</form>
<script>
const draw = ({{heading, figure}}) => Plotly.react('figure', figure.data, figure.layout, {{responsive: true}})
  .then(() => {{ document.querySelector('h1').textContent = heading; }});
const narrow = new URLSearchParams(location.search).has('narrow') ? '&narrow=1' : '';
document.querySelector('form').onchange = async () => {{
  const chosen = Object.fromEntries(new FormData(document.querySelector('form')));
  const when = chosen.month ? `month=${{chosen.year}}-${{chosen.month}}` : `year=${{chosen.year}}`;
  const rest = ['speaker', 'kind'].filter(name => chosen[name]).map(name => `&${{name}}=${{chosen[name]}}`).join('');
  draw(await (await fetch(`/figure?${{when}}${{rest}}${{narrow}}`)).json());
}};
draw({given});
</script>"""
chosen = os.environ.get("PLOTLY_JS")
SCRIPT = (Path(chosen).read_text("utf-8") if chosen else get_plotlyjs()).encode()
PACKED = {"br": brotli.compress(SCRIPT, quality=5)}


def _filters(chosen: dict[str, str]) -> str:
    rows = []
    for name, values in options().items():
        radios = "".join(
            f'<label><input type="radio" name="{name}" value="{value}"'
            f"{' checked' * (chosen[name] == value)}>{escape(label)}</label>"
            for value, label in values
        )
        rows.append(f"<p>{radios}</p>")
    return "".join(rows)


def page(request: Request) -> Response:
    """The page of a link."""
    pairs = request.query_params.multi_items()
    shown = show(pairs, narrow="narrow" in request.query_params)
    given = shown.json().replace("</", "<\\/")
    return HTMLResponse(HTML.format(filters=_filters(read_query(pairs)), given=given))


def figure(request: Request) -> Response:
    """What a change shows."""
    shown = show(request.query_params.multi_items(), narrow="narrow" in request.query_params)
    return Response(shown.json(), media_type="application/json")


def script(request: Request) -> Response:
    """plotly.js."""
    # browsers take brotli from hosts with TLS and from this machine only
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if "br" in request.headers.get("accept-encoding", ""):
        return Response(
            PACKED["br"],
            media_type="text/javascript",
            headers={**headers, "Content-Encoding": "br"},
        )
    return Response(SCRIPT, media_type="text/javascript", headers=headers)


app = Starlette(
    routes=[Route("/", page), Route("/figure", figure), Route("/plotly.js", script)],
    middleware=[Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)],
)
