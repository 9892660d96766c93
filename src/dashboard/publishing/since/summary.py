"""What changed since in one sentence, and in a text of a few lines: for the head of a page, minutes and
messages.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from dashboard.language.messages import N_, Words, _, emphasize, ngettext
from dashboard.publishing.since.changes import CORRECTED, HAPPENED, KNOWN, PARTS, WATCH, Change
from dashboard.publishing.since.find import Since
from dashboard.publishing.since.numbers import MovedNumber
from dashboard.publishing.since.sorts import Sort
from dashboard.text.counts import format_count
from dashboard.text.dates import format_day, format_day_of_month
from dashboard.text.sentences import lower_first

MAX_SAID = 12
"""Sentences of a part that stand in a text."""
TOLD_BY_EVENTS = ("events_held", "events_planned", "events_organised", "events_abroad")
"""Numbers that say no more than how many events were held and planned."""
HEADLINES = (
    N_("Since {day}: **{held} held**, **{planned} newly planned**; {number} **{step}**."),
    N_("Since {day}: **{held} held**, **{planned} newly planned**."),
    N_("Since {day}: **{held} held**; {number} **{step}**."),
    N_("Since {day}: **{planned} newly planned**; {number} **{step}**."),
    N_("Since {day}: {number} **{step}**; {second} **{second_step}**."),
    N_("Since {day}: {number} **{step}**."),
    N_("Since {day}: **{held} held**."),
    N_("Since {day}: **{planned} newly planned**."),
)
"""The first of these is said of which every place is known."""
PLACES = ("held", "planned", "number", "second")


def make_headline(since: Since) -> Words:
    """Say what weighs most: how many events were held and planned, and the number that moved."""
    places = dict(_find_places(since))
    for message in HEADLINES:
        if all(f"{{{name}}}" not in message or name in places for name in PLACES):
            return emphasize(message, **places)
    return _say_the_rest(since, places["day"])


def say_day(day: date, today: date) -> str:
    """Say the day since which: without its year where that is the present one."""
    return format_day_of_month(day) if day.year == today.year else format_day(day)


def _find_places(since: Since) -> Iterator[tuple[str, str]]:
    """Find what the headline may say."""
    yield "day", say_day(since.day_before, since.today)
    held, planned = (since.of_kind(kind, "events") for kind in ("held", "planned"))
    if held:
        yield "held", format_count(len(held), "event")
    if planned:
        # said alone, the number needs its noun
        noun = format_count(len(planned), "event")
        yield "planned", str(len(planned)) if held else noun
    names = (("number", "step"), ("second", "second_step"))
    for (name, step), number in zip(names, _list_telling(since), strict=False):
        yield name, lower_first(number.metric.label)
        yield (
            step,
            _("{before} → {after}", before=number.before.words(), after=number.after.words()),
        )


def _list_telling(since: Since) -> list[MovedNumber]:
    """List the numbers that moved by more than corrections; those that say no more than how many events
    were held or planned only where none was, so that nothing else tells them. Why a number moved that
    is not sorted, nobody knows: it may be news.
    """
    moved = [one for one in since.numbers if one.sort is not Sort.CORRECTED and one.difference]
    if since.of_kind("held", "events") or since.of_kind("planned", "events"):
        return [one for one in moved if one.metric.name not in TOLD_BY_EVENTS]
    return moved


def _say_the_rest(since: Since, day: str) -> Words:
    """Say what weighs most where no event and no number tells anything."""
    news = [one for one in since.changes if one.part in (HAPPENED, KNOWN)]
    if news:
        return emphasize(N_("Since {day}: **{sentence}**"), day=day, sentence=news[0].say())
    if corrected := since.part(CORRECTED):
        number = format_count(len(corrected), "correction")
        return emphasize(
            N_("Since {day} nothing happened but **{corrections}**."),
            day=day,
            corrections=number,
        )
    if watched := since.part(WATCH):
        number = format_count(len(watched), "matter")
        return emphasize(
            N_("Nothing changed since {day}; **{matters}** to watch."), day=day, matters=number
        )
    if others := sum(number for _table, number in since.others):
        number = format_count(others, "record")
        return emphasize(
            N_("Since {day} nothing changed but **{records}** in other tables."),
            day=day,
            records=number,
        )
    return emphasize(N_("Nothing changed since {day}."), day=day)


def list_parts(since: Since) -> dict[str, Sequence[Change]]:
    """List what is told under the heading of each part that has anything, in the reader's language."""
    found = {_(heading): since.part(name) for name, heading in PARTS.items()}
    return {heading: changes for heading, changes in found.items() if changes}


def write_text(
    since: Since, *, lead: Words = (), most: int = MAX_SAID, notes: Sequence[str] = ()
) -> str:
    """Write it as a text of lines, such as for minutes: the headline, or another `lead`, each part
    with its sentences, and what is to be noted.
    """
    lines = ["".join(text for text, _strong in lead or make_headline(since))]
    for heading, changes in list_parts(since).items():
        lines += ["", heading, *(f"– {one.say()}" for one in changes[:most])]
        if more := len(changes) - most if len(changes) > most else 0:
            lines.append(ngettext("– and {n:,} more", "– and {n:,} more", more))
    if notes:
        lines += ["", *notes]
    return "\n".join(lines)
