"""Streamlit's frontend in few files."""

import json
import re
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from streamlit.material_icon_names import ALL_MATERIAL_ICONS
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from dashboard.server import frontend
from dashboard.server.frontend import FrontendMiddleware, name_frontend, read_frontend
from tests.conftest import ROOT
from tests.server.conftest import INDEX
from tests.support.asgi import ask

STATIC = Path(streamlit.__file__).parent / "static"
MODULES = STATIC / "static" / "js"
IMPORT = re.compile(r'import\s*\{([^{}]*)\}\s*from\s*"\./([^"]+)"')
NAMED = re.compile(r"""["'`]\./([\w.-]+\.js)["'`]""")
ICON = re.compile(r":material/([a-z0-9_]+):")


@pytest.fixture
def another_streamlit(monkeypatch, tmp_path):
    """The frontend as it is found where it was made from another Streamlit."""
    made_from = json.loads((frontend.FOLDER / frontend.MADE_FROM).read_text("utf-8"))
    (tmp_path / frontend.MADE_FROM).write_text(json.dumps(made_from | {"manifest": "0" * 64}))
    monkeypatch.setattr(frontend, "FOLDER", tmp_path)
    read_frontend.cache_clear()
    yield
    read_frontend.cache_clear()


def files(base=""):
    return FrontendMiddleware(
        Starlette(routes=create_streamlit_static_assets_routes(base_url=base)), base
    )


def test_it_was_made_from_the_streamlit_that_is_installed():
    assert read_frontend() is not None, "run scripts/bundle_frontend.py, and look at the pages"


def test_the_page_names_one_script_in_place_of_streamlits_modules():
    page = name_frontend(INDEX.read_bytes()).decode()
    address = read_frontend().address
    assert re.findall(r'<script type="module"[^>]* src="([^"]+)"', page) == [
        f"{address}/js/frontend.js"
    ]
    assert "modulepreload" not in page
    assert 'rel="preload"' not in page
    assert re.findall(r'rel="stylesheet"[^>]* href="([^"]+)/index', page) == [f"{address}/css"]


def test_of_another_streamlit_the_page_names_its_own_modules(another_streamlit):
    own = INDEX.read_text("utf-8")
    page = name_frontend(own.encode()).decode()
    assert re.findall('<script type="module".*', page) == re.findall('<script type="module".*', own)
    assert page.count("modulepreload") == own.count("modulepreload") > 20
    assert "SourceSans" not in page
    assert (
        ask(files(), "/static/0123456789ab/js/frontend.js").text == own
    )  # as for every unknown path


def test_every_module_outside_gets_what_it_imports_from_the_one_script():
    """Otherwise a browser would load a module twice, and an element of Streamlit's would fail that no
    page of today has.
    """
    stubs = json.loads((frontend.FOLDER / frontend.MADE_FROM).read_text("utf-8"))["modules"]
    given = {
        name: {
            one.split(" as ")[-1] for one in text[text.index("{") + 1 : text.index("}")].split(",")
        }
        for name, text in stubs.items()
    }
    script = (frontend.FOLDER / frontend.BUNDLE).read_text("utf-8")
    still_fetched = set(NAMED.findall(script)) - {frontend.BUNDLE}
    inside = {file.name for file in MODULES.iterdir()} - still_fetched - reached_from(still_fetched)
    assert {"react-dom", "protobuf", "TextInput"} <= {
        name.partition(".")[0] for name in inside | {*stubs}
    }
    for module in reached_from(still_fetched) - {*stubs}:
        text = (MODULES / module).read_text("utf-8")
        for imported, name in IMPORT.findall(text):
            wanted = {one.split(" as ")[0].strip() for one in imported.split(",")}
            assert name not in given or wanted <= given[name], (module, name)


def reached_from(names):
    """The modules that these import or fetch, and those that they do."""
    stubs = json.loads((frontend.FOLDER / frontend.MADE_FROM).read_text("utf-8"))["modules"]
    found, left = set(), list(names)
    while left:
        name = left.pop()
        if name in found or not (MODULES / name).exists():
            continue
        found.add(name)
        if name not in stubs:
            left += NAMED.findall((MODULES / name).read_text("utf-8"))
    return found


@pytest.mark.parametrize("base", ["", "/dash"])
def test_it_is_kept_for_good_under_its_digest_and_what_it_has_not_is_streamlits(base):
    site, found = files(base), read_frontend()
    script = ask(site, f"{base}/static/{found.digest}/js/frontend.js")
    assert script.body == (frontend.FOLDER / "frontend.js").read_bytes()
    assert script.headers["content-type"].startswith("text/javascript")
    assert "immutable" in script.headers["cache-control"]
    table = next(MODULES.glob("Table.*.js"))
    theirs = ask(site, f"{base}/static/{found.digest}/js/{table.name}")
    assert theirs.body == table.read_bytes()


def test_a_page_that_was_opened_before_an_update_is_answered_and_keeps_nothing():
    answer = ask(files(), "/static/0123456789ab/js/frontend.js")
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-cache")


def test_streamlits_own_addresses_give_streamlits_own_files():
    """A browser may have them from before, and must never mix both."""
    module = next(MODULES.glob("react-dom.*.js"))
    assert ask(files(), f"/static/js/{module.name}").body == module.read_bytes()


def test_streamlits_typeface_is_ours_for_latin_letters_and_its_own_for_greek_ones():
    styles = next(text for name, text in read_frontend().files.items() if name.endswith(".css"))
    faces = re.findall(
        r"@font-face\{font-family:Source Sans;[^}]*font-style:normal[^}]*\}", styles.decode()
    )
    assert ["SourceSans" in face for face in faces] == [True, False]
    assert "U+370" in faces[0]
    assert "inter-latin.woff2?v=" in faces[1]


def test_every_icon_that_is_named_is_in_the_font():
    icons = set(json.loads((frontend.FOLDER / frontend.MADE_FROM).read_text("utf-8"))["icons"])
    named = {
        icon
        for file in (*(ROOT / "src").rglob("*.py"), *(ROOT / "pages").glob("*.py"))
        for icon in ICON.findall(file.read_text("utf-8"))
    }
    named |= {
        icon for file in MODULES.glob("*.js") for icon in ICON.findall(file.read_text("utf-8"))
    }
    assert (named & ALL_MATERIAL_ICONS) - icons == set(), "run scripts/bundle_frontend.py"
