"""Are we on course? A bar per target: how far it is, where it should be today, and the target."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashboard.charts import Bars, Chart
from dashboard.charts.marks import (
    FORMS,
    draw_empty,
    draw_fold,
    format_share,
    format_signed,
    format_value,
    join_classes,
    make_chart,
    say_value,
)
from dashboard.charts.markup import Element, make_element
from dashboard.charts.theme import Palette
from dashboard.language.messages import N_, _, ngettext
from dashboard.model import Row
from dashboard.model.drill_down import format_drill_down
from dashboard.model.quantity import Kind
from dashboard.text.lists import join_names

if TYPE_CHECKING:
    from dashboard.query.targets import Progress

MAX_BULLETS = 5
SCALE = 1.4
"""The end of a bar, in targets; further only where the value is."""
VERDICTS = {
    "BEHIND": N_("▾ behind"),
    "NEARLY": N_("◆ nearly"),
    "ACCEPTED": N_("‖ accepted"),
    "ON_COURSE": N_("→ on course"),
    "REACHED": N_("✓ met"),
    "CANNOT_BE_SAID": N_("no verdict"),
}
"""What is said of a target by the name of its status, the worst first."""
COUNTED = {
    "BEHIND": N_("{n:,} behind"),
    "NEARLY": N_("{n:,} nearly"),
    "ACCEPTED": N_("{n:,} accepted"),
    "ON_COURSE": N_("{n:,} on course"),
    "REACHED": N_("{n:,} met"),
    "CANNOT_BE_SAID": N_("{n:,} without a verdict"),
}


def draw_bullets(
    progress: Sequence["Progress"], colours: Palette, *, limit: int = MAX_BULLETS
) -> Chart:
    """Draw a bar per target, the worst first; those after the first `limit` are folded."""
    ranked = sorted(progress, key=_rank)
    sentence = describe_progress(ranked)
    if not ranked:
        return make_chart(draw_empty(sentence), sentence, [])
    return make_chart(
        _draw_list(ranked, limit),
        sentence,
        [_tabulate(target) for target in ranked],
        [(say_value(target.label, _say_value(target)), _find_act(target)) for target in ranked],
        _list_bars(ranked, colours),
    )


def describe_progress(progress: Sequence["Progress"]) -> str:
    """Say how many targets stand how: "5 targets: 1 behind, 3 met and 1 without a verdict"."""
    if not progress:
        return _("No targets yet")
    counts = Counter(target.status.name for target in progress)
    standings = [_(COUNTED[name], n=counts[name]) for name in VERDICTS if counts[name]]
    return ngettext(
        "{n:,} target: {standings}",
        "{n:,} targets: {standings}",
        len(progress),
        standings=join_names(standings),
    )


def _rank(target: "Progress") -> tuple[int, float, str]:
    return list(VERDICTS).index(target.status.name), _measure(target), target.label


def _measure(target: "Progress") -> float:
    """Measure how much of the target there is; nothing where that is not known."""
    return float((target.quantity.value or 0) / target.value) if target.value else 0.0


def _draw_list(ranked: Sequence["Progress"], limit: int) -> Element:
    first, rest = ranked[:limit], ranked[limit:]
    label = ngettext("{n:,} more target", "{n:,} more targets", len(rest))
    folded = make_element("ul", *map(_draw_bullet, rest), css="bullet-list")
    return make_element(
        "div",
        make_element("ul", *map(_draw_bullet, first), css="bullet-list"),
        _draw_key(ranked),
        draw_fold(label, folded) if rest else None,
        css="bullets",
    )


def _draw_bullet(target: "Progress") -> Element:
    value = make_element(
        "span",
        make_element("strong", _say_value(target)),
        make_element("small", _(VERDICTS[target.status.name])),
        css="bullet-value",
    )
    name = make_element(
        "a", target.label, css="bullet-name", act=_find_act(target), title=target.sentence
    )
    head = make_element("div", name, value, css="bullet-head")
    return make_element("li", head, _draw_track(target), css="bullet")


def _draw_track(target: "Progress") -> Element:
    if target.quantity.value is None:
        return make_element("div", css="bullet-track mark-hatched", aria_hidden="true")
    end = max(SCALE * float(target.value), float(target.quantity.value)) or 1.0
    due = format_share(float(target.expected) / end) if has_path(target) else ""
    part = format_share(max(0.0, float(target.quantity.value)) / end)
    fill = join_classes("bullet-fill", FORMS.get(target.quantity.kind, ""))
    return make_element(
        "div",
        make_element("span", css=fill, style={"--part": part}),
        make_element("span", css="bullet-due", style={"--at": due}) if due else None,
        make_element(
            "span",
            css="bullet-target",
            style={"--at": format_share(float(target.value) / end)},
        ),
        css="bullet-track",
        aria_hidden="true",
    )


def has_path(target: "Progress") -> bool:
    """Tell whether the year runs, so that its path says another number for today than the target."""
    return target.today.year == target.year and 0 < target.expected != target.value


def _draw_key(ranked: Sequence["Progress"]) -> Element:
    path = any(has_path(target) and target.quantity.value is not None for target in ranked)
    return make_element(
        "p",
        make_element("span", css="bullet-key-target", aria_hidden="true"),
        make_element("span", _("target for the whole year")),
        make_element("span", css="bullet-key-due", aria_hidden="true") if path else None,
        make_element("span", _("where it should be today")) if path else None,
        css="bullet-key",
    )


def _say_value(target: "Progress") -> str:
    """Say how much of how much: "≈ 589 of 500"; only that it is not known, where it is not."""
    value = format_signed(target.quantity, money=_is_money(target))
    if target.quantity.value is None:
        return value
    aim = format_value(target.value, money=_is_money(target))
    if target.direction == "less":
        return _("{value} of at most {target}", value=value, target=aim)
    return _("{value} of {target}", value=value, target=aim)


def _is_money(target: "Progress") -> bool:
    return target.unit == "euro"


def _find_act(target: "Progress") -> str:
    return f"why={format_drill_down(target.metric)}"


def _tabulate(target: "Progress") -> Row:
    money = _is_money(target)
    return {
        _("Number"): target.label,
        _("Value"): format_signed(target.quantity, money=money),
        _("Target"): format_value(target.value, money=money),
        _("Today"): format_value(target.expected, money=money) if has_path(target) else "",
        _("Standing"): _(VERDICTS[target.status.name]),
        _("In words"): target.sentence,
    }


def _list_bars(ranked: Sequence["Progress"], colours: Palette) -> Bars:
    """List the targets as parts of what was aimed at, because their units differ: 100 is the
    target.
    """
    tints = {Kind.EXACT: colours.accent, Kind.ABOUT: colours.tints[2]}
    kinds = list(dict.fromkeys(t.quantity.kind for t in ranked if t.quantity.value is not None))
    names = {
        Kind.EXACT: _("% of the target"),
        Kind.ABOUT: _("About, % of the target"),
        Kind.AT_LEAST: _("At least, % of the target"),
        Kind.AT_LEAST_ABOUT: _("At least about, % of the target"),
    }
    series = [
        (
            names[kind],
            [round(100 * _measure(t)) if t.quantity.kind is kind else None for t in ranked],
            tints.get(kind, colours.tints[3]),
        )
        for kind in kinds
    ]
    return Bars(
        [t.label for t in ranked],
        series or [(names[Kind.EXACT], [None] * len(ranked), colours.accent)],
        amounts=[[f"{_say_value(t)}  {_(VERDICTS[t.status.name])}" for t in ranked]]
        * max(len(series), 1),
        is_target=True,
    )
