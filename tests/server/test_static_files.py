"""For how long a browser keeps our own files."""

import re
import tomllib

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from dashboard.server import static_files
from dashboard.server.compression import CompressionMiddleware
from dashboard.server.headers import SecurityHeadersMiddleware
from tests.conftest import ROOT
from tests.support.asgi import ask


@pytest.fixture
def site():
    served = Starlette(routes=[Mount("/app/static", StaticFiles(directory=static_files.FOLDER))])
    return SecurityHeadersMiddleware(CompressionMiddleware(served))


def test_a_file_that_is_named_with_its_digest_is_kept_for_good(site):
    answer = ask(site, static_files.name_file("site.css").removeprefix("."), accept_encoding="br")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=", "?v=0123456789ab", "?v=%00%ff"])
def test_with_another_digest_it_is_kept_for_a_day(site, query):
    answer = ask(site, f"/app/static/site.css{query}", accept_encoding="br")
    assert answer.headers["cache-control"] == "public, max-age=86400"


def test_what_is_not_there_is_not_kept(site):
    assert "cache-control" not in ask(site, "/app/static/nothing.css").headers


def test_the_theme_names_each_font_with_its_digest_and_each_is_there():
    faces = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"][
        "fontFaces"
    ]
    for face in faces:
        name = face["url"].removeprefix("app/static/").partition("?")[0]
        assert f"./{face['url']}" == static_files.name_file(name)
    fonts = {re.sub(r".*static/|\?.*", "", face["url"]) for face in faces}
    assert fonts == {name for name in static_files.read_digests() if name.endswith(".woff2")}
    assert static_files.FONT in fonts
