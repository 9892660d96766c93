"""Events and trainings as linked data: schema.org Event, and Course with CourseInstance of
Bioschemas.

What the records do not say is not there: nothing stands for “unknown”. A node names the profile
that it conforms to only where it has everything that the profile asks for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from dashboard.language.choice import PARAMETER
from dashboard.language.messages import ENGLISH, _, choose_term, current_language, speaking
from dashboard.model.filters import Filters
from dashboard.text.dates import format_partial_date
from dashboard.views.content.common import read_people_of
from dashboard.views.view import Answers, View, make_url_pairs, url

Node = dict[str, Any]
CONTEXT = ["https://schema.org/", {"dct": "http://purl.org/dc/terms/"}]
CONFORMS_TO = "http://purl.org/dc/terms/conformsTo"
PROFILE = "https://bioschemas.org/profiles/{}/1.0-RELEASE"
MINIMUM: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Course": ("@id", "name", "description", "keywords"),
        "CourseInstance": ("@id", "courseMode", "location"),
    }
)
"""What the profiles ask for at the least, beside @type and the profile itself."""
MODES = {"onsite": "Offline", "online": "Online", "mixed": "Mixed"}
SCHEDULED = {"held": "EventScheduled", "planned": "EventScheduled", "cancelled": "EventCancelled"}


def build_graph(
    view: View, table: str, base_address: str = "", limit: int | None = None, offset: int = 0
) -> Node:
    """Build a graph of the `events` or `trainings` of a view, to be written as JSON: of all, or of
    `limit` of them after `offset`. `base_address` is where the dashboard is reached; without one,
    ids are relative to the document and nodes have no url. It speaks the language of the view, and
    says so of words of ours. Raises KeyError for another table.
    """
    # asked for directly: so many rows are not kept for others
    asking = replace(view, answers=Answers())
    rows = asking.rows(table, limit=limit, offset=offset)
    with speaking(view.language):
        return {"@context": CONTEXT, "@graph": GRAPHS[table](asking, rows, base_address)}


def _say(words: str | None) -> str | Node | None:
    """Write words of ours, of which it is known in which language they are. (The property inLanguage of
    schema.org is the language of the event or the course itself, which no record says.)
    """
    if not words or current_language() == ENGLISH:  # what stands without a language is English
        return words
    return {"@value": words, "@language": current_language()}


def _events(view: View, rows: Sequence[Node], base: str) -> list[Node]:
    people: dict[str, list[Node]] = {}
    for row in read_people_of(view, rows):
        people.setdefault(row["event_id"], []).append(_performer(view, row))
    return [_event(view, row, people.get(row["event_id"], []), base) for row in rows]


def _event(view: View, row: Node, people: list[Node], base: str) -> Node:
    ends = row["date_precision"] == "day" or row["end_date"] != row["start_date"]
    mode = MODES.get(row["attendance_mode"] or "")
    ours = row["our_role"] in ("organised", "co-organised")
    return _known(
        {
            "@type": "Event",
            **_address(view, "events", row["year"], row["event_id"], base),
            "identifier": row["event_id"],
            "name": choose_term(row, "title"),
            "startDate": row["start_date"],
            "endDate": row["end_date"] if ends else None,
            "eventStatus": _schema(SCHEDULED.get(row["status"])),
            "eventAttendanceMode": _schema(f"{mode}EventAttendanceMode" if mode else None),
            "location": _where(row),
            "performer": people,
            "organizer": {"@type": "Organization", "name": view.settings.name} if ours else None,
            "superEvent": (
                {"@type": "Event", "name": row["host_event"]} if row["host_event"] else None
            ),
            "audience": _audience(row),
            "keywords": _labels(view, row, ("kind", "line", "pillar")),
        }
    )


def _performer(view: View, row: Mapping[str, Any]) -> Node:
    role = view.labels["role"].get(row["role"], row["role"])
    return {
        "@type": "PerformanceRole",
        "roleName": _say(role),
        "performer": {"@type": "Person", "name": row["name"]},
    }


def _audience(row: Node) -> Node | None:
    audience = choose_term(row, "audience")
    return {"@type": "Audience", "audienceType": audience} if audience else None


def _where(row: Node) -> Node | list[Node] | None:
    online = _online()
    if row["attendance_mode"] == "online":
        return online
    if not row["country"]:
        return online if row["attendance_mode"] == "mixed" else None
    address = _known(
        {"@type": "PostalAddress", "addressLocality": row["city"], "addressCountry": row["country"]}
    )
    place = _known({"@type": "Place", "name": row["venue"] or row["city"], "address": address})
    return [place, online] if row["attendance_mode"] == "mixed" else place


def _online() -> Node:
    return {"@type": "VirtualLocation", "name": _say(_("Online"))}


def _trainings(view: View, rows: Sequence[Node], base: str) -> list[Node]:
    parts: dict[str, list[str]] = {}
    for row in view.rows("training_parts", ids=[row["training_id"] for row in rows]):
        kind = view.terms.get("part-kind", {}).get(row["kind"], row["kind"])
        parts.setdefault(row["training_id"], []).append(f"{kind}: {row['title']}")
    return [_course(view, row, parts.get(row["training_id"], []), base) for row in rows]


def _course(view: View, row: Node, parts: list[str], base: str) -> Node:
    return _profiled(
        {
            "@type": "Course",
            **_address(view, "trainings", row["year"], row["training_id"], base),
            "identifier": row["training_id"],
            "name": choose_term(row, "title"),
            "description": _say(_description(view, row, parts)),
            "keywords": _labels(view, row, ("level", "discipline", "format", "line", "pillar")),
            "about": _labels(view, row, ("discipline", "line")),
            "educationalLevel": _labels(view, row, ("level",)),
            "audience": _audience(row),
            "hasCourseInstance": [_instance(view, row, base)],
        }
    )


def _instance(view: View, row: Node, base: str) -> Node:
    """Describe the one time that the course is on record. Its period is a start only where a month
    or a day is known; how many took part is not how many could have. Where it took place no record
    says, but for modules on the web.
    """
    period, online = row["period"] or "", row["format"] == "e-learning"
    address = _address(view, "trainings", row["year"], row["training_id"], base)
    return _profiled(
        {
            "@type": "CourseInstance",
            **address,
            "@id": f"{address['@id']}#instance",
            "name": choose_term(row, "title"),
            "eventStatus": _schema(SCHEDULED.get(row["status"])),
            "startDate": period if len(period) in (7, 10) else None,
            "endDate": period if len(period) == 10 else None,
            "courseMode": "online" if online else None,
            "location": _online() if online else None,
        }
    )


def _description(view: View, row: Node, parts: list[str]) -> str:
    said = [view.labels["format"].get(row["format"], row["format"])]
    if choose_term(row, "audience"):
        said.append(_("For: {audience}", audience=choose_term(row, "audience")))
    if row["period"]:
        said.append(_("Period: {period}", period=format_partial_date(row["period"])))
    if choose_term(row, "duration"):
        said.append(_("Length: {duration}", duration=choose_term(row, "duration")))
    return ". ".join([*said, *parts])


def _labels(view: View, row: Node, names: tuple[str, ...]) -> str | Node | None:
    found = [view.labels[name].get(row[name], row[name]) for name in names if row[name]]
    return _say(", ".join(dict.fromkeys(found)))


def _address(view: View, page: str, year: int | None, identity: str, base: str) -> Node:
    opened = {"event": identity} if page == "events" else {"record": f"trainings.{identity}"}
    if not base:
        return {"@id": f"#{page}.{identity}"}
    pins = {name: view.extras[name] for name in ("v", "on", "show") if name in view.extras}
    # a thing is the same one in every language; the page about it is not
    asked = {**opened, **pins}, {**opened, **pins, PARAMETER: view.language}
    here, shown = (base + url(page, make_url_pairs(Filters(year=year), one)) for one in asked)
    return {"@id": here, "url": shown}


def _profiled(node: Node) -> Node:
    node = _known(node)
    if all(name in node for name in MINIMUM[node["@type"]]):
        node[CONFORMS_TO] = {"@id": PROFILE.format(node["@type"]), "@type": "CreativeWork"}
    return node


def _schema(name: str | None) -> str | None:
    return f"https://schema.org/{name}" if name else None


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [])}


Graph = Callable[[View, Sequence[Node], str], list[Node]]
GRAPHS: Mapping[str, Graph] = MappingProxyType({"events": _events, "trainings": _trainings})
