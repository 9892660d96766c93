"""How the cells of each form are read that are not in the form of the schema: as people write them."""

from collections.abc import Callable

from dashboard.intake.dates import parse_date, parse_period
from dashboard.intake.numbers import parse_amount, parse_count, parse_degrees
from dashboard.intake.parse_result import Dialect, ParsedValue
from dashboard.schema.folding import fold

__all__ = [
    "PARSERS",
    "normalize_name",
    "parse_amount",
    "parse_count",
    "parse_date",
    "parse_degrees",
    "parse_period",
]


def normalize_name(name: str) -> str:
    """Normalise a name of a table or column as it is compared: lower case, words joined by
    underscores.
    """
    return "_".join(fold(name).replace("-", " ").replace("_", " ").replace("*", " ").split())


PARSERS: dict[str, Callable[[str, Dialect], ParsedValue]] = {
    "date": parse_date,
    "period": parse_period,
    "count": parse_count,
    "amount": parse_amount,
    "double": parse_degrees,
}
