"""Draws anew what is drawn for one thing, as a group of shapes: it moves to where it stands today,
and by as much as somebody moved it; what somebody rewrote keeps its words.
"""

from copy import deepcopy
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn

from dashboard.export.pptx.edit_text import LINKS
from dashboard.export.pptx.marked_slides import Marked

TRANSFORM, NAMED = qn("a:xfrm"), qn("p:cNvPr")


def transfer_drawing(old: Marked, fresh: Marked, made: Marked | None) -> tuple[str, str] | None:
    """Draw a group as it is on the fresh slide; `made` is how it was made. Returns what it said and
    says; None where nothing changed.
    """
    mine, new = old.shape._element, fresh.shape._element
    was = made.shape._element if made else mine
    if _describe(was) == _describe(new):
        return None
    words, moved = [read_words(element) for element in (mine, was, new)], (0, 0)
    if made:
        moved = old.shape.left - made.shape.left, old.shape.top - made.shape.top
    if words[0] != words[1] or _describe(was, placed=False) == _describe(new, placed=False):
        _move(mine, new)
        drawn = mine
    else:
        drawn = swap_shape(old, fresh)
    place = next(drawn.iter(TRANSFORM)).find(qn("a:off"))
    for axis, by in zip("xy", moved, strict=True):
        place.set(axis, str(int(place.get(axis)) + by))
    return words[0], read_words(drawn)


def _describe(element: Any, *, placed: bool = True) -> bytes:
    """Describe a group without its names and numbers, and without its place where that is nothing."""
    copy = deepcopy(element)
    for named in copy.iter(NAMED):
        named.attrib.clear()
    for place in [] if placed else list(copy.iter(TRANSFORM)):
        place.getparent().remove(place)
    return bytes(etree.tostring(copy, method="c14n"))


def read_words(element: Any) -> str:
    """Read the words of a group, a paragraph a line."""
    paragraphs = ("".join(p.itertext(qn("a:t"))) for p in element.iter(qn("a:p")))
    return "\n".join(filter(None, paragraphs))


def _move(mine: Any, new: Any) -> None:
    """Move a group and the shapes in it, if there are as many, to the places of another."""
    places = [list(element.iter(TRANSFORM)) for element in (mine, new)]
    count = len(places[0]) if len(places[0]) == len(places[1]) else 1
    for old, fresh in list(zip(*places, strict=False))[:count]:
        old.getparent().replace(old, deepcopy(fresh))


def swap_shape(old: Marked, fresh: Marked) -> Any:
    """Put a fresh shape in place of the old one; returns its element."""
    element = old.shape._element
    copy = copy_shape(fresh, old.shape.part)
    element.getparent().replace(element, copy)
    return copy


def copy_shape(fresh: Marked, part: Any) -> Any:
    """Copy the element of a shape for the part of another slide: with numbers of its own, and its
    links.
    """
    copy = deepcopy(fresh.shape._element)
    known = [int(one) for one in part._element.xpath("//p:cNvPr/@id") if one.isdigit()]
    for number, element in enumerate(copy.iter(NAMED), start=max(known, default=1) + 1):
        element.set("id", str(number))
    for link in [one for tag in LINKS for one in copy.iter(tag)]:
        relation = fresh.shape.part.rels.get(link.get(qn("r:id")))
        if relation is None or not relation.is_external:
            link.getparent().remove(link)
        else:
            kind = RELATIONSHIP_TYPE.HYPERLINK
            link.set(qn("r:id"), part.relate_to(relation.target_ref, kind, is_external=True))
    return copy


def say_words(one: Marked) -> str:
    """Say the words of what is drawn."""
    return read_words(one.shape._element)


def remove_shape(old: Marked) -> None:
    """Take a shape away."""
    old.shape._element.getparent().remove(old.shape._element)


def add_shape(fresh: Marked, page: Any, number: Marked | None, new: Marked | None) -> None:
    """Add a copy of a fresh shape to a slide; beside the number of a card, as far from it as on the
    fresh slide, where it stands beside `new`.
    """
    copy = copy_shape(fresh, page.part)
    if number is None or new is None:
        page.shapes._spTree.append(copy)
        return
    number.shape._element.addnext(copy)
    copy.x += number.shape.left - new.shape.left
    copy.y += number.shape.top - new.shape.top
