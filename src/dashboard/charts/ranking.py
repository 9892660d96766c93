"""Which of many numbers stand out, as the sentence of a chart names them."""

from collections.abc import Iterable, Mapping

from dashboard.language.numbers import Number


def find_most(counts: Iterable[tuple[str, int]], limit: int = 2) -> tuple[list[str], int]:
    """Find the names with the highest count, and that count; no names where nothing stands out:
    more than `limit` have it, or it is one.
    """
    pairs = [(name, number) for name, number in counts if number]
    top = max((number for _, number in pairs), default=0)
    names = [name for name, number in pairs if number == top]
    return (names, top) if top > 1 and len(names) <= limit else ([], top)


def find_leading(numbers: Mapping[str, Number], limit: int = 2) -> list[str]:
    """Find the names with the highest numbers, at most `limit`, in order; none that another one
    equals which is left out.
    """
    ranked = sorted(numbers, key=lambda name: (-numbers[name], name))
    for size in range(min(limit, len(ranked)), 0, -1):
        if size == len(ranked) or numbers[ranked[size - 1]] > numbers[ranked[size]]:
            return ranked[:size]
    return []
