"""Two years side by side: a line per number, from the one year to the other; and what cannot be
compared, with the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import Bars, Chart
from dashboard.charts.marks import (
    draw_empty,
    draw_unknown,
    estimate_width,
    format_share,
    format_signed,
    format_value,
    make_chart,
    say_value,
)
from dashboard.charts.markup import Element, make_element
from dashboard.charts.theme import Palette
from dashboard.language.messages import _
from dashboard.model import Row
from dashboard.model.drill_down import format_drill_down
from dashboard.model.quantity import Change, Kind, Quantity, compare_quantities

SCALE = 1.2
"""The end of a line, in the larger of its two numbers."""


@dataclass(frozen=True)
class Compared:
    """A number in two years. `reason` says why they are not compared, where they are not; `money`:
    both are amounts in euro; `act` is what "which" opens, else the records of the number.
    """

    metric: str
    label: str
    now: Quantity
    before: Quantity
    reason: str = ""
    money: bool = False
    act: str = ""

    @property
    def change(self) -> Change:
        """How much it is more; refused with the reason where a side is not known well enough."""
        if self.reason:
            return Change(None, reason=self.reason)
        # nothing recorded of its sort is a zero here: a year without records comes with a reason
        before = self.before if self.before.total else Quantity(0, exact=1)
        return compare_quantities(self.now, before, _("the other year"))

    @property
    def opened(self) -> str:
        return self.act or f"why={format_drill_down(self.metric)}"


def draw_dumbbells(
    compared: Sequence[Compared], colours: Palette, *, now: str, before: str
) -> Chart:
    """Draw a line per number that can be compared, and a row for each of the others.

    `now` and `before` are what the two years are called: "2026 so far", "2025 up to the same day".
    """
    lines = select_comparable(compared)
    others = [one for one in compared if one.change.difference is None]
    sentence = describe_comparison(compared, now=now, before=before)
    if not compared:
        return make_chart(draw_empty(sentence), sentence, [])
    markup = make_element(
        "div",
        _draw_key(now, before) if lines else None,
        _draw_lines(lines) if lines else None,
        _draw_others(others) if others else None,
        css="dumbbells",
    )
    table = [_tabulate(one, now, before) for one in compared]
    links = [(say_value(one.label, say_both(one)), one.opened) for one in compared]
    return make_chart(markup, sentence, table, links, _list_bars(lines, now, before, colours))


def select_comparable(compared: Sequence[Compared]) -> list[Compared]:
    """Select what is known well enough in both years to be compared."""
    return [one for one in compared if one.change.difference is not None]


def describe_comparison(compared: Sequence[Compared], *, now: str, before: str) -> str:
    """Say how many numbers are higher, lower and the same, and how many cannot be compared."""
    if not compared:
        return _("Nothing to compare")
    changes = [one.change.difference for one in compared]
    known = [change for change in changes if change is not None]
    places = {
        "now": now,
        "before": before,
        "higher": sum(change > 0 for change in known),
        "lower": sum(change < 0 for change in known),
        "same": sum(change == 0 for change in known),
        "unknown": len(changes) - len(known),
    }
    if len(known) == len(changes):
        return _(
            "{now} against {before}: {higher:,} higher, {lower:,} lower, {same:,} the same",
            **places,
        )
    return _(
        "{now} against {before}: {higher:,} higher, {lower:,} lower, {same:,} the same;"
        " {unknown:,} cannot be compared",
        **places,
    )


def _draw_key(now: str, before: str) -> Element:
    return make_element(
        "p",
        make_element("span", css="dumbbell-key-before", aria_hidden="true"),
        make_element("span", before),
        make_element("span", css="dumbbell-key-now", aria_hidden="true"),
        make_element("span", now),
        make_element("span", _("each line from 0 to its own end; lengths compare within a line")),
        css="dumbbell-key",
    )


def _draw_lines(lines: Sequence[Compared]) -> Element:
    return make_element(
        "ul",
        *map(_draw_line, lines),
        css="dumbbell-list",
        # room for the longest number left of the smallest mark, and right of the largest
        style={"--room": f"{max(map(_measure_room, lines))}px"},
    )


def _measure_room(one: Compared) -> int:
    """Measure the pixels that the longer number of a line takes beside its mark."""
    numbers = [format_signed(side, money=one.money) for side in (one.now, one.before)]
    return round(max(estimate_width(number, strong=True) for number in numbers)) + 20


def _draw_line(one: Compared) -> Element:
    return make_element(
        "li",
        make_element("span", one.label, css="dumbbell-name"),
        _draw_track(one),
        make_element("span", format_difference(one), css="dumbbell-difference"),
        make_element(
            "a",
            _("which ▸"),
            css="dumbbell-which",
            act=one.opened,
            aria_label=_("which: {label}", label=one.label),
        ),
        css="dumbbell",
        style={"--own-room": f"{_measure_room(one)}px"},
    )


def _draw_track(one: Compared) -> Element:
    """Draw both marks on the line from zero, the number of the lower one left of it and that of the
    higher one right: they cannot meet.
    """
    now, before = float(one.now.value or 0), float(one.before.value or 0)
    end = SCALE * max(now, before) or 1.0
    now_is_right = now >= before
    year = "before is-same" if now == before else "before"  # a ring around the dot
    return make_element(
        "span",
        make_element(
            "span",
            css="dumbbell-bar",
            style={
                "--from": format_share(min(now, before) / end),
                "--to": format_share(max(now, before) / end),
            },
        ),
        _draw_mark(one.before, before / end, year, money=one.money, right=not now_is_right),
        _draw_mark(one.now, now / end, "now", money=one.money, right=now_is_right),
        css="dumbbell-track",
    )


def _draw_mark(quantity: Quantity, share: float, year: str, *, money: bool, right: bool) -> Element:
    side = "right" if right else "left"
    number = make_element(
        "span", format_signed(quantity, money=money), css=f"dumbbell-number {side}"
    )
    return make_element(
        "span", number, css=f"dumbbell-mark {year}", style={"--at": format_share(share)}
    )


def format_difference(one: Compared) -> str:
    """Write the difference: +4; −1; ≈ +40; 0."""
    change = one.change
    size = change.difference or 0
    sign = "≈\N{NO-BREAK SPACE}" if change.kind is Kind.ABOUT else ""
    return f"{sign}{'+' if size > 0 else ''}{format_value(size, money=one.money)}"


def _draw_others(others: Sequence[Compared]) -> Element:
    return make_element(
        "section",
        make_element("h3", _("Not comparable"), css="dumbbell-heading"),
        make_element("ul", *map(_draw_other, others), css="dumbbell-others"),
    )


def _draw_other(one: Compared) -> Element:
    return make_element(
        "li",
        make_element("a", one.label, css="dumbbell-name", act=one.opened),
        draw_unknown(_("not comparable")),
        make_element("span", say_both(one), css="dumbbell-both"),
        make_element("span", one.change.reason, css="dumbbell-reason"),
        css="dumbbell-other",
    )


def say_both(one: Compared) -> str:
    """Say the number of both years: 23 → 29."""
    before = format_signed(one.before, money=one.money)
    return f"{before} → {format_signed(one.now, money=one.money)}"


def _tabulate(one: Compared, now: str, before: str) -> Row:
    comparable = one.change.difference is not None
    return {
        _("Number"): one.label,
        before: format_signed(one.before, money=one.money),
        now: format_signed(one.now, money=one.money),
        _("Difference"): format_difference(one) if comparable else _("not comparable"),
        _("Reason"): one.change.reason,
    }


def _list_bars(lines: Sequence[Compared], now: str, before: str, colours: Palette) -> Bars | None:
    """List the pairs, the larger of each as 100: their units differ."""
    if not lines:
        return None
    sides = [one.before for one in lines], [one.now for one in lines]
    largest = [float(max(one.now.value or 0, one.before.value or 0) or 1) for one in lines]
    shares = [
        [round(100 * float(q.value or 0) / most) for q, most in zip(side, largest, strict=True)]
        for side in sides
    ]
    money = [one.money for one in lines]
    return Bars(
        [one.label for one in lines],
        [(before, shares[0], colours.tints[3]), (now, shares[1], colours.accent)],
        amounts=[
            [format_signed(q, money=m) for q, m in zip(side, money, strict=True)] for side in sides
        ],
    )
