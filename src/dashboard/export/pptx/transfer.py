"""Gives a shape of an earlier deck what the fresh one says; `made` is that shape as it was made. The
form that somebody gave it stays, and so do words that somebody rewrote.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn

from dashboard.export.pptx import edit_text
from dashboard.export.pptx.marked_slides import OF_ANOTHER_FORM, Marked, OtherForm
from dashboard.export.pptx.markers import is_as_written, read_alt_text, set_alt_text
from dashboard.export.pptx.transfer_data import list_bars, list_rows, transfer_chart, transfer_table
from dashboard.language.messages import localize

TRANSFORM, NAMED = qn("a:xfrm"), qn("p:cNvPr")
NOTHING = "–"


def tell(one: Marked) -> dict[str, str]:
    """Say what a shape says: its words; of a chart its bars and of a table its rows, by name."""
    if getattr(one.shape, "has_chart", False):
        bars = list_bars(one.shape.chart).items()
        return {
            ", ".join(b[::-1]): NOTHING if v is None else localize(f"{v:,.12g}") for b, v in bars
        }
    if getattr(one.shape, "has_table", False):
        return list_rows(one)
    return {"": read_words(one.shape._element)} if one.is_drawn or one.shape.has_text_frame else {}


def read_words(element: Any) -> str:
    """Read the words of a shape or a group, a paragraph a line."""
    paragraphs = ("".join(p.itertext(qn("a:t"))) for p in element.iter(qn("a:p")))
    return "\n".join(filter(None, paragraphs))


def is_ours(old: Marked, made: Marked | None) -> bool:
    """Return whether nobody rewrote what we wrote, or that cannot be known."""
    if old.marker.sum and not old.is_drawn:
        return is_as_written(old.marker, "\n".join(tell(old).values()))
    return made is None or tell(made) == tell(old)


def transfer(old: Marked, fresh: Marked, made: Marked | None) -> bool:
    """Give a shape what the fresh one says; returns whether it changed. Raises OtherForm where it
    stays as it is because people, or the page, gave it another form.
    """
    alt, now = read_alt_text(old.shape), read_alt_text(fresh.shape)
    is_changed = _transfer_content(old, fresh, made)
    if is_as_written(old.marker, alt) or (made and alt == read_alt_text(made.shape)):
        set_alt_text(old.shape, now)
    return is_changed


def _transfer_content(old: Marked, fresh: Marked, made: Marked | None) -> bool:
    if old.is_drawn and fresh.is_drawn and old.shape._element.tag == fresh.shape._element.tag:
        return _transfer_drawing(old, fresh, made or old)
    for form, work in TRANSFERS.items():
        has = [getattr(one.shape, form, False) for one in (old, fresh)]
        if all(has):
            said, now, then = (list(tell(one).items()) for one in (old, fresh, made or old))
            is_same = now == said or (now == then and form != "has_text_frame")
            return not is_same and work(old, fresh, made) is not False
        if any(has):
            raise OtherForm(OF_ANOTHER_FORM)
    return False


def _transfer_text(old: Marked, fresh: Marked, _made: Marked | None) -> bool:
    olds, news = (list(one.shape.text_frame.paragraphs) for one in (old, fresh))
    if old.marker.kind == "number":
        said = edit_text.read_text(fresh.shape.text_frame)
        return old.values != fresh.values and any(
            edit_text.put_value(one, was, now, said)
            for was, now in zip(old.values, fresh.values, strict=False)
            for one in olds
        )
    if not is_as_written(old.marker, edit_text.read_text(old.shape.text_frame)):
        return False
    edit_text.transfer_paragraphs(olds, news, shrink=True)
    return True


TRANSFERS: dict[str, Callable[[Marked, Marked, Marked | None], bool | None]] = {
    "has_chart": transfer_chart,
    "has_table": transfer_table,
    "has_text_frame": _transfer_text,
}


def _transfer_drawing(old: Marked, fresh: Marked, made: Marked) -> bool:
    """Draw a group as it is on the fresh slide, moved by as much as somebody moved it; what somebody
    rewrote keeps its words, and what says the same its form.
    """
    mine, was, new = (one.shape._element for one in (old, made, fresh))
    if _describe(was) == _describe(new):
        return False
    moved = old.shape.left - made.shape.left, old.shape.top - made.shape.top
    rewritten = read_words(mine) != read_words(was)
    if rewritten or _describe(was, placed=False) == _describe(new, placed=False):
        places = [list(element.iter(TRANSFORM)) for element in (mine, new)]
        count = None if len(places[0]) == len(places[1]) else 1
        for place, wanted in zip(*(some[:count] for some in places), strict=True):
            place.getparent().replace(place, deepcopy(wanted))
    else:
        mine[:] = copy_shape(fresh, old.shape.part)[:]
    old.shape.left, old.shape.top = old.shape.left + moved[0], old.shape.top + moved[1]
    return True


def _describe(element: Any, *, placed: bool = True) -> bytes:
    """Describe a group without its names and numbers, and without its places where told so."""
    copy = deepcopy(element)
    for one in list(copy.iter(NAMED, *(() if placed else (TRANSFORM,)))):
        one.clear() if one.tag == TRANSFORM else one.attrib.clear()
    return bytes(etree.tostring(copy, method="c14n"))


def copy_shape(fresh: Marked, part: Any) -> Any:
    """Copy the element of a shape for the part of another slide: with numbers of its own, and its
    links.
    """
    copy = deepcopy(fresh.shape._element)
    known = [int(one) for one in part._element.xpath("//p:cNvPr/@id") if one.isdigit()]
    for number, element in enumerate(copy.iter(NAMED), start=max(known, default=1) + 1):
        element.set("id", str(number))
    for link in [one for tag in edit_text.LINKS for one in copy.iter(tag)]:
        relation = fresh.shape.part.rels.get(link.get(qn("r:id")))
        if relation is None or not relation.is_external:
            link.getparent().remove(link)
        else:
            kind = RELATIONSHIP_TYPE.HYPERLINK
            link.set(qn("r:id"), part.relate_to(relation.target_ref, kind, is_external=True))
    return copy
