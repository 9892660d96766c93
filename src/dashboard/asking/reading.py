"""What was understood of a question, as plain values: the same for the page, the command line and the
API.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.model.filters import NO_FILTERS, Filters


@dataclass(frozen=True)
class Understood:
    """A phrase that was understood: its `words` as they were typed; the parameter of the URL that it
    became, `name` ("speaker", "month", "page", "compare"), or "metric" or "form"; its `values` as they
    stand there, and what they are called. `corrected` says that a name or word was spelt otherwise.
    """

    words: str
    name: str
    values: tuple[str, ...]
    label: str
    corrected: bool = False


@dataclass(frozen=True)
class Choice:
    """One of several readings that are offered, none of which was chosen: what it is called, the page,
    filters and other parameters to which it leads, and the number that answers it there.
    """

    label: str
    page: str
    filters: Filters
    extras: Mapping[str, str] = field(default_factory=dict)
    metric: str = ""


FORMS = ("count", "list", "when", "where", "who", "most", "trend", "compare", "definition")
"""What is asked: how many or how much; which; when; where; who; what has most (by `by`); how it went
from month to month or year to year (by `by`); how it differs from a year; what a word means.
"""


@dataclass(frozen=True)
class Reading:
    """What was understood of a question. `filters` are those that its words name, nothing else: a
    question without a period has none, and is answered in `year`, the one that is shown. `metric` is
    a name of METRICS, `form` one of FORMS, `by` the filter whose values are compared ("month",
    "speaker", "country") or empty. `rest` holds the words that were not understood, as typed, in their
    order; `choices` the readings between which the question does not decide.
    """

    query: str
    page: str = ""
    filters: Filters = NO_FILTERS
    extras: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None
    all_years: bool = False
    metric: str = ""
    form: str = "list"
    by: str = ""
    understood: tuple[Understood, ...] = ()
    rest: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
