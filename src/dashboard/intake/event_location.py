"""Where an event is, as a calendar says it in one line: a place, online, or both."""

import re
from typing import NamedTuple

ONLINE = re.compile(
    r"\b(teams|zoom|webex|skype|jitsi|bigbluebutton|gotomeeting|google"
    r" meet|gmeet|online|on-line|virtual|virtueel|digitaal"
    r"|livestream|webinar|videoconferen\w*|videobellen)(?!\w)|\bmicrosoft[ -]teams",
    re.IGNORECASE,
)
HYBRID = re.compile(r"\bhybr(id|ide)\b:?", re.IGNORECASE)
LINK = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)
ROUTE = re.compile(
    r"https?://(www\.)?(maps\.|goo\.gl/maps|maps\.app\.goo\.gl|[a-z.]*google\.[a-z.]+/maps|[a-z.]*openstreetmap\.|osm\.org"
    r"|bing\.com/maps)",
    re.IGNORECASE,
)
"""A link to a map shows the way to the place; nobody meets there."""
APART = re.compile(r"\s*(?:[;|/,+\n()\[\]]|\s[-–—&]\s|\s(?:and|en|und|or|of)\s)\s*", re.IGNORECASE)
ACCESS = re.compile(
    r"\b(meeting|vergader\w*|webinar)[ -]?(id|nummer)\b|\b(passcode|password|wachtwoord|pin)\b",
    re.IGNORECASE,
)


class EventLocation(NamedTuple):
    """The text that names the place, if any; and the attendance mode, where the calendar says one."""

    place: str | None
    mode: str | None


def find_location(location: str, *, meeting: bool = False) -> EventLocation:
    """Read what a location says. `meeting`: another property of the event says that it can be
    joined online.

    “UMCG; Microsoft Teams-vergadering” is mixed, at UMCG; “Zoom” is online; a place with a link
    behind it is mixed, unless the link is to a map.
    """
    links = LINK.findall(location)
    joined = meeting or any(not ROUTE.match(link) for link in links)
    text = LINK.sub(" ", location) if links else location
    hybrid, text = bool(HYBRID.search(text)), HYBRID.sub(" ", text)
    parts = [part for part in APART.split(text) if part.strip(" .:<>-")]
    physical = [part for part in parts if not (ONLINE.search(part) or ACCESS.search(part))]
    joined = joined or len(physical) < len(parts)
    place = _clean(", ".join(physical) if joined else text) if physical else ""
    if joined or links or hybrid:
        place = place.strip(" ;|/,+:<>()[]")
    return EventLocation(place or None, _find_mode(place, hybrid=hybrid, joined=joined))


def _clean(text: str) -> str:
    return " ".join(text.split())


def _find_mode(place: str, *, hybrid: bool, joined: bool) -> str | None:
    """Return the attendance mode; None where the calendar says none."""
    if hybrid or (joined and place):
        return "mixed"
    return "online" if joined else None
