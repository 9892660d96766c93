"""Links of every form that a release has written or a reader may have kept, and what they must go
on to open.

Never change a line that is here: somebody has it in a report, a mail or a calendar. A new form gets
new lines.
"""

from dataclasses import dataclass, field
from datetime import date

from dashboard.model.filters import Filters


@dataclass(frozen=True)
class Old:
    """A link; the page, filters and extras that it opens on the shipped records; how many notices
    it gives. A link without year and month has the year 2025, the latest with events.
    """

    link: str
    page: str
    filters: Filters
    extras: dict[str, str] = field(default_factory=dict)
    notices: int = 0


Y = Filters(year=2025)
ALL = Filters()


def _one(name: str, *values: str, page: str = "events") -> Old:
    query = "&".join(f"{name}={value}" for value in values)
    return Old(f"/{page}?year=2025&{query}", page, Y.with_(**{name: values}))


def _extra(page: str, name: str, value: str, written: str = "") -> Old:
    return Old(f"/{page}?year=2025&{name}={written or value}", page, Y, {name: value})


FILTERS = [
    Old("/", "", Y),
    Old("/events", "events", Y),
    Old("/?year=2025", "", Y),
    Old("/?year=all", "", ALL),
    Old("/map?year=2025", "map", Y),
    Old("/events?month=2025-05", "events", Filters(month=("2025-05",))),
    Old("/events?month=2025-06&month=2025-05", "events", Filters(month=("2025-05", "2025-06"))),
    Old("/events?year=2025&month=2025-05", "events", Filters(month=("2025-05",))),
    Old("/events?year=2024&month=2025-05", "events", Filters(month=("2025-05",)), notices=1),
    Old("/events?year=all&month=2025-05", "events", Filters(month=("2025-05",))),
    Old(
        "/events?from=2025-03-01",
        "events",
        Filters(from_day=date(2025, 3, 1)),
    ),
    Old("/map?to=2025-06-15", "map", Filters(to_day=date(2025, 6, 15))),
    Old(
        "/?year=2025&from=2025-03-01&to=2025-06-15",
        "",
        Y.with_(from_day=date(2025, 3, 1), to_day=date(2025, 6, 15)),
    ),
    Old("/events?year=all&from=2025-03-01", "events", Filters(from_day=date(2025, 3, 1))),
    Old("/events?from=2025-06-15&to=2025-03-01", "events", Y, notices=1),
    Old("/events?to=2025-02-30", "events", Y, notices=1),
    _one("organisation", "hanze", "noorderpoort", page="projects"),
    Old("/events?speaker=job-doornberg", "events", Y.with_(speaker=("job-doornberg",))),
    Old(
        "/events?speaker=job-doornberg&month=2025-05&role=keynote",
        "events",
        Filters(month=("2025-05",), speaker=("job-doornberg",), role=("keynote",)),
    ),
    Old(
        "/events?month=2025-05&speaker=job-doornberg&text=hand+on+heart",
        "events",
        Filters(month=("2025-05",), speaker=("job-doornberg",), text="hand on heart"),
    ),
    Old("/events?text=hand%20on%20%20heart&year=all", "events", Filters(text="hand on heart")),
    Old("/events?country=PT&year=2025", "events", Y.with_(country=("PT",))),
    Old("/events?month=2025-07&country=AT", "events", Filters(month=("2025-07",), country=("AT",))),
    Old(
        "/people?year=2025&country=NL&role=keynote",
        "people",
        Y.with_(country=("NL",), role=("keynote",)),
    ),
    _one("speaker", "job-doornberg", "rozemarijn-vliegenthart"),
    _one("role", "keynote", "lecture"),
    _one("line", "elsa"),
    _one("line", "not-stated"),
    _one("pillar", "impact", "research"),
    _one("pillar", "not-stated"),
    _one("kind", "symposium", "conference"),
    _one("kind", "not-stated"),
    _one("country", "AT", "NL"),
    _one("city", "vienna-at", "groningen-nl"),
    _one("our_role", "organised", "contributed"),
    _one("our_role", "not-stated"),
    _one("status", "planned", "held"),
    _one("level", "phd", "master", page="trainings"),
    _one("level", "not-stated", page="trainings"),
    _one("discipline", "medicine", page="trainings"),
    _one("discipline", "not-stated", page="trainings"),
    _one("format", "e-learning", "curriculum", page="trainings"),
    _one("our_role", "recipient", page="projects"),
    Old(
        "/events?speaker=nobody&month=2025-13&country=AT&pillar=<img",
        "events",
        Y.with_(country=("AT",)),
        notices=3,
    ),
    Old("/events?year=2025&year=2025", "events", Y),
    Old("/events?year=2025&year=2024", "events", Y, notices=1),
    Old(
        "/events?speaker=job-doornberg&speaker=job-doornberg",
        "events",
        Y.with_(speaker=("job-doornberg",)),
    ),
    Old("/events?speaker=&month=&text=", "events", Y),
    Old("https://dash.example.org/events?year=2025", "events", Y),
    Old("http://127.0.0.1:8501/dash/map?year=all", "map", ALL),
    Old("/events/?year=2025", "events", Y),
    Old("/events?utm_source=mail&year=2025&embed=true", "events", Y),
]
EXTRAS = [
    _extra("events", "event", "ai-in-umcg-symposium"),
    _extra("projects", "project", "dutch-ai-factory"),
    _extra("projects", "project", "dash-programme-2022-2025"),
    _extra("people", "person", "rozemarijn-vliegenthart"),
    _extra("trainings", "record", "trainings.medicine-first-year"),
    _extra("events", "record", "places.umcg-groningen"),
    _extra("", "why", "events_held"),
    _extra("trainings", "why", "training_participants"),
    _extra("trainings", "why", "training_participants~level.phd"),
    _extra("people", "why", "contributions~speaker.job-doornberg~month.2025-05"),
    _extra(
        "people",
        "why",
        "contributions~speaker.job-doornberg~month.2025-05",
        "contributions%7Espeaker.job-doornberg%7Emonth.2025-05",
    ),
    _extra("projects", "why", "funding_received~our_role.recipient"),
    _extra("map", "why", "events_held~country.AT"),
    _extra("people", "by", "country"),
    _extra("people", "by", "line"),
    _extra("trainings", "by", "discipline"),
    _extra("review", "compare", "2024"),
    *(_extra("records", "tab", tab) for tab in ("tables", "definitions", "sources", "todo")),
    _extra("records", "table", "event_people"),
    _extra("records", "find", "doornburg"),
    _extra("records", "find", "hand on heart", "hand+on+heart"),
    _extra("publish", "edit", "trainings.summer-school"),
    *(_extra("map", "view", view) for view in ("world", "europe", "netherlands")),
    *(_extra("map", "size", size) for size in ("events", "participants")),
    _extra("map", "place", "groningen-nl"),
    _extra("map", "place", "vienna-at"),
    Old("/records?tab=definitions", "records", Y, {"tab": "definitions"}),
    Old(
        "/records?find=vliegthart&tab=tables&table=people",
        "records",
        Y,
        {"find": "vliegthart", "tab": "tables", "table": "people"},
    ),
    Old(
        "/map?year=2025&view=europe&size=participants&place=vienna-at",
        "map",
        Y,
        {"view": "europe", "size": "participants", "place": "vienna-at"},
    ),
    Old("/events?year=2025&event=", "events", Y, {}, notices=1),
    Old("/map?year=2025&view=mars", "map", Y, {}, notices=1),
    Old("/?year=2025&why=contributions~month.2025-13", "", Y, {}, notices=1),
    Old("/events?year=2025&candidate=0123456789abcdef", "events", Y, {}, notices=1),
]
HOSTILE_VALUES = [
    "x" * 100_000,
    "\x00",
    "a\x00b",
    "__proto__",
    "constructor",
    "javascript:alert(1)",
    "data:text/html,<script>",
    "//evil.example",
    "https://evil.example/",
    "\\\\evil\\share",
    "../../../etc/passwd",
    "{{7*7}}",
    "${7*7}",
    "<%= 7*7 %>",
    "{% import os %}",
    "%00",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; drop table views; --",
    "\u202eevil",
    "a\u2066b\u2069",
    "\r\nSet-Cookie: a=b",
    "\ud800",
    "\ufeff",
    "\u200b",
    "İ",
    "ﬁ",
    "１２３",
    "-1",
    "1e9",
    "NaN",
    "null",
    "undefined",
    "[object Object]",
    "a=b&c=d",
    "~~~~",
    "a.b.c~d",
    ".",
    "..",
    "a" * 201,
    "A",
    "é",
    "20\n25",
    "2025\n-05",
    "nl",
    "0" * 400,
    "=1+1",
    "@SUM(1)",
]
"""Values that no name of a link may take, but for the two that hold free text."""
HOSTILE_LINKS = [
    "/events?" + "&" * 100_000,
    "/events?" + "speaker=a&" * 5000,
    "/events?" + "a=1;" * 5000,
    "/events?%",
    "/events?%zz=%f&%%%",
    "/events?%ff%fe=%ff&speaker=%ff%fe",
    "/events?__proto__[x]=1&constructor=2",
    "//evil.example/events?year=2025",
    "javascript:alert(1)",
    "http://[::1/events?year=2025",
    "http://[bad]:x/?a",
    "/\\evil",
    "?",
    "",
    " ",
    "\x00",
    "#",
    "/#?year=2025",
    "/events?year=2025#<script>",
    "/events?speaker[]=a&speaker[0]=b",
    "/events?YEAR=2025&Speaker=job-doornberg",
    "\ud800?\udfff=\ud800",
    "/events?" + "year=2025&" * 999,
    "/" + "a/" * 10_000,
    "/events?v=../../x&candidate=../../x",
]
