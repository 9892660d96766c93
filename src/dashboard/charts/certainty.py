"""How sure is it? One bar of all participants: exact, about, at least, and what nobody wrote down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts import Bars, Chart
from dashboard.charts.bar_rows import name_kind
from dashboard.charts.contrast import tint_kinds
from dashboard.charts.marks import (
    NO_BREAK,
    draw_empty,
    find_fit,
    format_share,
    join_classes,
    make_chart,
    name_pillar_class,
)
from dashboard.charts.markup import Element, make_element
from dashboard.charts.theme import Palette
from dashboard.language.messages import N_, _, ngettext, pgettext
from dashboard.language.numbers import format_number
from dashboard.model import Row
from dashboard.model.drill_down import format_drill_down
from dashboard.model.quantity import SIGN, Kind, Quantity, sum_quantities

KNOWN_SHARE = 0.66
"""How much of the bar is to scale, where something is not known: the hatched rest has no length."""
WHY = f"why={format_drill_down('training_participants')}"


@dataclass(frozen=True)
class Part:
    """People whose number is known in one way, or for the last part the trainings without one."""

    css: str
    words: str
    value: int
    share: float
    kind: Kind


SAID = (
    (Kind.EXACT, "exact_value", N_("{n} exact"), "sure-exact"),
    (Kind.ABOUT, "about_value", N_("≈\N{NO-BREAK SPACE}{n} about"), "sure-about"),
    (Kind.AT_LEAST, "at_least_value", N_("≥\N{NO-BREAK SPACE}{n} at least"), "sure-at-least"),
)


def draw_certainty(rows: Sequence[Row], colours: Palette, *, pillar: str = "") -> Chart:
    """Draw one bar of the participants by how well their number is known.

    `rows` are of the question trainings_by, of one of its dimensions, or all (then the first one
    counts: each adds up to the same). With `pillar`, in its colour.
    """
    mine = [row for row in rows if row["dimension"] == rows[0]["dimension"]]
    total = sum_quantities(read_participants(row) for row in mine)
    parts = _list_parts(mine, total)
    sentence = describe_certainty(total)
    sentence = sentence[:1].upper() + sentence[1:]
    if not parts:
        return make_chart(draw_empty(sentence), sentence, [])
    colour = name_pillar_class(pillar) if pillar else ""
    markup = make_element(
        "div",
        _draw_bar(parts),
        _draw_below(parts),
        _draw_note(total),
        css=join_classes("sure", colour),
    )
    table = [_tabulate(part, total) for part in parts]
    fills = tint_kinds(colours.pillar(pillar) if pillar else colours.accent, colours.surface)
    return make_chart(markup, sentence, table, [(sentence, WHY)], _list_bars(parts, total, fills))


def read_participants(row: Row) -> Quantity:
    """Read the participants of a row of trainings_by."""
    counts = {
        name: row[name]
        for name in ("exact", "about", "at_least", "fewer_than", "unknown", "disputed")
    }
    return Quantity(int(row["value"]) if row["value"] is not None else None, **counts)


def describe_certainty(total: Quantity) -> str:
    """Say how many people were trained and from how many trainings that is known."""
    if not total.total:
        return _("No trainings were held")
    if not total.known:
        return ngettext(
            "How many took part is not known for the one training",
            "How many took part is not known for any of {n:,} trainings",
            total.total,
        )
    words, coverage = total.words("person"), total.coverage("trainings")
    if coverage:
        return _("{people} were trained, {coverage}", people=words, coverage=coverage)
    return _("{people} were trained; every training states its number", people=words)


def _list_parts(rows: Sequence[Row], total: Quantity) -> list[Part]:
    scale = (KNOWN_SHARE if total.not_known else 1.0) / float(total.value or 1)
    sums = [
        (kind, int(sum(row[column] or 0 for row in rows)), words, css)
        for kind, column, words, css in SAID
    ]
    parts = [
        Part(css, _(words, n=format_number(number)), number, number * scale, kind)
        for kind, number, words, css in sums
        if number
    ]
    if total.not_known:
        missing = ngettext(
            "{n:,} training: number not known",
            "{n:,} trainings: number not known",
            total.not_known,
        )
        rest = 1 - sum(part.share for part in parts)
        parts.append(Part("sure-unknown", missing, 0, rest, Kind.UNKNOWN))
    return parts


def _draw_bar(parts: Sequence[Part]) -> Element:
    return make_element(
        "div",
        *(
            make_element(
                "a",
                make_element(
                    "span",
                    part.words,
                    css=join_classes("sure-words", find_fit(part.words, part.share)),
                ),
                css=join_classes("sure-part", part.css),
                style={"--part": format_share(part.share)},
                act=WHY,
                aria_label=part.words,
            )
            for part in parts
        ),
        css="sure-bar",
    )


def _draw_below(parts: Sequence[Part]) -> Element | None:
    """Draw under the bar the words of parts in which they have no room, here or on a phone."""
    left_out = [(part, find_fit(part.words, part.share)) for part in parts]
    shown = [
        make_element(
            "li",
            make_element("span", css=join_classes("sure-swatch", part.css), aria_hidden="true"),
            part.words.replace(NO_BREAK, " "),
            css="shown-narrow" if fit == "fits-wide" else "",
        )
        for part, fit in left_out
        if fit
    ]
    narrow = all(fit in ("", "fits-wide") for _part, fit in left_out)
    css = join_classes("sure-below", "shown-narrow" if narrow else "")
    return make_element("ul", *shown, css=css, aria_hidden="true") if shown else None


def _draw_note(total: Quantity) -> Element | None:
    """Draw the sentence that keeps readers from measuring what has no length."""
    if not total.not_known:
        return None
    if not total.known:
        return make_element("p", _("Nothing here has a length to measure."), css="sure-note")
    words = _(
        "Left of the hatching the length is people. The hatched part has no length to measure: it is"
        " there so that nobody reads {n} as everybody.",
        n=format_number(total.value),
    )
    return make_element("p", words, css="sure-note")


def _name_kind(part: Part) -> str:
    names = {Kind.EXACT: _("exact"), Kind.ABOUT: _("about"), Kind.AT_LEAST: _("at least")}
    return names.get(part.kind, _("not known"))


def _tabulate(part: Part, total: Quantity) -> Row:
    """Tell a part as numbers: people, nothing where they are not known, and trainings."""
    trainings = {
        Kind.EXACT: total.exact,
        Kind.ABOUT: total.about,
        Kind.AT_LEAST: total.at_least,
        Kind.UNKNOWN: total.not_known,
    }
    return {
        _("How well known"): _name_kind(part),
        _("Participants"): None if part.kind is Kind.UNKNOWN else part.value,
        pgettext("how many", "Trainings"): trainings[part.kind],
    }


def _sign_value(part: Part) -> str:
    sign = SIGN.get(part.kind, "")
    return f"{sign}{NO_BREAK if sign else ''}{format_number(part.value)}"


def _name_bar(part: Part, total: Quantity) -> str:
    """Name how well a part is known; of what is not known, how many trainings that is."""
    if part.kind is Kind.UNKNOWN:
        return ngettext("{n:,} training", "{n:,} trainings", total.not_known)
    return name_kind(part.kind)


def _list_bars(parts: Sequence[Part], total: Quantity, fills: Mapping[Kind, str]) -> Bars:
    known = [part for part in parts if part.kind is not Kind.UNKNOWN]
    series = [
        (
            name_kind(part.kind),
            [float(one.value) if one is part else None for one in parts],
            fills[part.kind],
        )
        for part in known
    ]
    return Bars(
        [_name_bar(part, total) for part in parts],
        series or [(_("Known"), [None] * len(parts), fills[Kind.EXACT])],
        amounts=[[_sign_value(part) for part in parts]] * max(len(series), 1),
    )
