"""Random and hostile query strings: nothing raises, nothing is reflected as markup, and a state
comes back from its link.

A fixed generator makes them: mutations of links that mean something, names and values of every
parameter, and noise. A few thousand here; 100,000 in make test-long, of which every twentieth asks
for the head of a page and every twentieth a route: those ask the store dozens of questions each.
Chosen cases: tests/views/test_view.py, tests/server/test_old_links.py.
"""

import random
import re
import string
from datetime import date
from html.parser import HTMLParser
from itertools import islice
from urllib.parse import quote

import pytest

from dashboard.model import settings
from dashboard.model.drill_down import format_drill_down as asked_for
from dashboard.model.filters import FIELDS, FILTER_NAMES, MAX_VALUES, Filters
from dashboard.model.periods import PERIODS, resolve_period
from dashboard.model.roles import Role
from dashboard.model.sitemap import PAGES
from dashboard.query import questions
from dashboard.query.metrics import METRICS
from dashboard.schema.contract import tables
from dashboard.server.auth_middleware import safe_next
from dashboard.server.page_head import build_preloads, insert_preview
from dashboard.views.view import EXTRAS, make_url_pairs, open_view, url
from tests.conftest import ROOT, Kept
from tests.server.conftest import INDEX, site
from tests.support import hostile, old_links
from tests.support.asgi import ask

TODAY = date(2026, 1, 15)
SETTINGS = settings.load(ROOT / "data")
NOISE = string.printable + "\x00\x7f\u202e\u2066\ufeff\ud800éß漢😀&=%+;#?/\\"
RAW = [
    *hostile.INLINE,
    *hostile.STARTS,
    *hostile.BREAKS,
    *(v for v in old_links.HOSTILE_VALUES if len(v) < 5000),
    "'\"><svg/onload=alert(1)>",
    "%3Cscript%3E",
    "%253Cscript%253E",
    "&lt;script&gt;",
    '"onmouseover=alert(1) x="',
    "9" * 50,
    "-0",
    "0x10",
    "2025-00",
    "2025-05-32",
    "all",
    "now",
    "true",
    "0000000000000000",
    "../" * 30,
]
ROUTES = (
    "/api/rows/events",
    "/api/rows/events.csv",
    "/api/rows/trainings.jsonld",
    "/api/rows/people",
    "/api/metrics",
    "/api/metrics.csv",
    "/api/ask",
    "/calendar.ics",
    "/api",
    "/health",
    "/s/{}",
    "/api/rows/{}",
    "/api/{}",
    "/{}",
)


