"""Files in Dutch: they speak the language of their view, know it, and are refreshed in it."""

import io
from decimal import Decimal

import docx
import icalendar
import openpyxl
import pytest
from pptx.util import Inches

from dashboard.export import share_links
from dashboard.export.calendar import build_calendar
from dashboard.export.deck import build_deck
from dashboard.export.linked_data import build_graph
from dashboard.export.pptx.marked_slides import read_slides
from dashboard.export.pptx.notes import LINES
from dashboard.export.refresh_deck import refresh
from dashboard.export.refreshed import list_stale
from dashboard.export.shown_values import ShownValue, select_said
from dashboard.export.view_export import Export
from dashboard.export.word.document import build_document
from dashboard.export.word.refresh_document import refresh_document
from dashboard.export.workbook import build_workbook
from dashboard.language.messages import speaking
from tests.export.taken import shown_of, view_of
from tests.export.test_refresh import asking, grown, opened, saved  # noqa: F401

TRAININGS, EVENTS, REVIEW = (f"/{page}?year=2025" for page in ("trainings", "events", "review"))


def in_dutch(store, link: str) -> Export:
    """What a Dutch reader takes along."""
    with speaking("nl"):
        return shown_of(store, link)


@pytest.fixture(scope="module")
def deck(by_hand) -> bytes:
    """Slides of a Dutch reader, made where English is spoken."""
    return build_deck([in_dutch(by_hand, TRAININGS)])


def texts_of(data: bytes) -> str:
    """All that slides and their notes say."""
    made = opened(data)
    texts = [t for slide in made.slides for t in slide._element.itertext()]
    notes = [slide.notes_slide.notes_text_frame.text for slide in made.slides]
    return "\n".join([*texts, *notes])


def test_slides_speak_the_language_of_their_view_whoever_builds_them(deck):
    made = opened(deck)
    assert made.core_properties.language == "nl-NL"
    languages = {found for slide in made.slides for found in slide._element.xpath(".//a:rPr/@lang")}
    assert languages == {"nl-NL"}
    said = texts_of(deck)
    for words in ("stand van 15 januari 2026", "Niet geteld: ", LINES["nl"].first):
        assert words in said
    assert "Counted" not in said


def test_slides_know_the_language_in_which_they_were_made(deck):
    for slide in read_slides(opened(deck)):
        assert (slide.language, slide.link) == ("nl", f"{TRAININGS}&lang=nl")
        assert slide.our_notes


def test_slides_are_refreshed_in_their_language_and_what_is_left_is_said_in_that_of_who_does_it(
    deck,
    grown,
):
    made = opened(deck)
    box = made.slides[0].shapes.add_textbox(0, 0, Inches(4), Inches(1))
    box.text_frame.text = "Ruim 400 mensen deden mee. In 2025 ook."
    done = refresh(saved(made), asking(grown))
    assert texts_of(done.deck).count(LINES["nl"].last) == len(made.slides)
    assert "Counted" not in texts_of(done.deck)
    assert "Speaker notes" in {one.what for one in done.changed}
    assert ("Ruim 400 mensen deden mee.", "400") in {(o.sentence, o.number) for o in done.left}
    with speaking("nl"):
        again = refresh(saved(made), asking(grown))
    assert "Notities bij de dia" in {one.what for one in again.changed}
    assert texts_of(again.deck) == texts_of(done.deck)


def test_a_document_knows_its_language_and_is_refreshed_in_it(by_hand):
    data = build_document(in_dutch(by_hand, REVIEW))
    made = docx.Document(io.BytesIO(data))
    assert made.core_properties.language == "nl-NL"
    assert set(made.styles.element.xpath("w:docDefaults//w:lang/@w:val")) == {"nl-NL"}
    assert "De cijfers" in set(made.element.body.itertext())
    done = refresh_document(data, asking(by_hand))
    assert (done.deck, list(done.changed), list(done.left)) == (data, [], [])


def test_a_workbook_has_dutch_words_and_numbers_that_are_numbers(by_hand):
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(in_dutch(by_hand, TRAININGS))))
    assert book.sheetnames[:4] == ["Toelichting", "Zekerheid", "Cohorten", "Deelname"]
    cells = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    assert any("Deelnemers, hoe zeker" in row for row in cells)
    people = next(row for row in cells if "deelnemers" in row)
    assert (isinstance(people[1], int), people[2]) == (True, "ongeveer")


def test_a_calendar_says_of_words_of_ours_in_which_language_they_are(by_hand):
    data = build_calendar(in_dutch(by_hand, EVENTS).view, "https://dash.example.org").data
    found = icalendar.Calendar.from_ical(data)
    assert (found["NAME"].params["LANGUAGE"], str(found["NAME"])) == (
        "nl",
        "Bijeenkomsten in 2025 · DASH",
    )
    entry = next(one for one in found.walk("VEVENT") if "open-day" in one["UID"])
    assert entry["DESCRIPTION"].params["LANGUAGE"] == "nl"
    assert str(entry["DESCRIPTION"]).endswith("Status: gehouden")
    assert "LANGUAGE" not in entry["SUMMARY"].params
    assert str(entry["URL"]).endswith("&lang=nl")


def test_linked_data_says_of_words_of_ours_in_which_language_they_are(by_hand):
    view = in_dutch(by_hand, TRAININGS).view
    course = build_graph(view, "trainings", "https://dash.example.org")["@graph"][0]
    assert course["description"]["@language"] == "nl"
    assert isinstance(course["name"], str)
    assert (course["@id"].count("lang="), course["url"].count("lang=nl")) == (0, 1)


@pytest.mark.parametrize("kind", [share_links.LIVE, share_links.PINNED])
def test_a_shared_link_says_the_language_in_which_its_view_was_seen(by_hand, kind):
    with speaking("nl"):
        seen = view_of(by_hand, TRAININGS)
        chosen = view_of(by_hand, f"{TRAININGS}&lang=en")
    assert share_links.make_link(seen, kind).endswith("&lang=nl")
    assert share_links.make_link(chosen, kind).count("lang=") == 1
    assert share_links.make_link(view_of(by_hand, TRAININGS), kind).endswith("&lang=en")


def test_numbers_in_dutch_sentences_are_known_by_the_dutch_way_to_write_them():
    values = [ShownValue(Decimal(1234)), ShownValue(Decimal("12.5")), ShownValue(Decimal(7))]
    with speaking("nl"):
        assert select_said("ongeveer 1.234 van 12,50 en 71", values) == tuple(values[:2])
        said = "Het waren 1.234 mensen. Op 7 mei 2025. Nu zeven. En 7 miljoen."
        assert [(one.sentence, one.number) for one in list_stale([(1, said)], values)] == [
            ("Het waren 1.234 mensen.", "1.234"),
            ("Nu zeven.", "7"),
        ]
