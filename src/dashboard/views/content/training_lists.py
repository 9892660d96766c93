"""The trainings of a view, sorted into what stands in bars, in rows and in folds; and as lists for
files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.cohorts import say_parts
from dashboard.language.messages import N_, Said, _, choose_term, choose_text, emphasize
from dashboard.query.comparison import compare_years, describe_cutoff
from dashboard.query.metrics import METRICS
from dashboard.query.provenance import format_place
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names
from dashboard.text.sentences import lower_first, raise_first
from dashboard.views.content import Line, Section
from dashboard.views.content.trainings_findings import E_LEARNING, HELD, select_held
from dashboard.views.view import View

MONTH_OR_DAY = (len("2025-05"), len("2025-05-14"))
"""How long a period is that a month can match."""
COMPARED = ("trainings_held", "training_participants", "modules_developed")
MODULES, NOT_KNOWN, NOT_HELD = "modules", "not-known", "not-held"
"""The keys of the sections of e-learning, of trainings without a number, and of those not held."""
TITLE_PREFIX = "E-learning: "
"""What the titles of modules in the records begin with, as their heading does; not repeated."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class TrainingLists:
    """Trainings and what is said of them: `parts` what each consisted of and `claims` what sources say
    of a change, by id.
    """

    trainings: Sequence[Row]
    parts: Mapping[str, Sequence[str]]
    claims: Mapping[str, Sequence[Row]]

    @classmethod
    def read(
        cls, view: View, trainings: Sequence[Row], parts: Mapping[str, Sequence[str]]
    ) -> "TrainingLists":
        """Read what is said of trainings of a view."""
        claims: dict[str, list[Row]] = {}
        for claim in view.rows("claims_of_change"):
            claims.setdefault(claim["record_id"], []).append(claim)
        return cls(trainings, parts, claims)

    @property
    def cohorts(self) -> list[Row]:
        """Held trainings whose number is known, and the others of the same periods: they stand in
        bars beside each other.
        """
        held = select_held(self.trainings)
        periods = {t["period"] for t in held if t["participants"] is not None}
        return [t for t in held if t["period"] in periods]

    @property
    def unnumbered(self) -> list[Row]:
        """Held trainings of periods of which no number is known: they are rows."""
        drawn = {t["training_id"] for t in self.cohorts}
        found = [t for t in select_held(self.trainings) if t["training_id"] not in drawn]
        return sorted(found, key=lambda training: (training["title"], training["training_id"]))

    @property
    def modules(self) -> list[Row]:
        """E-learning modules."""
        return [t for t in self.trainings if t["format"] == E_LEARNING]

    @property
    def not_held(self) -> list[Row]:
        """Trainings that are planned or were cancelled."""
        return [t for t in self.trainings if t["status"] != HELD and t["format"] != E_LEARNING]

    def find_claims(self, training: Row) -> Sequence[Row]:
        """Find what sources say of a change of a training."""
        return self.claims.get(training["training_id"], ())


def list_sections(view: View, lists: TrainingLists) -> tuple[Section, ...]:
    """List for files what the page shows as rows and folds."""
    return (
        *_list_unnumbered(lists),
        *compare_with_year_before(view, lists.claims),
        *list_modules(view, lists.modules),
        *_list_not_held(view, lists),
    )


def head_unnumbered(lists: TrainingLists) -> str:
    """Say of which period the trainings without a number are, where it is one."""
    periods = {training["period"] for training in lists.unnumbered}
    if len(periods) == 1 and len(period := next(iter(periods)) or "") == len("2025"):
        return _("Held in {year}, number of people not known", year=period)
    return _("Held, number of people not known")


def tell_training(lists: TrainingLists, training: Row) -> list[Said]:
    """Tell of a training without a number what a source says of a change, else how long it was and
    what it consisted of.
    """
    if claims := lists.find_claims(training):
        return [Said(quote_briefly(claims))]
    parts = say_parts(lists.parts.get(training["training_id"], ()))
    return [said for said in (choose_text(training, "duration"), parts) if said.text]


def describe_training(lists: TrainingLists, training: Row) -> str:
    """Describe the same in one text."""
    return " · ".join(said.text for said in tell_training(lists, training))