class Links:
    """An endless row of query strings, the same for the same seed."""

    def __init__(self, version, seed):
        self.random = random.Random(seed)
        self.labels = questions.read_labels(version)
        self.version = version.id
        every = {name: questions.ids(version, name).to_pylist() for name in tables()}
        self.ids = {name: [i for i in found if EXTRAS["event"](i)] for name, found in every.items()}

    def __iter__(self):
        while True:
            yield self.query()

    def query(self):
        chosen = self.random.random()
        if chosen < 0.05:
            return "".join(self.random.choices(NOISE, k=self.random.randrange(200)))
        if chosen < 0.07:
            return self.random.choice(old_links.HOSTILE_LINKS).partition("?")[2][:3000]
        pairs = [self.pair() for _ in range(self.random.randrange(1, 9))]
        if chosen < 0.1:
            pairs *= self.random.choice([2, 30, 200])
        text = "&".join(f"{name}={value}" for name, value in pairs)
        return self.mutated(text) if chosen < 0.5 else text

    def pair(self):
        name = self.random.choice(
            [*FILTER_NAMES, *EXTRAS, *EXTRAS, "limit", "offset", "key", "embed"]
        )
        value = self.right(name) if self.random.random() < 0.55 else self.wrong()
        if self.random.random() < 0.05:
            name = self.random.choice(
                [name.upper(), f"{name}[]", f" {name}", self.wrong(), "__proto__", ""]
            )
        return quote(name, safe="[]_<>\"'", errors="surrogatepass"), self.coded(value)

    def coded(self, value):
        way = self.random.random()
        if way < 0.6:
            return quote(value, errors="surrogatepass")
        if way < 0.8:
            return quote(quote(value, errors="surrogatepass"))
        return value.encode("utf-8", "surrogatepass").decode("latin-1")

    def right(self, name):
        """A value that the parameter takes, of this version."""
        some = self.random.choice
        known = {
            "year": lambda: some(["all", "2024", "2025", "1900", "2099"]),
            "month": lambda: f"20{some('12')}{some('0123456789')}-0{some('123456789')}",
            "from": lambda: f"20{some('12')}{some('0123456789')}-0{some('123456789')}-15",
            "to": lambda: some(["2025-05-14", "2025-12-31", "1900-01-01"]),
            "text": lambda: some(["open", "school course", "Zoë", "x", "%"]),
            "find": lambda: some(["mueller", "café", "lab x"]),
            "event": lambda: some(self.ids["events"]),
            "project": lambda: some(self.ids["projects"]),
            "person": lambda: some(self.ids["people"]),
            "record": self.record,
            "edit": self.record,
            "why": self.why,
            "period": lambda: some(sorted(PERIODS)),
            "by": lambda: some(["format", "country", "null", "-"]),
            "compare": lambda: "2024",
            "table": lambda: some(sorted(tables())),
            "tab": lambda: some(["tables", "definitions", "sources", "todo"]),
            "candidate": lambda: some([self.version, "f" * 16]),
            "view": lambda: some(["world", "europe", "netherlands"]),
            "size": lambda: some(["events", "participants"]),
            "place": lambda: some(["antwerp-be", "online", "unknown"]),
            "chart": lambda: some(["by-month", "timeline"]),
            "v": lambda: some([self.version, "0" * 16]),
            "on": lambda: some(["2026-01-14", "2001-01-01", "2099-12-31"]),
            "show": lambda: "now",
            "meeting": lambda: "abcd2345",
            "since": lambda: some(["abcd2345", self.version, "2026-01-14"]),
            "step": lambda: some(["1", "12", "999"]),
            "present": lambda: "true",
            "lang": lambda: some(["nl", "en"]),
            "limit": lambda: some(["0", "1", "10000"]),
            "offset": lambda: some(["0", "7", "1000000000"]),
        }
        if name in known:
            return known[name]()
        return some(list(self.labels[name])) if self.labels.get(name) else "x"

    def record(self):
        table = self.random.choice([name for name in self.ids if self.ids[name]])
        return f"{table}.{self.random.choice(self.ids[table])}"

    def why(self):
        name = self.random.choice(["speaker", "month", "level", "pillar", "country"])
        return asked_for(self.random.choice(sorted(METRICS)), (name, self.right(name)))

    def wrong(self):
        if self.random.random() < 0.7:
            return self.random.choice(RAW)
        return "".join(self.random.choices(NOISE, k=self.random.choice([1, 3, 20, 201])))

    def mutated(self, text):
        """The text with some of its characters gone, doubled, swapped or changed."""
        found = list(text)
        for _ in range(self.random.randrange(1, 6)):
            at = self.random.randrange(len(found) + 1)
            what = self.random.randrange(4)
            if what == 0:
                del found[at : at + self.random.randrange(1, 5)]
            elif what == 1:
                found[at:at] = self.random.choices(NOISE, k=self.random.randrange(1, 4))
            elif what == 2:
                found[at:at] = found[at : at + 20]
            else:
                found[at : at + 1] = self.random.choice(
                    ["&", "=", "%", "%0", "%ff", ";", "#", "&&", "%00"]
                )
        return "".join(found)

    def state(self):
        """Filters and extras as a page can have them."""
        filters = Filters()
        for name in self.random.sample(FILTER_NAMES, self.random.randrange(len(FILTER_NAMES))):
            if name in FIELDS:
                days = {"from": date(2025, 3, 1), "to": date(2025, 6, self.random.randrange(1, 30))}
                filters = filters.with_(year=None, month=(), **{name: days[name]})
            elif name == "year":
                filters = filters.in_year(None).with_(year=self.random.randrange(1900, 2100))
            elif name == "month":
                months = {
                    f"{self.random.randrange(1900, 2100)}-{self.random.randrange(1, 13):02}"
                    for _ in range(3)
                }
                filters = filters.in_year(None).with_(month=tuple(sorted(months)))
            elif name == "text":
                filters = filters.with_(
                    text=" ".join(
                        self.random.choices(
                            ["a&b", "=", "é", "<b>", "%", "+", "漢", "#", "100%"], k=3
                        )
                    )
                )
            else:
                known = list(self.labels[name])
                many = self.random.randrange(1, min(len(known), MAX_VALUES) + 1) if known else 0
                filters = filters.with_(**{name: tuple(self.random.sample(known, many))})
        extras = {n: self.right(n) for n in EXTRAS if self.random.random() < 0.3}
        if "period" in extras and not ("v" in extras and (filters.year or filters.month)):
            on = (
                date.fromisoformat(extras["on"])
                if {"v", "on"} <= set(extras) and "show" not in extras
                else TODAY
            )
            filters = filters.in_year(None).with_(**resolve_period(extras["period"], on))
        return filters, extras


class Page(HTMLParser):
    """The elements of a page and their attributes."""

    def __init__(self, content):
        super().__init__()
        self.tags, self.handlers = [], []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


