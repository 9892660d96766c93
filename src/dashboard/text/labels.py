"""Names that tell one thing from another, and that fit where they stand."""

from collections.abc import Mapping, Sequence


def distinguish_labels(
    labels: Mapping[str, str], *parts: Mapping[str, str | None]
) -> dict[str, str]:
    """Make the labels of a list (by id) different: those that are equal get what tells them apart,
    the first of `parts` (a job title, a place) that does, else the id. Streamlit answers by label,
    and so do people.
    """
    found, ids = dict(labels), {identity: identity for identity in labels}
    for part in (*parts, ids, ids):  # a label may be what another one becomes
        for group in _group_equal(found):
            texts = {identity: (part.get(identity) or "").strip() for identity in group}
            if len({text.casefold() for text in texts.values()}) > 1:
                found |= {
                    identity: f"{labels[identity]} ({text or identity})"
                    for identity, text in texts.items()
                }
    return found


def distinguish_list(labels: Sequence[str], *parts: Sequence[str | None]) -> list[str]:
    """Make labels different that have no id but their place in the list: see distinguish_labels."""
    numbered = [{str(nr): text for nr, text in enumerate(part, start=1)} for part in parts]
    by_place = {str(nr): label for nr, label in enumerate(labels, start=1)}
    return list(distinguish_labels(by_place, *numbered).values())


def shorten(text: str, length: int) -> str:
    """Cut the text with an ellipsis where it is longer."""
    return text if len(text) <= length else text[: length - 1] + "…"


def _group_equal(labels: Mapping[str, str]) -> list[list[str]]:
    """Find the ids whose labels are equal, whatever the case."""
    groups: dict[str, list[str]] = {}
    for identity, label in labels.items():
        groups.setdefault(" ".join(label.split()).casefold(), []).append(identity)
    return [group for group in groups.values() if len(group) > 1]
