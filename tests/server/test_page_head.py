"""What a link says before it is opened, and who may show the dashboard in a frame."""

import html
import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard import ui
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.settings import Settings, SettingsError
from dashboard.model.sitemap import PAGES, UNFILTERED
from dashboard.server import link_preview, page_head
from dashboard.server.frontend import name_frontend
from dashboard.server.link_preview import PAGE_METRICS
from dashboard.store import Store, rollback
from tests.conftest import NOW, ROOT, publish_folder, replace_in, served_already
from tests.server.conftest import HOSTILE_TITLE, INDEX, site
from tests.support import old_links
from tests.support.asgi import ask

OURS = 3
"""Scripts that the head of a page with charts names beside Streamlit's: where the server is, and what
draws the charts.
"""


class Head(HTMLParser):
    """What a link preview reads."""

    def __init__(self, text):
        super().__init__()
        self.meta, self.links, self.title, self.scripts, self._in = {}, [], [], 0, ""
        self.sources = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self._in = tag
        self.scripts += tag == "script"
        self.sources += [found["src"]] if tag == "script" and "src" in found else []
        if tag == "meta":
            self.meta[found.get("name") or found.get("property")] = found.get("content")
        if tag == "link" and found.get("rel") == "alternate":
            self.links.append((found["type"], found["href"]))

    def handle_data(self, data):
        if self._in == "title":
            self.title.append(data)
            self._in = ""


def of(answer):
    return Head(answer.text)


@pytest.fixture(autouse=True)
def _fresh():
    page_head._build_cached_tags.cache_clear()


@pytest.fixture
def chosen(monkeypatch):
    """Settings for the time of a test."""

    def choose(**values):
        made = Settings(
            **(
                {
                    "name": "Data Science Center in Health",
                    "short_name": "DASH",
                    "organisation": "UMCG",
                }
                | values
            )
        )
        monkeypatch.setattr(settings, "current", lambda: made)
        monkeypatch.setattr(settings, "read_last_valid", lambda: made)

    return choose


@pytest.mark.matrix(6)
@pytest.mark.parametrize(
    ("link", "title"),
    [
        ("/", "Overview in 2025 · DASH"),
        ("/events?month=2025-05", "Events in May 2025 · DASH"),
        (
            "/events?month=2025-05&speaker=job-doornberg&role=keynote",
            "Events: Keynotes by Job Doornberg in May 2025 · DASH",
        ),
        ("/events?year=2025&kind=symposium", "Events: Symposiums in 2025 · DASH"),
        ("/trainings?year=all", "Trainings · DASH"),
        ("/records?tab=todo", "Records · DASH"),
        ("/publish", "New data · DASH"),
        ("/meetings", "Meetings · DASH"),
        ("/events/?year=2025", "Events in 2025 · DASH"),
        ("/events?year=2025&event=surgeons-days", "Surgeons' Days 2026 · Events in 2025 · DASH"),
        (
            "/projects?year=2025&project=dutch-ai-factory",
            "Dutch AI Factory · Projects in 2025 · DASH",
        ),
        ("/people?year=2025&person=job-doornberg", "Job Doornberg · People in 2025 · DASH"),
        (
            "/trainings?year=2025&why=training_participants",
            "Participants in trainings · Trainings in 2025 · DASH",
        ),
    ],
)
def test_the_title_says_what_the_link_shows(real_site, link, title):
    found = of(real_site(link))
    assert found.title == [title]
    assert found.meta["og:title"] == title
    assert found.meta["og:type"] == "website"
    assert "og:url" not in found.meta


