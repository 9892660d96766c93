"""How the options of a filter are labelled, and which option a label means.

Streamlit answers with the label that was chosen, and gives it on as it is where no option is
labelled so by now: counts have changed, or a page was left while it was drawn. This is the one
place that goes from a label to its option.
"""

import re
from collections.abc import Mapping

LABEL = "{name} ({detail})"
"""`detail` is a count, or the dates of a period."""
_DETAIL = re.compile(re.escape(LABEL.format(name="", detail="@")).replace("@", "[^()]*") + "$")


def format_option(name: str, detail: object) -> str:
    """Return the label of an option: its name, and what stands behind it."""
    return LABEL.format(name=name, detail=detail)


def resolve_option(label: str, named: Mapping[str, str]) -> str | None:
    """Return the option that a widget means, by its id, or by its name with or without a detail;
    None where it may be none, or one of two.
    """
    if label in named:
        return label
    found = [one for one, name in named.items() if name in (label, _DETAIL.sub("", label))]
    return found[0] if len(found) == 1 else None
