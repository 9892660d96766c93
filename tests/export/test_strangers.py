"""Decks that somebody offers are renewed in a limited process: they never come near the server."""

import io
import zipfile
from datetime import date

import pptx
import pytest

from dashboard.export import refresh_deck
from dashboard.export.deck import DeckError, build_deck
from dashboard.export.refresh_isolated import RefreshRequest, refresh_in_isolation
from dashboard.intake import limits
from dashboard.model.roles import Role
from tests.export.taken import shown_of

VIEWER = RefreshRequest(Role.VIEWER, "https://dash.example.org", date(2026, 1, 20))


@pytest.fixture(scope="module")
def ours(by_hand):
    return build_deck([shown_of(by_hand, "/trainings?year=2025")])


def changed(data, change):
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as whole,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in whole.infolist():
            content = whole.read(entry)
            new.writestr(
                entry.filename,
                change(content) if "slides/slide1.xml" in entry.filename else content,
            )
    return made.getvalue()


def test_a_deck_of_ours_is_renewed_and_the_server_opens_nothing_of_it(ours, by_hand, monkeypatch):
    monkeypatch.setattr(
        refresh_deck, "open_presentation", lambda *_: pytest.fail("opened in the server")
    )
    result = refresh_in_isolation(
        changed(ours, lambda slide: slide.replace(b"430", b"420")),
        VIEWER,
        root=str(by_hand.root),
    )
    assert [(one.slide, one.new) for one in result.changed][:1] == [(1, "≈ 430")], result.changed
    assert b"430" in zipfile.ZipFile(io.BytesIO(result.deck)).read("ppt/slides/slide1.xml")


def test_a_deck_with_a_damaged_slide_is_refused_in_words(ours, by_hand):
    with pytest.raises(DeckError, match="the file cannot be read: it is damaged"):
        refresh_in_isolation(
            changed(ours, lambda slide: slide[: len(slide) // 2]), VIEWER, root=str(by_hand.root)
        )


def test_a_deck_without_a_slide_of_ours_is_refused_in_words(ours, by_hand):
    with pytest.raises(DeckError, match="holds no slide of this dashboard"):
        refresh_in_isolation(deck_of_others(), VIEWER, root=str(by_hand.root))


def deck_of_others() -> bytes:
    made, file = pptx.Presentation(), io.BytesIO()
    made.slides.add_slide(made.slide_layouts[0])
    made.save(file)
    return file.getvalue()


def test_a_deck_that_takes_too_much_is_refused_with_what_to_do(ours, by_hand, monkeypatch):
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.05)
    with pytest.raises(DeckError, match=r"more than 30 seconds.*make its pictures smaller"):
        refresh_in_isolation(ours, VIEWER, root=str(by_hand.root))


def test_a_slide_that_unfolds_to_gigabytes_is_refused_and_the_server_goes_on(ours, by_hand):
    lols = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12)).encode()
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">' + lols + b"]><x>&l11;</x>"
    with pytest.raises(DeckError, match="cannot be read"):
        refresh_in_isolation(changed(ours, lambda _: bomb), VIEWER, root=str(by_hand.root))
