"""Slides and workbooks on the command line."""

import io
import json

import openpyxl
import pptx
import pytest

from dashboard.cli import FAILED, OK, main
from tests.conftest import ROOT
from tests.export.test_deck import template


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A programme of its own, so that nothing is written beside the project's store."""
    folder = tmp_path / "home"
    (folder / "data").mkdir(parents=True)
    text = (ROOT / "data" / "settings.toml").read_text("utf-8")
    (folder / "data" / "settings.toml").write_text(
        text.replace('template = ""', 'template = "house.potx"'), "utf-8"
    )
    (folder / "data" / "house.potx").write_bytes(template(kind="template"))
    monkeypatch.setenv("DASHBOARD_HOME", str(folder))
    return folder


def run(store, *arguments) -> int:
    return main(["--store", str(store.root), *map(str, arguments)])


def test_links_become_slides_in_the_style_of_the_house(small_store, tmp_path, capsys):
    out = tmp_path / "out.pptx"
    assert (
        run(
            small_store,
            "deck",
            "/trainings?year=2025",
            "/events?year=2025&chart=by-month",
            "-o",
            out,
            "--json",
        )
        == OK
    )
    assert json.loads(capsys.readouterr().out)["views"] == ["Trainings in 2025", "Events in 2025"]
    made = pptx.Presentation(io.BytesIO(out.read_bytes()))
    assert made.slides[0].slide_layout.name == "Indeling 5"


def test_another_template_may_be_named_and_one_that_is_missing_is_said(
    small_store, tmp_path, capsys, home
):
    other = tmp_path / "wide.pptx"
    other.write_bytes(template(wide=True))
    out = tmp_path / "out.pptx"
    assert run(small_store, "deck", "/trainings", "-o", out, "--template", other) == OK
    assert pptx.Presentation(io.BytesIO(out.read_bytes())).slide_width == 12191695
    (home / "data" / "house.potx").unlink()
    assert run(small_store, "deck", "/trainings", "-o", out) == FAILED
    assert "house.potx cannot be read" in capsys.readouterr().err


def test_a_link_becomes_a_workbook(small_store, tmp_path, capsys):
    out = tmp_path / "out.xlsx"
    assert run(small_store, "workbook", "/trainings?year=2025", "-o", out) == OK
    assert "Trainings in 2025" in capsys.readouterr().out
    assert openpyxl.load_workbook(out).sheetnames[0] == "About"


def test_a_page_of_records_cannot_be_taken_along(small_store, tmp_path, capsys):
    assert run(small_store, "deck", "/records", "-o", tmp_path / "out.pptx") == FAILED
    assert "/records is no page that can be taken along" in capsys.readouterr().err


def test_slides_are_refreshed_and_what_is_left_is_said(small_store, tmp_path, capsys):
    out, again = tmp_path / "out.pptx", tmp_path / "again.pptx"
    assert run(small_store, "deck", "/trainings?year=2025", "-o", out) == OK
    capsys.readouterr()
    assert run(small_store, "refresh-deck", out, "-o", again, "--json") == OK
    answer = json.loads(capsys.readouterr().out)
    assert (answer["changed"], answer["left"]) == ([], [])
    assert again.read_bytes() == out.read_bytes()
    out.write_bytes(b"no deck")
    assert run(small_store, "refresh-deck", out, "-o", again) == FAILED
    assert "the file is not a presentation" in capsys.readouterr().err
