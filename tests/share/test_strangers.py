"""Decks that somebody offers are read in a limited process before they come near the server."""

import io
import zipfile

import pytest

from dashboard.intake import limits
from dashboard.share.deck import DeckError, deck
from dashboard.share.slides.opening import stranger
from tests.share.taken import shown_of


@pytest.fixture(scope="module")
def ours(by_hand):
    return deck([shown_of(by_hand, "/trainings?year=2025")])


def test_a_deck_of_ours_passes(ours):
    stranger(ours)


def test_a_deck_with_a_damaged_slide_is_refused_in_words(ours):
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ours)) as whole, zipfile.ZipFile(broken, "w") as made:
        for entry in whole.infolist():
            content = whole.read(entry)
            made.writestr(
                entry.filename, content[: len(content) // 2] if "slides/slide1.xml" in entry.filename else content
            )
    with pytest.raises(DeckError, match="the file cannot be read: the file is damaged"):
        stranger(broken.getvalue())


def test_a_deck_that_takes_too_much_is_refused_with_what_to_do(ours, monkeypatch):
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.05)
    with pytest.raises(DeckError, match=r"more than 30 seconds.*make its pictures smaller"):
        stranger(ours)