def test_what_a_kind_is_called_does_not_decide_whether_the_page_is_named():
    chosen = Filters(year=2025, kind=("abroad",))
    view = SimpleNamespace(filters=chosen, labels={"kind": {"abroad": "Events abroad"}})
    assert link_preview._build_title(view, "events") == "Events: Events abroad in 2025"


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (
            "/?year=2025",
            "29 events, 12 trainings, about 589 participants (from 5 of 12 trainings, of which 1 disputed). As of 15 January 2026.",
        ),
        ("/events?month=2025-05", "4 events, 3 people. As of 15 January 2026."),
        (
            "/events?month=2025-05&level=phd",
            "4 events, 3 people. Not filtered by level. As of 15 January 2026.",
        ),
        (
            "/?year=2025&speaker=job-doornberg",
            "10 events, 12 trainings (not filtered by speaker), about 589 participants (from 5 of 12 trainings, of which 1 disputed; not filtered by speaker). As of 15 January 2026.",
        ),
        ("/records", "Every record, definition and source. As of 15 January 2026."),
        (
            "/events?candidate=0123456789abcdef",
            "Not published: records to look at before they are.",
        ),
    ],
)
def test_the_description_says_the_numbers_with_their_coverage(real_site, link, said):
    found = of(real_site(link))
    assert found.meta["description"] == found.meta["og:description"] == said


def test_every_page_has_a_head_and_the_rest_of_it_is_as_it_was(real_site):
    original = INDEX.read_bytes()
    for page in PAGES:
        answer = real_site(f"/{page}")
        assert answer.headers["content-length"] == str(len(answer.body))
        assert not {"etag", "last-modified", "accept-ranges"} & set(answer.headers)
        before, after = name_frontend(original).split(b"<title>Streamlit</title>")
        assert answer.body.startswith(before)
        assert answer.body.endswith(
            after.replace(b"</head>", page_head.build_preloads(page) + b"</head>")
        )
    assert set(PAGE_METRICS) | {"records", "publish", "meetings", "about"} == set(PAGES)


def test_pages_with_charts_load_what_draws_them_at_once_and_others_are_told_where_it_is(real_site):
    """Ours, and not the library that Streamlit brings, which is three times as long."""
    library = "./app/static/plotly/plotly-basic.min.js"
    for page in PAGES:
        head = of(real_site(f"/{page}"))
        named = [source.partition("?v=")[0] for source in head.sources]
        assert named.count(library) == (page not in UNFILTERED), page
        assert head.meta["dashboard-plotly"].partition("?v=")[0] == library
        assert "PlotlyChart" not in real_site(f"/{page}").text
    assert (Path(ui.__file__).parent / "static" / "plotly" / "plotly-basic.min.js").is_file()


def test_a_page_finds_its_server_and_its_style_sheet_beside_it(real_site):
    page = real_site("/events").body.decode()
    assert page.index("./app/static/backend.js") < page.index("</head>")
    static = Path(ui.__file__).parent / "static"
    for name in ("backend.js", *(sheet.name for sheet in sorted(static.glob("*.css")))):
        digest = sha256((static / name).read_bytes()).hexdigest()[:12]
        assert f'"./app/static/{name}?v={digest}"' in page


def test_a_head_request_has_the_length_of_the_page(real_site):
    get, asked = real_site("/events?year=2025"), real_site("/events?year=2025", method="HEAD")
    assert (asked.status, asked.body, asked.headers["content-length"]) == (
        200,
        b"",
        get.headers["content-length"],
    )


def test_a_page_is_never_taken_from_before_or_in_part(real_site):
    first = real_site("/events")
    for headers in ({"if_none_match": "*"}, {"range": "bytes=0-10"}, {"accept_encoding": "gzip"}):
        assert real_site("/events", **headers).body == first.body


def test_the_events_page_names_its_other_forms_with_the_same_filters(real_site):
    found = of(real_site("/events?month=2025-05&speaker=job-doornberg&event=x&period=bad"))
    query = "?month=2025-05&speaker=job-doornberg&lang=en"
    assert found.links == [
        ("text/calendar", f"./calendar.ics{query}"),
        ("text/csv", f"./api/rows/events.csv{query}"),
        ("application/ld+json", f"./api/rows/events.jsonld{query}"),
    ]
    for _, link in found.links:
        assert real_site(link.removeprefix(".")).status == 200
    assert of(real_site("/map?month=2025-05")).links == []
    assert (
        of(real_site("/events?period=this-year")).links[0][1].endswith("&period=this-year&lang=en")
    )