INDEX_PAGE = INDEX.read_bytes()
UNKNOWN = ["html", "head", "title", "body", "h1", "p", "p", "a"]
"""The page that says that a short link is not known."""
PLAIN = [tag for tag in Page(INDEX_PAGE).tags if tag not in ("meta", "link")]
NEEDING = [
    tag
    for tag in Page(INDEX_PAGE.replace(b"</head>", build_preloads("events") + b"</head>")).tags
    if tag not in ("meta", "link")
]


def opens(store, version, answers, query, page):
    """A link opens a view, whose own link opens the same."""
    link = f"/{page}?{query}"
    view = open_view(
        store, SETTINGS, link, TODAY, answers=answers, version=version, role=Role.VIEWER
    )
    assert all(notice.isprintable() and len(notice) < 300 for notice in view.notices), link
    written = view.link()
    assert written.isascii(), link
    assert not set(written) & set("<>\"'\\ \r\n\x00"), link
    again = open_view(
        store, SETTINGS, written, TODAY, answers=answers, version=version, role=Role.VIEWER
    )
    held = {name: value for name, value in view.extras.items() if value}
    assert (again.filters, dict(again.extras), again.link()) == (view.filters, held, written), link
    following = safe_next(link)
    assert following == "/" or following.startswith(f"/{page}"), link


def has_its_head(query, page):
    """The head of a page under a query has the elements of any other, and no handler."""
    content = insert_preview(INDEX_PAGE, page, query.encode("utf-8", "surrogatepass"))
    found = Page(content)
    assert [tag for tag in found.tags if tag not in ("meta", "link")] == PLAIN, query
    assert not found.handlers, query


def is_answered(app, query, route):
    """A route answers in its form, below 500, and gives nothing back as markup."""
    path = route.replace("{}", quote(query[:60].replace("/", ""), errors="surrogatepass"))
    answer = ask(app, f"{path}?{query}".replace("#", "%23"))
    assert answer.status < 500, (route, query)
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        page = Page(answer.body)
        assert not page.handlers, (route, query)
        assert [tag for tag in page.tags if tag not in ("meta", "link")] in (
            PLAIN,
            NEEDING,
            UNKNOWN,
        ), (route, query)
    else:
        assert answer.headers.get("x-content-type-options") == "nosniff", (route, query)
    assert "\n" not in answer.headers.get("location", "")


@pytest.fixture(scope="module")
def store(by_hand):
    return by_hand


@pytest.fixture
def app(store, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    return site()


def try_all(store, app, number, seed, *, every_head, every_route):
    version = store.open()
    links, answers, pages = Links(version, seed), Kept(), list(PAGES)
    for nr, query in enumerate(islice(links, number)):
        opens(store, version, answers, query, pages[nr % len(pages)])
        if nr % every_head == 0:
            has_its_head(query, pages[nr // every_head % len(pages)])
        if nr % every_route == 0:
            is_answered(app, query, ROUTES[nr // every_route % len(ROUTES)])


def test_a_thousand_random_and_hostile_links_open_a_page_and_show_nothing_of_themselves(store, app):
    try_all(store, app, 1000, 7, every_head=20, every_route=20)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_a_hundred_thousand_of_them_do(store, app, seed):
    try_all(store, app, 5000, 1000 + seed, every_head=20, every_route=20)


def comes_back(store, version, answers, links, page):
    filters, extras = links.state()
    link = url(page, make_url_pairs(filters, extras))
    view = open_view(
        store, SETTINGS, link, TODAY, answers=answers, version=version, role=Role.VIEWER
    )
    assert (view.filters, dict(view.extras)) == (filters, extras), link
    assert view.link() == link
    assert not [
        notice for notice in view.notices if "not understood" in notice or "left out" in notice
    ], link


def test_a_thousand_random_states_come_back_from_their_links(store):
    version = store.open()
    links, answers, pages = Links(version, 11), Kept(), list(PAGES)
    for nr in range(1000):
        comes_back(store, version, answers, links, pages[nr % len(pages)])


@pytest.mark.long
def test_fifty_thousand_random_states_come_back_from_their_links(store):
    version = store.open()
    links, answers, pages = Links(version, 12), Kept(), list(PAGES)
    for nr in range(50_000):
        comes_back(store, version, answers, links, pages[nr % len(pages)])


def test_the_links_name_every_parameter_and_are_right_and_wrong(store):
    made = list(islice(Links(store.open(), 7), 3000))
    names = {name for query in made for name in re.findall(r"(?:^|&)([a-z_]+)=", query)}
    assert names >= {*FILTER_NAMES, *EXTRAS}
    assert made == list(islice(Links(store.open(), 7), 3000))
    views = [
        open_view(
            store,
            SETTINGS,
            f"/events?{q}",
            TODAY,
            answers=Kept(),
            version=store.open(),
            role=Role.VIEWER,
        )
        for q in made[:100]
    ]
    assert 20 < sum(bool(view.notices) for view in views) < 100
    assert sum(len(view.filters.chosen) > 1 or bool(view.extras) for view in views) > 20
