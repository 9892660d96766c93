"""Named bars to scale from zero, each with its number and how well that is known: cohorts, or people
trained by level.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.charts import Bars
from dashboard.charts.contrast import tint_kinds
from dashboard.charts.marks import (
    FORMS,
    draw_fold,
    format_share,
    format_signed,
    join_classes,
    name_pillar_class,
)
from dashboard.charts.markup import Element, draw_said, make_element
from dashboard.charts.theme import Palette
from dashboard.language.messages import Said, _, ngettext, pgettext
from dashboard.model.quantity import Kind, Quantity

KINDS = (Kind.EXACT, Kind.ABOUT, Kind.AT_LEAST)
"""How well a number that has a bar is known, in the order of the series."""
NOTHING = Said("")


@dataclass(frozen=True)
class BarRow:
    """One bar: its name, its number, what stands behind it, and what a press opens. `told` says all of
    it in words; `parts` is the number by how well it is known; `pillar` is None where no pillar is
    meant. `named` are titles of records behind the note; `lang` is that of the label, where it is not
    the page's.
    """

    label: str
    quantity: Quantity
    act: str
    told: str
    note: str = ""
    pillar: str | None = None
    parts: Mapping[Kind, float] = field(default_factory=dict)
    lang: str = ""
    named: Said = NOTHING


def draw_bar_rows(rows: Sequence[BarRow], limit: int) -> Element:
    """Draw a bar per row in the order given; those after the first `limit` are folded."""
    largest = max((float(row.quantity.value or 0) for row in rows), default=0) or 1
    drawn = [_draw_row(row, largest) for row in rows]
    rest = drawn[limit:]
    fold = (
        draw_fold(
            ngettext("{n:,} more", "{n:,} more", len(rest)),
            make_element("ul", *rest, css="cohort-list"),
        )
        if rest
        else None
    )
    return make_element(
        "div", make_element("ul", *drawn[:limit], css="cohort-list"), fold, css="cohorts"
    )


def _draw_row(row: BarRow, largest: float) -> Element:
    known = row.quantity.value is not None
    number = make_element("strong" if known else "span", format_signed(row.quantity))
    disputed = make_element("small", _("sources differ")) if row.quantity.disputed else None
    measure = make_element(
        "span",
        _draw_bar(row.quantity, largest),
        make_element("span", number, disputed, css="cohort-number"),
        _draw_note(row),
        css="cohort-measure",
    )
    name = make_element("a", row.label, css="cohort-name", act=row.act, lang=row.lang)
    colour = "" if row.pillar is None else name_pillar_class(row.pillar)
    return make_element("li", name, measure, css=join_classes("cohort", colour))


def _draw_note(row: BarRow) -> Element | None:
    if not row.named.text:
        return make_element("span", row.note, css="cohort-parts") if row.note else None
    before = f"{row.note} · " if row.note else ""
    if not row.named.lang:
        return make_element("span", f"{before}{row.named.text}", css="cohort-parts")
    return make_element("span", before, draw_said(row.named), css="cohort-parts")


def _draw_bar(quantity: Quantity, largest: float) -> Element:
    if quantity.value is None:
        return make_element("span", css="cohort-unknown mark-hatched", aria_hidden="true")
    fill = join_classes("cohort-fill", FORMS.get(quantity.kind, ""))
    part = format_share(float(quantity.value) / largest)
    return make_element("span", css=fill, style={"--part": part}, aria_hidden="true")


def name_kind(kind: Kind) -> str:
    """Name a series by how well its numbers are known: one of KINDS."""
    names = {
        Kind.EXACT: _("Exact"),
        Kind.ABOUT: pgettext("how well known", "About"),
        Kind.AT_LEAST: _("At least"),
    }
    return names[kind]


def _say_number(row: BarRow) -> str:
    number = format_signed(row.quantity)
    return _("{number} · sources differ", number=number) if row.quantity.disputed else number


def list_quantity_bars(rows: Sequence[BarRow], colours: Palette) -> Bars:
    """List what is known by kind for a native chart; the words of each bar stand with its name."""
    pillars = {row.pillar for row in rows}
    pillar = pillars.pop() if len(pillars) == 1 else None
    fills = tint_kinds(colours.pillar(pillar) if pillar else colours.accent, colours.surface)
    found = [kind for kind in KINDS if any(row.parts.get(kind) for row in rows)]
    series = [
        (name_kind(kind), [row.parts.get(kind) or None for row in rows], fills[kind])
        for kind in found
    ]
    return Bars(
        [row.label for row in rows],
        series or [(_("Known"), [None] * len(rows), fills[Kind.EXACT])],
        amounts=[[_say_number(row) for row in rows]] * max(len(series), 1),
    )