def test_a_pinned_link_is_described_by_its_own_version(serve, small, tmp_path):
    store = Store(tmp_path / "store")
    first = served_already(store, small)
    ask_site = serve(first)
    assert of(ask_site("/events?year=2025")).meta["description"].startswith("4 events")
    replace_in(small, "events", "2025-05-20,,cancelled", "2025-05-20,,held")
    publish_folder(store, small)
    assert of(ask_site("/events?year=2025")).meta["description"].startswith("5 events")
    pinned = of(ask_site(f"/events?year=2025&v={first.id}"))
    assert pinned.meta["description"].startswith("4 events")
    assert all(f"v={first.id}" in link for _, link in pinned.links)
    rollback(store, first.id, author="x", message="x", now=NOW)
    assert of(ask_site("/events?year=2025")).meta["description"].startswith("4 events")


def test_the_public_address_is_told_where_it_is_known(real_site, chosen):
    chosen(public_url="https://dash.example.org")
    found = of(real_site("/events?month=2025-05&text=a%26b&nonsense=1"))
    assert (
        found.meta["og:url"] == "https://dash.example.org/events?month=2025-05&text=a%26b&lang=en"
    )


def test_a_record_cannot_write_into_the_page(hostile, serve):
    answer = serve(hostile)("/events?year=2025&event=open-day")
    found = of(answer)
    assert found.title[0].startswith(HOSTILE_TITLE)
    assert html.escape(HOSTILE_TITLE) in answer.text
    assert found.scripts == Head(INDEX.read_text()).scripts + OURS


@pytest.mark.matrix(10)
@pytest.mark.parametrize(
    "link",
    old_links.HOSTILE_LINKS
    + [
        f"/events?text={v}&speaker={v}&event={v}"
        for v in (
            "<script>",
            '"><img src=x>',
            "'",
            "%3Cscript%3E",
            "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
            "%00%0d%0a",
        )
    ],
)
def test_a_query_cannot_write_into_the_page(real_site, link):
    query = link.partition("?")[2].encode("utf-8", "surrogatepass").decode("latin-1")
    answer = real_site(f"/events?{query}")
    assert answer.status == 200
    assert of(answer).scripts == Head(INDEX.read_text()).scripts + OURS
    assert not re.search(r"<(script>alert|img)", answer.text)
    assert answer.headers["content-length"] == str(len(answer.body))


def test_each_page_names_ahead_the_scripts_of_components_and_what_they_import():
    """Not those of panels, which most readers do not open."""
    page = Path(ui.__file__).parent / "components" / "page.js"
    assert "from './slides.js'" in page.read_text("utf-8")
    assert {script.rpartition("dashboard.")[2] for script in page_head.list_scripts()} == {
        "ask/ask.js",
        "connection/connection.js",
        "on_paper/on_paper.js",
        "page/page.js",
        "page/slides.js",
    }


def test_every_component_in_a_panel_is_there():
    assert all((page_head.COMPONENTS / f"{name}.js").is_file() for name in page_head.IN_PANELS)


def test_a_query_that_is_too_long_leaves_the_page_as_it_is(real_site):
    assert of(real_site("/events?text=" + "a" * 100_000)).title == ["Streamlit"]


def test_a_fault_leaves_the_page_without_a_preview(real_site, monkeypatch, capsys):
    def fail(*_):
        raise RuntimeError("somewhere")

    monkeypatch.setattr(page_head, "build_preview", fail)
    assert real_site("/events").body == name_frontend(INDEX.read_bytes()).replace(
        b"</head>", page_head.build_preloads("events") + b"</head>"
    )
    assert "no preview for events: RuntimeError" in capsys.readouterr().out


