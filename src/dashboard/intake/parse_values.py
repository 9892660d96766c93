"""How the cells of each form are read that are not in the form of the schema: as people write them."""

from collections.abc import Callable

from dashboard.intake.dates import as_date, as_period
from dashboard.intake.numbers import as_amount, as_count, as_degrees
from dashboard.intake.said import Dialect, Said
from dashboard.schema.folding import fold

__all__ = ["SPOKEN", "as_amount", "as_count", "as_date", "as_degrees", "as_period", "normal"]


def normal(name: str) -> str:
    """A name of a table or column as it is compared: lower case, words joined by underscores."""
    return "_".join(fold(name).replace("-", " ").replace("_", " ").replace("*", " ").split())


SPOKEN: dict[str, Callable[[str, Dialect], Said]] = {
    "date": as_date,
    "period": as_period,
    "count": as_count,
    "amount": as_amount,
    "double": as_degrees,
}
