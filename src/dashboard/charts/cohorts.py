"""How many learned, cohort by cohort: to scale from zero, and what each consisted of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts import Chart
from dashboard.charts.bar_rows import BarRow, draw_bar_rows, list_quantity_bars
from dashboard.charts.marks import draw_empty, format_signed, make_chart, say_value
from dashboard.charts.theme import Palette
from dashboard.language.messages import N_, Said, _, choose_term, choose_text, ngettext
from dashboard.model import Row
from dashboard.model.quantity import Kind, Quantity, make_quantity
from dashboard.text.dates import format_partial_date
from dashboard.text.labels import distinguish_labels

MAX_COHORTS = 12


@dataclass(frozen=True)
class Cohort:
    """A training as it is drawn: its number, what it consisted of, and when where that is to be said.
    `lang` is that of the label, where it is not the page's.
    """

    row: Row
    label: str
    quantity: Quantity
    parts: Said
    when: str = ""
    lang: str = ""

    @property
    def act(self) -> str:
        return f"record=trainings.{self.row['training_id']}"

    @property
    def bar(self) -> BarRow:
        """The cohort as a bar."""
        value, told = self.quantity.value, say_value(self.label, format_signed(self.quantity))
        parts = {} if value is None else {Kind(self.row["participants_kind"]): float(value)}
        pillar = self.row["pillar"] or ""
        return BarRow(
            self.label,
            self.quantity,
            self.act,
            told,
            self.when,
            pillar,
            parts,
            lang=self.lang,
            named=self.parts,
        )


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
    cohorts = rank_cohorts(trainings, parts)
    sentence = describe_cohorts(cohorts)
    if not cohorts:
        return make_chart(draw_empty(sentence), sentence, [])
    bars = [cohort.bar for cohort in cohorts]
    links = [(bar.told, bar.act) for bar in bars]
    table = [_tabulate(one) for one in cohorts]
    markup = draw_bar_rows(bars, limit)
    return make_chart(markup, sentence, table, links, list_quantity_bars(bars, colours))


def describe_cohorts(cohorts: Sequence[Cohort]) -> str:
    """Say which cohort is the largest as far as it is known, and of which period they are where it is
    one.
    """
    if not cohorts:
        return _("No trainings were held")
    known = [one for one in cohorts if one.quantity.value is not None]
    if not known:
        return ngettext(
            "How many took part is not known for the one training",
            "How many took part is not known for any of {n:,} trainings",
            len(cohorts),
        )
    periods = {one.row["period"] for one in cohorts}
    places = {
        "when": format_partial_date(cohorts[0].row["period"]),
        "label": known[0].label,
        "number": known[0].quantity.words(),
    }
    messages = {
        (True, True): N_("Cohorts, {when}: the largest is {label}, {number}"),
        (True, False): N_("Cohorts, {when}: the largest known is {label}, {number}"),
        (False, True): N_("Cohorts: the largest is {label}, {number}"),
        (False, False): N_("Cohorts: the largest known is {label}, {number}"),
    }
    return _(messages[len(periods) == 1, len(known) == len(cohorts)], **places)


def rank_cohorts(
    trainings: Sequence[Row], parts: Mapping[str, Sequence[str]] | None = None
) -> list[Cohort]:
    """Rank trainings by their number, the largest first and those without one last."""
    rows = {row["training_id"]: row for row in trainings}
    called = {i: name_cohort(row) for i, row in rows.items()}
    names = distinguish_labels(
        {i: text for i, (text, _lang) in called.items()},
        {i: choose_term(row, "title") for i, row in rows.items()},
        {i: format_partial_date(row["period"]) for i, row in rows.items()},
    )
    several = len({row["period"] for row in rows.values()}) > 1
    cohorts = [
        Cohort(
            row,
            names[identity],
            read_number(row),
            say_parts((parts or {}).get(identity, ())),
            format_partial_date(row["period"]) if several else "",
            # with words of ours behind it, it is not in one language
            called[identity].lang if names[identity] == called[identity].text else "",
        )
        for identity, row in rows.items()
    ]
    return sorted(cohorts, key=_order)


def name_cohort(row: Row) -> Said:
    """Name a training by its audience, or by its title where none is stated."""
    audience = choose_text(row, "audience")
    return audience if audience.text else choose_text(row, "title")


def say_parts(parts: Sequence[str]) -> Said:
    """Say what a training consisted of: titles as the source has them."""
    return choose_text({"title": ", ".join(dict.fromkeys(parts))}, "title")


def read_number(row: Row) -> Quantity:
    """Read the participants of a row of the question trainings."""
    return make_quantity(row["participants"], row["participants_kind"], bool(row["is_disputed"]))


def _order(cohort: Cohort) -> tuple[bool, float, str]:
    value = cohort.quantity.value
    return value is None, -float(value or 0), cohort.label


def _tabulate(cohort: Cohort) -> Row:
    return {
        _("Cohort"): cohort.label,
        _("Training"): choose_term(cohort.row, "title"),
        _("Participants"): cohort.quantity,
        _("Period"): format_partial_date(cohort.row["period"]),
        _("What it consisted of"): " · ".join(filter(None, (cohort.when, cohort.parts.text))),
    }
