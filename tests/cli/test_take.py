"""Slides, workbooks and documents on the command line."""

import io
import json

import docx
import openpyxl
import pptx
import pytest

from dashboard.cli import FAILED, OK, main
from tests.conftest import ROOT
from tests.export.test_deck import house as house_of_slides
from tests.export.test_word import house


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A programme of its own, so that nothing is written beside the project's store."""
    folder = tmp_path / "home"
    (folder / "data").mkdir(parents=True)
    text = (ROOT / "data" / "settings.toml").read_text("utf-8")
    text = text.replace('word_template = ""', 'word_template = "house.dotx"')
    text = text.replace('\ntemplate = ""', '\ntemplate = "house.potx"')
    (folder / "data" / "settings.toml").write_text(text, "utf-8")
    (folder / "data" / "house.potx").write_bytes(house_of_slides(kind="template"))
    (folder / "data" / "house.dotx").write_bytes(house())
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
    assert made.slides[0].slide_layout.name.startswith("Indeling ")


def test_another_template_may_be_named_and_one_that_is_missing_is_said(
    small_store, tmp_path, capsys, home
):
    other = tmp_path / "wide.pptx"
    other.write_bytes(house_of_slides(lambda made: setattr(made, "slide_width", 12191695)))
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


def test_a_review_becomes_a_document_in_the_style_of_the_house_and_is_refreshed(
    small_store, tmp_path, capsys, home
):
    out, again = tmp_path / "out.docx", tmp_path / "again.docx"
    assert run(small_store, "word", "/review?year=2025", "-o", out) == OK
    assert "2025 in review" in capsys.readouterr().out
    made = docx.Document(str(out))
    assert made.styles["Heading 1"].font.name == "Rockwell"
    number = next(p for p in made.paragraphs if p.style.name == "Heading 1")
    number.insert_paragraph_before("What we are proud of")
    made.save(str(out))
    assert run(small_store, "refresh-deck", out, "-o", again) == OK
    assert capsys.readouterr().out.startswith(f"{again}: no changes.")
    assert again.read_bytes() == out.read_bytes()
    assert run(small_store, "word", "/events", "-o", out) == FAILED
    assert "/events is no review" in capsys.readouterr().err
    (home / "data" / "house.dotx").write_bytes(b"no document")
    assert run(small_store, "word", "/review", "-o", out) == FAILED
    assert "house.dotx cannot be read" in capsys.readouterr().err


def test_a_file_of_a_view_speaks_the_language_of_the_link_and_the_command_english(
    small_store, tmp_path, capsys
):
    out, again = tmp_path / "out.pptx", tmp_path / "again.pptx"
    assert run(small_store, "deck", "/trainings?year=2025&lang=nl", "-o", out) == OK
    assert pptx.Presentation(str(out)).core_properties.language == "nl-NL"
    assert run(small_store, "deck", "/trainings?year=2025", "-o", again) == OK
    assert pptx.Presentation(str(again)).core_properties.language == "en-GB"
    capsys.readouterr()
    assert run(small_store, "refresh-deck", out, "-o", again) == OK
    assert capsys.readouterr().out.startswith(f"{again}: no changes.")
    assert again.read_bytes() == out.read_bytes()
