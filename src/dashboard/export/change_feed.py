"""What changed, publication by publication, as a feed (Atom, RFC 4287) that programs follow.

Made by lxml, which is here for slides and documents and refuses what XML cannot hold. feedgen, the
library for feeds, is built on it too, had its last release in 2023, and would give ten elements.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock

from cachetools import LRUCache, cached
from lxml import etree

from dashboard.export.change_html import add_changes, add_link, write_html
from dashboard.export.digest import find_host
from dashboard.export.lost_choice import Lost
from dashboard.export.view_export import clean, clean_line, link_to
from dashboard.language.choice import PARAMETER
from dashboard.language.messages import _, ngettext, speaking
from dashboard.model.settings import local_day
from dashboard.publishing.since import Since, make_headline, write_text
from dashboard.store import Version
from dashboard.text.selection import describe_filters
from dashboard.views.content.changes import list_notes
from dashboard.views.resolve_since import read_history
from dashboard.views.view import View, make_url_pairs, url

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
PAGE, FILE = "changes", "changes.atom"
MAX_DAYS = 30
"""Days with a publication that are looked at: a feed has an entry for each that changed anything. Comparing
two versions takes a few tenths of a second, once for all who follow one selection.
"""


@dataclass(frozen=True)
class Step:
    """What a day of publications did: what was served before it, at the end of the day before, and at its
    own end, since a moment.
    """

    before: Version
    day_before: date
    after: Version
    moment: datetime

    def day(self, view: View) -> date:
        """The day, where the programme is."""
        return local_day(self.moment, view.settings)


@dataclass(frozen=True)
class Told:
    """What an entry says; `is_news` where anything changed under the filters."""

    title: str
    text: str
    html: str
    is_news: bool


def build_feed(view: View, base_address: str, lost: Lost = Lost.NOTHING) -> bytes:
    """Make the feed of the filters of a view, in its language: the last MAX_DAYS days on which
    anything was published, the newest first. `base_address` is where the dashboard is reached,
    without a slash at its end. What was asked for and is `lost` is said in an entry, as readers of a
    feed see nothing else. The same view gives the same bytes. Raises StoreError.
    """
    with speaking(view.language):
        steps = [] if lost is Lost.CHOICE else list(list_steps(view))
        told = [(step, _tell(view, step)) for step in steps]
        return _write(view, base_address, [one for one in told if one[1].is_news], lost)


def list_steps(view: View) -> Iterator[Step]:
    """List the days on which something else was served at the end than before, the newest first, up to
    what the view shows. What is not kept any more is passed over.
    """
    history = read_history(view.store, view.settings)
    ends: dict[date, tuple[datetime, str]] = {}
    for moment, version_id in history.served[: history.find_last_place(view.version.id) + 1]:
        ends[local_day(moment, view.settings)] = moment, version_id
    kept = (
        (moment, version)
        for moment, version_id in reversed([*ends.values()][-MAX_DAYS - 1 :])
        if (version := history.open(version_id))
    )
    later: tuple[datetime, Version] | None = None
    for moment, version in kept:
        if later and later[1].id != version.id:
            yield Step(version, local_day(moment, view.settings), later[1], later[0])
        later = moment, version


def _tell(view: View, step: Step) -> Told:
    """Say what a step changed under the filters of a view: once for all who ask."""
    return _tell_cached(view, step, *_identify(view, step))


def _identify(view: View, step: Step) -> tuple[object, ...]:
    days = step.day_before, step.day(view)
    return step.before.id, step.after.id, *days, view.filters, view.language, repr(view.settings)


@cached(LRUCache(2000), key=lambda _view, _step, *identity: identity, lock=Lock())
def _tell_cached(view: View, step: Step, *_identity: object) -> Told:
    since = view.answers.since(
        step.before, step.day_before, step.after, step.day(view), view.filters
    )
    notes = list(list_notes(since))
    inside = etree.Element("div", lang=view.language)
    add_changes(inside, since, notes, "h3")
    title = "".join(text for text, _strong in make_headline(since))
    text = write_text(since, notes=notes)
    return Told(clean_line(title), clean(text), write_html(inside), _is_news(since))


def _is_news(since: Since) -> bool:
    """Tell whether anything is told that is not merely about to end."""
    return bool(since.too_many) or any(one.kind != "deviation" for one in since.changes)


# The file
# ----------------------------------------------------------------------------------------------


def _write(view: View, base: str, told: Sequence[tuple[Step, Told]], lost: Lost) -> bytes:
    feed = etree.Element(
        f"{{{ATOM}}}feed",
        {"{http://www.w3.org/XML/1998/namespace}lang": view.language},
        nsmap={None: ATOM},
    )
    began = datetime.fromisoformat(view.version.manifest.time)
    latest = max((step.moment for step, _told in told), default=began)
    selection = (
        _("a choice that is not there any more")
        if lost is Lost.CHOICE
        else describe_filters(view.filters, view.labels, None)
    )
    programme = clean_line(view.settings.short_name)
    _add(feed, "id", _identify_feed(view, "feed" if lost is Lost.NOTHING else lost.value))
    _add(
        feed,
        "title",
        _(
            "What changed: {selection} · {programme}",
            selection=clean_line(selection),
            programme=programme,
        ),
    )
    _add(feed, "subtitle", _describe(view))
    _add(feed, "updated", _write_time(latest))
    _add(etree.SubElement(feed, f"{{{ATOM}}}author"), "name", clean_line(view.settings.name))
    if lost is Lost.NOTHING:
        # programs subscribe to this address instead: to one that follows something else
        _add(feed, "link", rel="self", type="application/atom+xml", href=base + _link(view, FILE))
    _add(feed, "link", rel="alternate", type="text/html", href=base + link_to(view))
    if lost is not Lost.NOTHING:
        _add_lost(feed, view, base, lost)
    for step, said in told:
        _add_entry(feed, view, base, step, said)
    written: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return written


def _add_entry(feed: etree._Element, view: View, base: str, step: Step, said: Told) -> None:
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", _identify_entry(view, step))
    _add(entry, "title", said.title)
    _add(entry, "updated", _write_time(step.moment))
    _add(
        entry,
        "link",
        rel="alternate",
        type="text/html",
        href=base + link_to(view, since=step.day_before.isoformat()),
    )
    _add(entry, "summary", said.text, type="text")
    _add(entry, "content", said.html, type="html")


def _add_lost(feed: etree._Element, view: View, base: str, lost: Lost) -> None:
    """Add the entry that says that something is lost. It does not say what, which may be the id of
    somebody who was forgotten, and keeps its id, so that it is told once.
    """
    said = [
        _("The address of this feed names something that is not in the records any more."),
        _("It tells nothing now, rather than what changed in everything.")
        if lost is Lost.CHOICE
        else _("It goes on with the rest of what was chosen."),
        _("Choose anew on the page Changes, and follow the feed of what you chose."),
    ]
    inside = etree.Element("div", lang=view.language)
    for text in said:
        etree.SubElement(inside, "p").text = text
    add_link(inside, _("What changed"), base + link_to(view))
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", _identify_feed(view, f"{lost.value}-lost"))
    _add(entry, "title", _("Part of what this feed follows is not there any more"))
    last, _version = read_history(view.store, view.settings).served[-1]
    _add(entry, "updated", _write_time(last))
    _add(entry, "link", rel="alternate", type="text/html", href=base + link_to(view))
    _add(entry, "summary", " ".join(said), type="text")
    _add(entry, "content", write_html(inside), type="html")


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = text or None


def _describe(view: View) -> str:
    """Say whose data these are, and how far back the feed goes."""
    said = ngettext(
        "The last {n} day on which {programme} published anything",
        "The last {n} days on which {programme} published anything",
        MAX_DAYS,
        programme=clean_line(view.settings.name),
    )
    return (
        _("Demo data: generated, not real records. {said}", said=said) if view.generated else said
    )


def _write_time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _link(view: View, page: str) -> str:
    """Write a link to another form of the same selection, without the key of who asks."""
    kept = {name: view.extras[name] for name in ("period", "v") if name in view.extras}
    return url(page, make_url_pairs(view.filters, {**kept, PARAMETER: view.language}))


def _identify_feed(view: View, name: str) -> str:
    """Make the id of a feed (a tag: URI, RFC 4151): of the programme, the filters and the language."""
    first = read_history(view.store, view.settings).served[0][0]
    return _write_tag(view, local_day(first, view.settings), name)


def _identify_entry(view: View, step: Step) -> str:
    """Make the id of an entry: of its day, whatever ids the versions have once a person was removed."""
    return _write_tag(view, step.day(view), "changes")


def _write_tag(view: View, day: date, name: str) -> str:
    selection = _link(view, name).removeprefix("/")
    return f"tag:{find_host(view)},{day.isoformat()}:{selection}"
