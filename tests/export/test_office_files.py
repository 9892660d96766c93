"""Files that Office opens without repairing them: the schemas of ECMA-376, and what they do not say."""

import io
import re
import zipfile

import pytest

from dashboard.export.deck import build_deck
from dashboard.export.workbook import build_workbook
from tests.export.taken import shown_of
from tests.support.office_schemas import find_faults

LINK = "/trainings?year=2025"
SLIDE, DECK, TYPES = "ppt/slides/slide1.xml", "ppt/presentation.xml", "[Content_Types].xml"
RUN = r"<a:r>(<a:rPr.*?(?:</a:rPr>|/>))?(<a:t>.*?</a:t>)</a:r>"
BROKEN = {
    "the parts of a run in another order": (SLIDE, RUN, r"<a:r>\2<a:rPr/></a:r>", "rPr"),
    "a run without a text": (SLIDE, RUN, r"<a:r><a:rPr/></a:r>", "'t' is missing"),
    "a text without a paragraph": (SLIDE, r"(<p:txBody>(?:(?!<a:p>).)*).*?</p:txBody>", r"\1</p:txBody>", "'p' is missing"),
    "an element that is none": (SLIDE, "<p:cNvSpPr", "<p:bogus/><p:cNvSpPr", "bogus"),
    "a value that is no number": (SLIDE, '<a:off x="', '<a:off x="a', "Invalid integer"),
    "letters of half a point": (SLIDE, r' sz="\d+"', ' sz="50"', "letters of 50"),
    "a shape narrower than nothing": (SLIDE, r'<a:ext cx="', '<a:ext cx="-', "a shape of -"),
    "two shapes with one id": (SLIDE, r'(<p:cNvPr id="\d+")(.*?)<p:cNvPr id="\d+"', r"\1\2\1", "shapes have the id 1"),
    "a link to nowhere": (SLIDE, r'r:id="rId\d+"', 'r:id="rId999"', "rId999"),
    "a slide that ends too soon": (SLIDE, "</p:sld>", "", "annot parse"),
    "a column without cells": ("<a:tbl>", "<a:gridCol ", '<a:gridCol w="1"/><a:gridCol ', "cells for"),
    "a chart in another order": ("<c:barDir", r"(<c:barDir.*?/>)(<c:grouping.*?/>)", r"\2\1", "barDir"),
    "a chart without an axis": ("<c:barDir", r"<c:valAx>.*?</c:valAx>", "", "asks for axis"),
    "an axis with an id below zero": ("<c:barDir", r'<c:axId val="', '<c:axId val="-', "minimum"),
    "notes that are not there": ("ppt/slides/_rels/slide1.xml.rels", "notesSlide1.xml", "none.xml", "none.xml"),
    "a slide without a type": (TYPES, r'<Override PartName="/ppt/slides/slide1.xml"[^>]*>', "", "no content type"),
    "notes of which no slide knows": ("ppt/slides/_rels/slide1.xml.rels", r"<Relationship [^>]*notesSlide1.xml[^>]*>", "", "no part refers"),
    "a master with the id of a slide": (DECK, r'<p:sldMasterId id="\d+"', '<p:sldMasterId id="256"', "too small"),
}  # fmt: skip


@pytest.fixture(scope="module")
def deck(real_store) -> bytes:
    return build_deck([shown_of(real_store, LINK)])


def break_part(data: bytes, part: str, pattern: str, replacement: str) -> bytes:
    """The deck with one thing changed in the first part of that name, or that has such an element."""
    target, left = io.BytesIO(), 1
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if left and (name == part or (part.startswith("<") and part.encode() in content)):
                broken = re.sub(pattern, replacement, content.decode(), count=1, flags=re.DOTALL)
                assert broken.encode() != content, "nothing was broken"
                content, left = broken.encode(), 0
            new.writestr(name, content)
    assert not left, "no such part"
    return target.getvalue()


def test_a_deck_and_a_workbook_keep_to_the_schemas_of_their_formats(real_store, deck):
    assert find_faults(deck) == []
    assert find_faults(build_workbook(shown_of(real_store, LINK))) == []


@pytest.mark.parametrize("what", BROKEN)
def test_a_deck_that_powerpoint_would_repair_is_found(deck, what):
    *broken, said = BROKEN[what]
    assert said in " ".join(find_faults(break_part(deck, *broken)))
