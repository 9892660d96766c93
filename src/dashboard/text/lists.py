"""Lists as people write them."""

from collections.abc import Sequence

from babel.lists import format_list

from dashboard.language.messages import current_locale


def join_names(names: Sequence[str], last: str = "and") -> str:
    """Join names to a list: a; a and b; a, b and c; with `last="or"`: a, b or c."""
    return format_list(names, "or" if last == "or" else "standard", current_locale())
