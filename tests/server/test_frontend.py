"""Streamlit's frontend in few files."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
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

SCRIPT = ROOT / "scripts" / "bundle_frontend.py"
STATIC = Path(streamlit.__file__).parent / "static"
MODULES = STATIC / "static" / "js"
IMPORT = re.compile(r'import\s*\{([^{}]*)\}\s*from\s*"\./([^"]+)"')
NAMED = re.compile(r"""["'`]\./([\w.-]+\.js)["'`]""")
ICON = re.compile(r":material/([a-z0-9_]+):")


def written(folder, manifest=None):
    """A frontend as the script writes it, with little in it."""
    (folder / "js").mkdir(parents=True)
    (folder / "media").mkdir()
    (folder / "js" / frontend.BUNDLE).write_text("export {};")
    (folder / "media" / "icons.woff2").write_bytes(b"icons")
    digest = hashlib.sha256((STATIC / "manifest.json").read_bytes()).hexdigest()
    (folder / frontend.MADE_FROM).write_text(json.dumps({"manifest": manifest or digest}))
    return folder


@pytest.fixture
def found_in(monkeypatch):
    """Let the frontend be looked for in a folder."""

    def look(folder):
        monkeypatch.setattr(frontend, "FOLDER", folder)
        read_frontend.cache_clear()
        return folder

    yield look
    read_frontend.cache_clear()


@pytest.fixture
def made(found_in, tmp_path):
    return found_in(written(tmp_path / "made"))


@pytest.fixture(params=["not made", "of another Streamlit"])
def not_made(request, found_in, tmp_path):
    folder = tmp_path / "made"
    return found_in(folder if request.param == "not made" else written(folder, "0" * 64))


def run_script(folder, **environment):
    """Run the script that makes the frontend."""
    return subprocess.run(
        [sys.executable, SCRIPT, folder],
        env=os.environ | environment,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def bundled(tmp_path_factory):
    """The folder as the script makes it of the Streamlit that is installed."""
    if shutil.which("npm") is None:
        pytest.fail("npm is needed to make the frontend that is tested here: apt-get install npm")
    folder = tmp_path_factory.mktemp("bundled") / "made"
    ran = run_script(folder)
    assert (ran.returncode, ran.stderr) == (0, "")
    return folder


def files(base=""):
    return FrontendMiddleware(
        Starlette(routes=create_streamlit_static_assets_routes(base_url=base)), base
    )


def test_the_page_names_one_script_in_place_of_streamlits_modules(made):
    page = name_frontend(INDEX.read_bytes()).decode()
    address = read_frontend().address
    assert re.findall(r'<script type="module"[^>]* src="([^"]+)"', page) == [
        f"{address}/js/frontend.js"
    ]
    assert "modulepreload" not in page
    assert 'rel="preload"' not in page
    assert re.findall(r'rel="stylesheet"[^>]* href="([^"]+)/index', page) == [f"{address}/css"]


def test_without_it_and_of_another_streamlit_the_page_names_streamlits_own_modules(not_made):
    own = INDEX.read_text("utf-8")
    page = name_frontend(own.encode()).decode()
    assert re.findall('<script type="module".*', page) == re.findall('<script type="module".*', own)
    assert page.count("modulepreload") == own.count("modulepreload") > 20
    assert "SourceSans" not in page
    assert (
        ask(files(), "/static/0123456789ab/js/frontend.js").text == own
    )  # as for every unknown path


def test_without_it_and_of_another_streamlit_streamlits_own_files_are_served_as_they_are(not_made):
    named = re.findall(r'(?:src|href)="\./(static/[^"]+)"', INDEX.read_text("utf-8"))
    assert len(named) > 20
    for name in named:
        answer = ask(files(), f"/{name}")
        assert (answer.status, answer.body) == (200, (STATIC / name).read_bytes()), name


@pytest.mark.parametrize("base", ["", "/dash"])
def test_it_is_kept_for_good_under_its_digest_and_what_it_has_not_is_streamlits(made, base):
    site, found = files(base), read_frontend()
    script = ask(site, f"{base}/static/{found.digest}/js/frontend.js")
    assert script.body == (made / "js" / "frontend.js").read_bytes()
    assert script.headers["content-type"].startswith("text/javascript")
    assert "immutable" in script.headers["cache-control"]
    assert ask(site, f"{base}/static/{found.digest}/media/icons.woff2").body == b"icons"
    table = next(MODULES.glob("Table.*.js"))
    theirs = ask(site, f"{base}/static/{found.digest}/js/{table.name}")
    assert theirs.body == table.read_bytes()


def test_a_page_that_was_opened_before_an_update_is_answered_and_keeps_nothing(made):
    answer = ask(files(), "/static/0123456789ab/js/frontend.js")
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-cache")


def test_streamlits_own_addresses_give_streamlits_own_files(made):
    """A browser may have them from before, and must never mix both."""
    module = next(MODULES.glob("react-dom.*.js"))
    assert ask(files(), f"/static/js/{module.name}").body == module.read_bytes()


def test_streamlits_typeface_is_ours_for_latin_letters_and_its_own_for_greek_ones(made):
    styles = next(text for name, text in read_frontend().files.items() if name.endswith(".css"))
    faces = re.findall(
        r"@font-face\{font-family:Source Sans;[^}]*font-style:normal[^}]*\}", styles.decode()
    )
    assert ["SourceSans" in face for face in faces] == [True, False]
    assert "U+370" in faces[0]
    assert "inter-latin.woff2?v=" in faces[1]


def write_npm(folder, text):
    folder.mkdir()
    (folder / "npm").write_text(f"#!/bin/sh\n{text}\n")
    (folder / "npm").chmod(0o755)
    return str(folder)


def test_without_npm_and_without_a_network_one_line_says_so_and_nothing_outdated_stays(tmp_path):
    unreachable = write_npm(tmp_path / "bin", "echo 'npm error code ENOTFOUND' >&2; exit 1")
    for path, why in (("", "npm is not there"), (unreachable, "npm error code ENOTFOUND")):
        folder = written(tmp_path / "made")
        ran = run_script(folder, PATH=path)
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)
        assert ran.stderr.startswith(
            "Pages load Streamlit's own files one by one, which only makes"
        )
        assert f": {why}. To try again: {sys.executable} {SCRIPT} {folder}" in ran.stderr
        assert not folder.exists()


@pytest.mark.long
def test_a_second_run_changes_nothing_and_needs_no_npm(bundled):
    def times():
        return {path: path.stat().st_mtime_ns for path in (bundled, *bundled.rglob("*"))}

    before = times()
    ran = run_script(bundled, PATH="")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert times() == before


@pytest.mark.long
def test_what_the_script_makes_is_served_and_may_be_read_by_everybody(bundled, found_in):
    found_in(bundled)
    assert f"/js/{frontend.BUNDLE}" in read_frontend().files
    for path in (bundled, *bundled.rglob("*")):
        assert path.stat().st_mode & 0o004, path


@pytest.mark.long
def test_every_module_outside_gets_what_it_imports_from_the_one_script(bundled):
    """Otherwise a browser would load a module twice, and an element of Streamlit's would fail that no
    page of today has.
    """
    script = (bundled / "js" / frontend.BUNDLE).read_text("utf-8")
    stubs = {file.name: file.read_text("utf-8") for file in (bundled / "js").iterdir()}
    del stubs[frontend.BUNDLE]
    given = {
        name: {
            one.split(" as ")[-1] for one in text[text.index("{") + 1 : text.index("}")].split(",")
        }
        for name, text in stubs.items()
    }
    still_fetched = set(NAMED.findall(script)) - {frontend.BUNDLE}
    outside = reached_from(still_fetched, stubs)
    inside = {file.name for file in MODULES.iterdir()} - still_fetched - outside
    assert {"react-dom", "protobuf", "TextInput"} <= {
        name.partition(".")[0] for name in inside | {*stubs}
    }
    for module in outside - {*stubs}:
        text = (MODULES / module).read_text("utf-8")
        for imported, name in IMPORT.findall(text):
            wanted = {one.split(" as ")[0].strip() for one in imported.split(",")}
            assert name not in given or wanted <= given[name], (module, name)


def reached_from(names, stubs):
    """The modules that these import or fetch, and those that they do."""
    found, left = set(), list(names)
    while left:
        name = left.pop()
        if name in found or not (MODULES / name).exists():
            continue
        found.add(name)
        if name not in stubs:
            left += NAMED.findall((MODULES / name).read_text("utf-8"))
    return found


@pytest.mark.long
def test_every_icon_that_is_named_is_in_the_font(bundled):
    icons = set(json.loads((bundled / frontend.MADE_FROM).read_text("utf-8"))["icons"])
    named = {
        icon
        for file in (*(ROOT / "src").rglob("*.py"), *(ROOT / "pages").glob("*.py"))
        for icon in ICON.findall(file.read_text("utf-8"))
    }
    named |= {
        icon for file in MODULES.glob("*.js") for icon in ICON.findall(file.read_text("utf-8"))
    }
    assert (named & ALL_MATERIAL_ICONS) - icons == set()