def test_what_is_no_page_is_left_alone(real_site):
    for path in ("/nothing-here", "/static/js/x.js", "/_stcore/health", "/events/more"):
        answer = real_site(path)
        assert answer.body == INDEX.read_bytes()
        assert "etag" in answer.headers


def test_previews_are_kept_for_a_while_and_not_for_ever(real_site):
    for _ in range(3):
        real_site("/events?month=2025-05")
    assert (
        page_head._build_cached_tags.cache_info().misses,
        page_head._build_cached_tags.cache_info().hits,
    ) == (1, 2)
    assert page_head._build_cached_tags.cache_info().maxsize == 500


def test_pages_under_a_path_have_their_head(serve, real):
    ask_site = serve(real, "/dash/")
    assert of(ask_site("/dash/events?month=2025-05")).title == ["Events in May 2025 · DASH"]
    assert (
        of(ask_site("/dash")).title == of(ask_site("/dash/")).title == ["Overview in 2025 · DASH"]
    )
    assert ask_site("/events").status == 404
    assert ask_site("/dash/health").status == 200


def test_an_application_that_is_mounted_somewhere_has_its_head(real, serve):
    serve(real)
    assert of(ask(site(), "/events?month=2025-05", root="/mounted")).title == [
        "Events in May 2025 · DASH"
    ]


# Frames
# -----------------------------------------------------------------------------------------------------

EVERYWHERE = [
    "/",
    "/events",
    "/api",
    "/api/rows/x",
    "/s/abcdefgh",
    "/calendar.ics",
    "/health",
    "/static/x.js",
    "/_stcore/health",
]


def framed_by(answer):
    return answer.headers["content-security-policy"].rpartition("; ")[2]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_nobody_else_may_show_the_dashboard_in_a_frame(real_site, path):
    answer = real_site(path)
    assert framed_by(answer) == "frame-ancestors 'self'"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", EVERYWHERE)
def test_sites_that_were_chosen_may_show_it(real_site, chosen, path):
    chosen(embed_on=("https://intranet.example.org", "https://board.example.org:8443"))
    answer = real_site(path)
    assert (
        framed_by(answer)
        == "frame-ancestors 'self' https://intranet.example.org https://board.example.org:8443"
    )
    assert "x-frame-options" not in answer.headers


def settings_with(tmp_path, line):
    text = (ROOT / "data" / "settings.toml").read_text("utf-8").replace("embed_on = []", line)
    (tmp_path / "settings.toml").write_text(text, "utf-8")
    return settings.load(tmp_path)


def test_settings_name_the_sites(tmp_path):
    assert settings_with(tmp_path, "").embed_on == ()
    assert settings_with(tmp_path, 'embed_on = ["https://a.example.org"]').embed_on == (
        "https://a.example.org",
    )


@pytest.mark.parametrize(
    "value",
    [
        '"https://a.example.org"',
        "[1]",
        '["http://a.example.org"]',
        '["https://a.example.org/"]',
        '["https://a.example.org/x"]',
        '["*"]',
        '["https://*.example.org"]',
        '["https://a; script-src *"]',
        r'["https://a\nX: y"]',
        '["https://u:p@a.org"]',
        '[""]',
        '["https://A.example.org"]',
        "true",
        "[\"'none'\"]",
        r'["https://a.org\n"]',
    ],
)
def test_what_is_no_site_is_refused_in_words(tmp_path, value):
    with pytest.raises(
        SettingsError, match=r"\[sharing\] embed_on must be a list of addresses without a path"
    ):
        settings_with(tmp_path, f"embed_on = {value}")


def test_settings_that_cannot_be_read_allow_nobody(real_site, monkeypatch):
    def fail():
        raise SettingsError("broken")

    monkeypatch.setattr(settings, "current", fail)
    monkeypatch.setattr(settings, "read_last_valid", fail)
    assert framed_by(real_site("/events")) == "frame-ancestors 'self'"
    assert of(real_site("/events")).title == ["Streamlit"]
    assert real_site("/api").status == 503
