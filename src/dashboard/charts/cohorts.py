"""How many learned, cohort by cohort: to scale from zero, and what each consisted of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts import Bars, Chart
from dashboard.charts.marks import (
    FORMS,
    draw_empty,
    draw_fold,
    format_share,
    format_signed,
    join_classes,
    make_chart,
    name_pillar_class,
)
from dashboard.charts.markup import Element, make_element
from dashboard.charts.theme import Palette
from dashboard.model import Row
from dashboard.model.quantity import Kind, Quantity, make_quantity
from dashboard.text.dates import format_partial_date
from dashboard.text.labels import distinguish_labels
from dashboard.text.messages import _, ngettext

MAX_COHORTS = 12


@dataclass(frozen=True)
class Cohort:
    """A training as it is drawn: its number, and what it consisted of."""

    row: Row
    label: str
    quantity: Quantity
    parts: str

    @property
    def act(self) -> str:
        return f"record=trainings.{self.row['training_id']}"


def draw_cohorts(
    trainings: Sequence[Row],
    parts: Mapping[str, Sequence[str]],
    colours: Palette,
    *,
    limit: int = MAX_COHORTS,
) -> Chart:
    """Draw a bar per cohort, the largest first and those without a number last; those after the first
    `limit` are folded.

    `trainings` are rows of the question trainings; `parts` are the titles of what they consisted
    of, by id. A cohort is called by its audience, or by its title where none is stated.
    """
    cohorts = _rank_cohorts(trainings, parts)
    sentence = describe_cohorts(cohorts)
    if not cohorts:
        return make_chart(draw_empty(sentence), sentence, [])
    largest = max((float(one.quantity.value or 0) for one in cohorts), default=0) or 1
    first = [_draw_cohort(one, largest) for one in cohorts[:limit]]
    rest = [_draw_cohort(one, largest) for one in cohorts[limit:]]
    fold = (
        draw_fold(
            ngettext("{n:,} more", "{n:,} more", len(rest)),
            make_element("ul", *rest, css="cohort-list"),
        )
        if rest
        else None
    )
    markup = make_element("div", make_element("ul", *first, css="cohort-list"), fold, css="cohorts")
    links = [(f"{one.label}: {format_signed(one.quantity)}", one.act) for one in cohorts]
    table = [_tabulate(one) for one in cohorts]
    return make_chart(markup, sentence, table, links, _list_bars(cohorts, colours))


def describe_cohorts(cohorts: Sequence[Cohort]) -> str:
    """Say which cohort is the largest, as far as it is known, and for how many it is not known."""
    if not cohorts:
        return _("No trainings were held")
    known = [one for one in cohorts if one.quantity.value is not None]
    if not known:
        return ngettext(
            "How many took part is not known for the one training",
            "How many took part is not known for any of {n:,} trainings",
            len(cohorts),
        )
    places = {"label": known[0].label, "number": known[0].quantity.words()}
    missing = len(cohorts) - len(known)
    if not missing:
        return _("The largest cohort: {label}, {number}", **places)
    return _(
        "The largest known cohort: {label}, {number}; the number is not known for {n:,} of {all:,}"
        " trainings",
        n=missing,
        all=len(cohorts),
        **places,
    )


def _rank_cohorts(trainings: Sequence[Row], parts: Mapping[str, Sequence[str]]) -> list[Cohort]:
    rows = {row["training_id"]: row for row in trainings}
    names = distinguish_labels(
        {i: row["audience"] or row["title"] for i, row in rows.items()},
        {i: row["title"] for i, row in rows.items()},
        {i: format_partial_date(row["period"]) for i, row in rows.items()},
    )
    cohorts = [
        Cohort(
            row,
            names[identity],
            _read_number(row),
            ", ".join(dict.fromkeys(parts.get(identity, ()))),
        )
        for identity, row in rows.items()
    ]
    return sorted(cohorts, key=_order)


def _read_number(row: Row) -> Quantity:
    return make_quantity(row["participants"], row["participants_kind"], bool(row["is_disputed"]))


def _order(cohort: Cohort) -> tuple[bool, float, str]:
    value = cohort.quantity.value
    return value is None, -float(value or 0), cohort.label


def _draw_cohort(cohort: Cohort, largest: float) -> Element:
    known = cohort.quantity.value is not None
    fill = join_classes("cohort-fill", FORMS.get(cohort.quantity.kind, ""))
    part = format_share(float(cohort.quantity.value or 0) / largest)
    bar = (
        make_element("span", css=fill, style={"--part": part}, aria_hidden="true")
        if known
        else make_element("span", css="cohort-unknown mark-hatched", aria_hidden="true")
    )
    number = make_element("strong" if known else "span", format_signed(cohort.quantity))
    disputed = make_element("small", _("sources differ")) if cohort.quantity.disputed else None
    measure = make_element(
        "span",
        bar,
        make_element("span", number, disputed, css="cohort-number"),
        make_element("span", cohort.parts, css="cohort-parts") if cohort.parts else None,
        css="cohort-measure",
    )
    name = make_element("a", cohort.label, css="cohort-name", act=cohort.act)
    pillar = name_pillar_class(cohort.row["pillar"])
    return make_element("li", name, measure, css=join_classes("cohort", pillar))


def _tabulate(cohort: Cohort) -> Row:
    return {
        "Cohort": cohort.label,
        "Training": cohort.row["title"],
        "Participants": cohort.quantity.words(),
        "Period": format_partial_date(cohort.row["period"]),
        "What it consisted of": cohort.parts,
    }


def _list_bars(cohorts: Sequence[Cohort], colours: Palette) -> Bars:
    """List what is known by kind; the words of each stand with its name."""
    names = {Kind.EXACT: _("Exact"), Kind.ABOUT: _("About"), Kind.AT_LEAST: _("At least")}
    tints = {
        Kind.EXACT: colours.accent,
        Kind.ABOUT: colours.tints[2],
        Kind.AT_LEAST: colours.tints[3],
    }
    found = [kind for kind in names if any(one.quantity.kind is kind for one in cohorts)]
    series = [
        (
            names[kind],
            [
                float(one.quantity.value or 0) if one.quantity.kind is kind else None
                for one in cohorts
            ],
            tints[kind],
        )
        for kind in found
    ]
    return Bars(
        [f"{one.label}: {format_signed(one.quantity)}" for one in cohorts],
        series or [(_("Known"), [None] * len(cohorts), colours.accent)],
        kinds=found or [Kind.UNKNOWN],
        says_amounts=True,
    )
