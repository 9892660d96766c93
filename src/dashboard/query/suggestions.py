"""What somebody may be looking for, while they type: records by the beginnings of their names and titles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.language.messages import choose_term
from dashboard.model.filters import NO_FILTERS
from dashboard.query import questions
from dashboard.query.names import load_names
from dashboard.query.part_index import FIRST_LETTER, LAST_LETTER
from dashboard.query.questions import Row
from dashboard.schema.folding import fold_words
from dashboard.store import Version
from dashboard.text.countries import is_named_after, name_country
from dashboard.text.counts import format_count
from dashboard.text.dates import format_partial_date
from dashboard.text.records import format_event_dates, format_event_place, format_project_period

SHORTEST = 2
"""Letters from which on there are suggestions: of one there are too many to choose."""
MAX_LENGTH, MAX_WORDS = 200, 6
SHORTEST_BEGINNING = 3
"""Letters by which words of titles are found: of two letters only the very word, of which there may
be many thousands in large data.
"""
MAX_TITLES = 50
"""Events of a word whose titles are read to look for the other words in them."""
MAX_ROWS = 4 * MAX_TITLES
"""An event is found once for each of its words that begins so."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "people": ("people",),
    "events": (),
    "projects": ("projects",),
    "trainings": ("trainings",),
    "series": ("series",),
    "places": ("cities", "countries", "places"),
    "organisations": ("organisations",),
}
"""The groups in the order in which they are shown, each with the tables of its names."""
TITLES = ("title", "title_nl", "title_en", "short_title", "short_title_nl", "host_event")


@dataclass(frozen=True)
class Suggestion:
    """A record that may be meant. `table` and `id` are as of a NameHit, or "events" and the id of the
    event; `label` is what it is called in the reader's language, and `detail` what tells two of one
    name apart: "10 events", "27 March 2025 · Amsterdam, NL"; it may be empty.
    """

    table: str
    id: str
    label: str
    detail: str


@dataclass(frozen=True)
class Group:
    """Suggestions of one kind; `name` is one of GROUPS."""

    name: str
    suggestions: tuple[Suggestion, ...]


def suggest(version: Version, text: str, today: date, limit: int = 5) -> tuple[Group, ...]:
    """Suggest records of whose names or titles a text has the words, the last one as far as it is
    typed; where there is none at all, those that are nearest. Groups without any are left out; of each
    at most `limit` come, the clearest first. What goes on `today` comes before what is over or yet
    to come.

    Takes any text. Raises as questions.run.
    """
    words = fold_words(text[:MAX_LENGTH]).split()[:MAX_WORDS]
    if not words or max(map(len, words)) < SHORTEST:
        return ()
    names = load_names(version)
    named, events = names.complete(words, limit), _find_titled(version, words, limit)
    if not named and not events:
        named = names.find_rows(words, limit)
        nearest = [next(iter(names.nearest_words(word)), word) for word in words]
        events = _find_titled(version, nearest, limit) if nearest != words else []
    found = {
        name: [
            _suggest_record(row) for table in tables for row in _rank(named.get(table, ()), today)
        ]
        for name, tables in GROUPS.items()
    }
    found["places"] = _drop_repeated(found["places"])
    found["events"] = [_suggest_event(event) for event in events]
    return tuple(Group(name, tuple(some[:limit])) for name, some in found.items() if some)


def match_labels(labels: Mapping[str, str], text: str, limit: int = 5) -> tuple[str, ...]:
    """Find the ids of labels (pages, definitions) in which every word of a text begins a word: those
    that begin with the text first, else in their own order. None for an empty text.
    """
    typed = fold_words(text[:MAX_LENGTH])
    folded = {identity: fold_words(label) for identity, label in labels.items()}
    found = [identity for identity, label in folded.items() if typed and _has_words(label, typed)]
    return tuple(sorted(found, key=lambda one: not folded[one].startswith(typed))[:limit])


def _has_words(folded: str, typed: str) -> bool:
    return all(f" {word}" in f" {folded}" for word in typed.split())


# Names
# ------------------------------------------------------------------------------------------------


def _rank(rows: Sequence[Row], today: date) -> list[Row]:
    """Put what goes on today first; what has no dates stays where it is."""
    return sorted(rows, key=lambda row: not _goes_on(row, today.isoformat()))


def _goes_on(row: Row, today: str) -> bool:
    start, end = row["start_date"], row["end_date"]
    return bool(start and start <= today and (not end or end >= today[: len(end)]))


def _suggest_record(row: Row) -> Suggestion:
    table = row["table_name"]
    label = name_country(row["id"]) if table == "countries" else choose_term(row, "label")
    return Suggestion(table, row["id"], label, " · ".join(filter(None, _describe(row))))


def _drop_repeated(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Leave out a country that is called as its city and has no other events: Hong Kong."""
    found: dict[tuple[str, str], Suggestion] = {}
    for suggestion in suggestions:
        found.setdefault((suggestion.label, suggestion.detail), suggestion)
    return list(found.values())


def _describe(row: Row) -> Iterator[str]:
    match row["table_name"]:
        case "projects":
            yield format_project_period(row)
        case "series" | "trainings":
            yield format_partial_date(row["start_date"]) if row["start_date"] else ""
        case "cities":
            named_after = is_named_after(row["apart"], row["label"])
            yield "" if named_after else name_country(row["apart"])
            yield format_count(row["events"], "event")
        case "organisations":
            yield format_count(row["events"], "event") if row["events"] else ""
        case _:
            yield row["apart"] or ""
            yield format_count(row["events"], "event")


# Events
# ------------------------------------------------------------------------------------------------


def _find_titled(version: Version, words: Iterable[str], limit: int) -> list[Row]:
    """Find the events with a word of each beginning in a title. Of the word that fewest events have
    the titles are read: they are all there, or the latest of very many.
    """
    parts = [part for word in words for part in word.split()]
    lists = [_list_ids(version, part) for part in dict.fromkeys(parts)]
    rarest = min(lists, key=len)[:MAX_TITLES]
    if not rarest:
        return []
    order = {identity: nr for nr, identity in enumerate(rarest)}
    events = questions.rows(version, "titled_events", NO_FILTERS, ids=list(order))
    events.sort(key=lambda event: order[event["event_id"]])
    return [event for event in events if _has_words(_fold_titles(event), " ".join(parts))][:limit]


def _list_ids(version: Version, word: str) -> list[str]:
    beyond = word + (LAST_LETTER if len(word) >= SHORTEST_BEGINNING else FIRST_LETTER)
    found = questions.rows(
        version, "titles_with", NO_FILTERS, word=word, beyond=beyond, limit=MAX_ROWS
    )
    return list(dict.fromkeys(row["event_id"] for row in found))


def _fold_titles(event: Row) -> str:
    return " ".join(fold_words(event[name]) for name in TITLES if event[name])


def _suggest_event(event: Row) -> Suggestion:
    detail = f"{format_event_dates(event)} · {format_event_place(event)}"
    return Suggestion("events", event["event_id"], choose_term(event, "title"), detail)