def quote_briefly(claims: Sequence[Row]) -> str:
    """Quote the first claim of a change as what it is: a claim, and no number."""
    places = {"stated": claims[0]["stated"], "source": claims[0]["source"]}
    if claims[0]["participants"] is not None:
        return _("“{stated}”, says {source}", **places)
    return _("“{stated}”, says {source}; no number is recorded", **places)


def _list_unnumbered(lists: TrainingLists) -> tuple[Section, ...]:
    lines = [_name_unnumbered(lists, training) for training in lists.unnumbered]
    number = format_count(len(lines), "training")
    words = N_("**{trainings}** were held of which the number of people is not known")
    sentence = emphasize(words, trainings=number)
    heading = head_unnumbered(lists)
    return (Section(heading, lines, key=NOT_KNOWN, sentence=sentence),) if lines else ()


def _name_unnumbered(lists: TrainingLists, training: Row) -> Line:
    title, lang = choose_text(training, "title")
    notes = choose_term(training, "audience"), describe_training(lists, training)
    link = f"record=trainings.{training['training_id']}"
    return Line(title, "; ".join(filter(None, notes)), link, lang=lang)


def _list_not_held(view: View, lists: TrainingLists) -> tuple[Section, ...]:
    statuses = view.terms["training-status"]
    lines = [make_line(training, statuses) for training in lists.not_held]
    return (Section(_("Planned or cancelled"), lines, key=NOT_HELD),) if lines else ()


def make_line(training: Row, statuses: Mapping[str, str]) -> Line:
    """Make the line of a training with its status."""
    title, lang = choose_text(training, "title")
    status = lower_first(statuses.get(training["status"], training["status"]))
    return Line(title, status, f"record=trainings.{training['training_id']}", lang=lang)


def compare_with_year_before(
    view: View, claims: Mapping[str, Sequence[Row]]
) -> tuple[Section, ...]:
    """Say how the numbers changed against the year before, or why that cannot be said, and what
    sources say of it.
    """
    year = view.filters.whole_year
    if not year:
        return ()
    before = year - 1
    compared = compare_years(view, COMPARED, view.filters, before, view.today)
    lines = [Line(METRICS[name].label, words) for name, words in compared.items()]
    heading = _(
        "Compared with {year}{cutoff}",
        year=before,
        cutoff=describe_cutoff(year, before, view.today),
    )
    return (Section(heading, [*lines, *list_claims(claims)], key="compared"),)


def list_claims(claims: Mapping[str, Sequence[Row]]) -> list[Line]:
    """List what sources say of a change without numbers: a claim, not a quantity."""
    return [
        Line(
            _(
                "{source} says of {training}",
                source=of[0]["source"],
                training=choose_term(of[0], "label"),
            ),
            _quote(of),
            f"record=trainings.{identity}",
        )
        for identity, of in claims.items()
    ]


def _quote(claims: Sequence[Row]) -> str:
    words = join_names(
        [_("“{stated}” ({place})", stated=c["stated"], place=format_place(c)) for c in claims]
    )
    if claims[0]["participants"] is not None:
        return words
    return _("{quotes}; the number itself is not recorded", quotes=words)


def count_left_out(view: View) -> int:
    """Count the trainings and modules that no month can match, because their period is a year; none
    where no months are chosen.
    """
    if not view.filters.month:
        return 0
    years = sorted({int(month[:4]) for month in view.filters.month})
    rows = [
        row
        for year in years
        for row in view.rows("trainings", view.filters.with_(month=(), year=year))
    ]
    return len([row for row in rows if len(row["period"] or "") not in MONTH_OR_DAY])


def list_modules(view: View, modules: Sequence[Row]) -> tuple[Section, ...]:
    """List e-learning modules, by status."""
    heading = _("E-learning: {modules}", modules=format_count(len(modules), "module"))
    by_status = {
        status: [t for t in modules if t["status"] == status]
        for status in view.terms["training-status"]
    }
    return tuple(
        Section(
            heading,
            [_name_module_line(module) for module in mine],
            str(view.terms["training-status"][status]),
            key=MODULES,
        )
        for status, mine in by_status.items()
        if mine
    )


def _name_module_line(module: Row) -> Line:
    title, lang = name_module(module)
    return Line(title, link=f"record=trainings.{module['training_id']}", lang=lang)


def name_module(module: Row) -> Said:
    """Name a module as it stands under the heading E-learning."""
    title, lang = choose_text(module, "title")
    return Said(raise_first(title.removeprefix(TITLE_PREFIX)), lang)
