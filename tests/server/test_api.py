"""The API: the answers of the pages, in every form, and nothing else whatever is asked."""

import csv
import io
import json
import re
import sqlite3
from datetime import date
from decimal import Decimal
from urllib.parse import quote, urlencode

import pandas as pd
import pytest

from dashboard.export.as_json import to_json
from dashboard.model.filters import Filters
from dashboard.query import metrics, questions
from dashboard.shares import SharesDb, shorten
from dashboard.store import Store
from tests.conftest import ROOT, publish_folder, replace_in, served_already
from tests.records import independent
from tests.server.conftest import site
from tests.support import old_links
from tests.support.asgi import ask

TABLES = ["events", "trainings", "projects", "funding", "people", "series"]
QUERIES = [
    "",
    "year=all",
    "month=2025-05",
    "year=2025&country=NL&country=AT",
    "speaker=job-doornberg",
    "line=elsa&year=all",
    "level=phd",
    "text=ai&year=2025",
    "our_role=organised",
    "pillar=not-stated",
    "from=2025-03-01&to=2025-06-15",
    "organisation=hanze&organisation=umcg&from=2025-02-01",
    "period=last-year",
    "format=e-learning",
]


def filters_of(answer):
    values: dict = {}
    for name, value in answer.json["filters"]:
        values.setdefault(name, []).append(value)
    year = values.get("year", [None])[0]
    days = {n: date.fromisoformat(values[n][0]) for n in ("from", "to") if n in values}
    return Filters(
        year=None if year in (None, "all") else int(year), text=values.get("text", [""])[0]
    ).with_(
        **days,
        **{
            n: tuple(v)
            for n, v in values.items()
            if n not in ("year", "from", "to", "text", "period")
        },
    )


@pytest.mark.matrix(18)
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("table", TABLES)
def test_rows_are_those_of_the_command_line_as_json_and_as_csv(real_site, real, table, query):
    answer = real_site(f"/api/rows/{table}?{query}")
    assert (answer.status, answer.headers["content-type"], answer.json["version"]) == (
        200,
        "application/json",
        real.id,
    )
    expected = json.loads(to_json(questions.records(real, table, filters_of(answer))))
    assert answer.json["rows"] == expected
    assert (answer.json["total"], answer.json["next"]) == (len(expected), None)
    read = list(csv.DictReader(io.StringIO(real_site(f"/api/rows/{table}.csv?{query}").text)))
    assert [next(iter(row.values())) for row in read] == [
        next(iter(row.values())) for row in expected
    ]


@pytest.mark.parametrize(
    ("query", "column", "value"),
    [("month=2025-05", "start_date", "2025-05"), ("year=2025", "start_date", "2025")],
)
def test_events_are_those_that_pandas_finds_in_the_records(real_site, real, query, column, value):
    found = pd.read_csv(real.records / "events.csv", dtype=str, keep_default_na=False)
    expected = set(found[found[column].str.startswith(value)]["event_id"])
    assert {
        row["event_id"] for row in real_site(f"/api/rows/events?{query}").json["rows"]
    } == expected


@pytest.fixture(scope="module")
def tables(real):
    return independent.read(real.records, 5)


@pytest.mark.matrix(4)
@pytest.mark.parametrize("query", QUERIES)
def test_numbers_are_those_that_pandas_finds(real_site, tables, query):
    answer = real_site(f"/api/metrics?{query}")
    filters = filters_of(answer)
    assert [row["name"] for row in answer.json["rows"]] == list(metrics.METRICS)
    for row in answer.json["rows"]:
        expected = independent.number(tables, row["name"], filters)
        value = None if expected.value is None else Decimal(str(expected.value))
        assert (None if row["value"] is None else Decimal(str(row["value"]))) == value, row["name"]
        assert row["kind"] == expected.kind.value
    read = {
        row["name"]: row
        for row in csv.DictReader(io.StringIO(real_site(f"/api/metrics.csv?{query}").text))
    }
    for row in answer.json["rows"]:
        assert read[row["name"]]["value"] == ("" if row["value"] is None else str(row["value"]))
        assert read[row["name"]]["ignored_filters"] == "; ".join(row["ignored_filters"])


def test_an_answer_says_what_it_is(real_site, real):
    found = real_site("/api/rows/events?month=2025-05&speaker=job-doornberg").json
    assert found["as_of"] == real.manifest.time
    assert found["filters"] == [["month", "2025-05"], ["speaker", "job-doornberg"]]
    assert found["in_words"] == "Events with Job Doornberg in May 2025"
    assert (found["generated"], found["notices"], found["ignored_filters"]) == (False, [], [])


def test_a_filter_that_means_nothing_for_a_table_is_said(real_site):
    assert real_site("/api/rows/trainings?speaker=job-doornberg&country=AT").json[
        "ignored_filters"
    ] == [
        "speaker",
        "country",
    ]
    assert (
        real_site("/api/rows/trainings.csv?speaker=job-doornberg").headers["x-ignored-filters"]
        == "speaker"
    )
    rows = {
        row["name"]: row["ignored_filters"]
        for row in real_site("/api/metrics?speaker=job-doornberg").json["rows"]
    }
    assert (rows["events_held"], rows["trainings_held"]) == ([], ["speaker"])


@pytest.mark.parametrize("form", ["", ".csv", ".jsonld"])
def test_rows_come_in_parts_that_make_the_whole_in_every_form(real_site, form):
    def titles(answer):
        if form == ".csv":
            return [row["title"] for row in csv.DictReader(io.StringIO(answer.text))]
        return [
            row.get("title") or row["name"] for row in answer.json["rows" if not form else "@graph"]
        ]

    whole = titles(real_site(f"/api/rows/events{form}?year=2025"))
    link, found, parts = "?year=2025&limit=10", [], 0
    while link:
        part = real_site(f"/api/rows/events{form}{link}")
        assert part.headers["x-total"] == "29"
        found, parts = found + titles(part), parts + 1
        following = re.fullmatch(r'<(\?.+)>; rel="next"', part.headers.get("link", ""))
        link = following and following[1]
        assert form or (part.json["total"], part.json["next"]) == (29, link)
    assert (found, parts) == (whole, 3)
    assert titles(real_site(f"/api/rows/events{form}?limit=0")) == []
    assert titles(real_site(f"/api/rows/events{form}?offset=1000")) == []


def test_the_following_part_is_named_by_what_was_understood(real_site):
    found = real_site("/api/rows/events?x=1&speaker=nobody&limit=5&text=ai&period=last-year").json
    assert found["next"] == "?year=2025&text=ai&period=last-year&limit=5&offset=5"


@pytest.mark.parametrize(
    "value", ["-1", "x", "1e3", "10001", "", "１２", "9" * 5000, "1;2", "1&limit=2"]
)
def test_a_limit_or_offset_that_is_none_is_refused_with_the_reason(real_site, value):
    asked = quote(value, safe="&=")
    for path in ("/api/rows/events", "/api/rows/people.csv", "/api/rows/trainings.jsonld"):
        answer = real_site(f"{path}?limit={asked}")
        assert (answer.status, answer.headers["content-type"]) == (400, "application/json")
        assert answer.json["error"].startswith("limit")
        assert len(answer.json["error"]) < 200
    refused = real_site(f"/api/rows/events?{f'limit={asked}'.replace('limit', 'offset')}")
    assert refused.status == (200 if value == "10001" else 400)


def test_no_row_is_a_header_alone(real_site):
    empty, full = (
        real_site(f"/api/rows/events.csv?month={month}") for month in ("1999-01", "2025-05")
    )
    assert empty.text.strip() == full.text.splitlines()[0]
    assert empty.headers["x-total"] == "0"


def test_a_version_can_be_asked_for_and_one_that_is_gone_is_said(serve, small, tmp_path):
    store = Store(tmp_path / "store")
    first = served_already(store, small)
    site = serve(first)
    replace_in(small, "events", "Open day,", "Open days,")
    second = publish_folder(store, small).version
    titles = lambda link: {row["title"] for row in site(link).json["rows"]}  # noqa: E731
    assert "Open days" in titles("/api/rows/events")
    assert "Open day" in titles(f"/api/rows/events?v={first.id}")
    gone = site("/api/rows/events?v=0123456789abcdef").json
    assert gone["version"] == second.id
    assert "is not kept any more" in gone["notices"][0]


def test_days_without_a_year_are_not_those_of_the_default_year(real_site):
    found = real_site("/api/rows/events?from=2025-03-01").json
    assert found["filters"] == [["from", "2025-03-01"]]
    assert (found["in_words"], found["notices"]) == ("Events since 1 March 2025", [])
    wrong = real_site("/api/rows/events?from=2025-06-15&to=2025-03-01").json
    assert wrong["filters"] == [["year", "2025"]]
    assert wrong["notices"] == ["from=2025-06-15 is after to=2025-03-01; both were left out"]


def test_a_candidate_is_not_given(serve, small_version):
    found = serve(small_version)("/api/rows/events?candidate=0123456789abcdef").json
    assert found["notices"] == ["candidates are not given here: this is what is published"]


def test_the_index_names_what_there_is(real_site, real):
    found = real_site("/api").json
    assert list(found["tables"]) == TABLES
    assert list(found["metrics"]) == list(metrics.METRICS)
    assert found["filters"]["speaker"] == questions.read_labels(real)["speaker"]
    assert found["filters"]["organisation"] == questions.read_labels(real)["organisation"]
    assert {"speaker", "organisation"}.isdisjoint(found["tables"]["trainings"])
    assert all({"from", "to"} <= set(names) for names in found["tables"].values())
    for route in found["routes"]["rows"]:
        assert real_site("/" + route.replace("{table}", "events")).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/x",
        "/api/rows",
        "/api/rows/",
        "/api/rows/secrets",
        "/api/rows/events.xml",
        "/api/rows/funding.jsonld",
        "/api/rows/events.",
        "/api/rows/events.csv.csv",
        "/api/rows/terms",
        "/api/metrics.json",
        "/api/rows/%2e%2e%2fetc",
        "/api/rows/events%00",
        "/api/rows/<script>",
    ],
)
def test_another_route_is_not_found_and_named(real_site, path):
    answer = real_site(path)
    assert answer.status in (404, 200 if path == "/api/rows/events." else 404)
    if answer.status == 404:
        assert answer.headers["content-type"] == "application/json"
        assert "error" in answer.json
        assert "script" not in answer.text


def test_nothing_can_be_changed_over_http(real_site):
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert real_site("/api/rows/events", method=method).status == 405


@pytest.mark.matrix(6)
@pytest.mark.parametrize("link", old_links.HOSTILE_LINKS, ids=lambda link: repr(link[:40]))
def test_hostile_queries_are_answered(small_version, serve, link):
    site = serve(small_version)
    query = link.partition("?")[2].encode("utf-8", "surrogatepass").decode("latin-1")
    for path in (
        "/api/rows/events",
        "/api/rows/events.csv",
        "/api/rows/trainings.jsonld",
        "/api/metrics",
        "/calendar.ics",
        "/changes.atom",
        "/events",
    ):
        answer = site(f"{path}?{query}")
        assert answer.status == 200, path
        assert b"<script>" not in answer.body or path == "/events"


@pytest.mark.matrix(8)
@pytest.mark.parametrize(
    "value",
    [v for v in old_links.HOSTILE_VALUES if len(v) < 5000],
    ids=lambda value: repr(value[:20]),
)
def test_hostile_values_are_answered_as_data_and_never_as_a_page(small_site, value):
    raw = quote(value.encode("utf-8", "surrogatepass"))
    query = f"speaker={raw}&text={raw}&v={raw}&{raw}={raw}&country={raw}"
    for path, kind in (
        ("/api/rows/events", "application/json"),
        ("/api/rows/events.csv", "text/csv; charset=utf-8"),
        ("/api/rows/events.jsonld", "application/ld+json"),
        ("/calendar.ics", "text/calendar; charset=utf-8"),
        ("/changes.atom", "application/atom+xml; charset=utf-8"),
    ):
        answer = small_site(f"{path}?{query}")
        assert (answer.status, answer.headers["content-type"]) == (200, kind)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
    part = small_site(f"/api/rows/events?limit={raw}&offset={raw}")
    assert (part.status, part.headers["content-type"]) in (
        (200, "application/json"),
        (400, "application/json"),
    )
    assert part.text[:-1].replace("\n", "").isprintable()
    found = small_site(f"/api/rows/events?{query}").json
    assert found["notices"]
    assert all(notice.isprintable() and len(notice) <= 301 for notice in found["notices"])


def test_a_broken_store_is_503_and_says_nothing_of_where_it_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "nothing"))
    programs = ("/calendar.ics", "/changes.atom")
    for path in ("/api", "/api/rows/events", "/api/metrics.csv", *programs, "/health"):
        answer = ask(site(), path)
        assert answer.status == 503
        assert str(tmp_path) not in answer.text
    assert str(tmp_path) in capsys.readouterr().out
    assert b"<title>Streamlit</title>" in ask(site(), "/events").body


def test_texts_of_records_cannot_be_run_by_a_spreadsheet(hostile, serve):
    rows = list(csv.DictReader(io.StringIO(serve(hostile)("/api/rows/events.csv?year=all").text)))
    assert "'=1+1" in {row["title"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if re.match(r"[=+@\t\r]|-\D", cell)]


# Short links
# ------------------------------------------------------------------------------------------------


def test_a_short_link_leads_to_its_view_on_this_site(serve, small_version, tmp_path, monkeypatch):
    site = serve(small_version)
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "shares.sqlite"))
    link = "/trainings?" + urlencode([("year", "2025"), ("text", "hand on heart?")])
    code = shorten(SharesDb(tmp_path / "shares.sqlite"), link)
    answer = site(f"/s/{code}")
    assert (answer.status, answer.headers["location"]) == (307, f"..{link}")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_a_short_link_of_which_a_letter_changed_on_the_disk_leads_nowhere(
    serve, small_version, tmp_path, monkeypatch
):
    site, shares = serve(small_version), SharesDb(tmp_path / "shares.sqlite")
    monkeypatch.setenv("DASHBOARD_SHARES", str(shares.path))
    code = shorten(shares, "/events?year=2025")
    with sqlite3.connect(shares.path) as con:
        con.execute("update short_links set link = '/events?year=2024'")
    con.close()
    answer = site(f"/s/{code}")
    assert (answer.status, "location" in answer.headers) == (410, False)
    assert "This short link is damaged" in answer.text


@pytest.mark.parametrize(
    "code",
    [
        "abcdefgh",
        "x",
        "<script>alert(1)</script>",
        "%0d%0aLocation:%20x",
        "%00",
        "a" * 5000,
        "..%2f",
        "%2f%2fevil",
    ],
)
def test_an_unknown_short_link_is_a_small_page_that_leads_to_the_start(small_site, code):
    answer = small_site(f"/s/{code}")
    assert answer.status in (404, 200)
    if answer.status == 404:
        assert "This short link is not known here" in answer.text
        assert 'href="../"' in answer.text
        assert "script>" not in answer.text
        assert answer.headers["cache-control"] == "no-store"


def test_a_shelf_that_cannot_be_read_is_said(small_site, tmp_path, monkeypatch):
    (tmp_path / "bad").write_bytes(b"no database at all, but long enough to be looked at" * 30)
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "bad"))
    answer = small_site("/s/abcdefgh")
    assert (answer.status, str(tmp_path) in answer.text) == (503, False)


def test_the_document_of_the_api_has_examples_that_run(real_site):
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    examples = re.findall(
        r"^GET (\S+)\n```(?:\n\n```(json|csv|ics|jsonld)\n(.*?)\n```)?",
        text,
        re.MULTILINE | re.DOTALL,
    )
    assert len(examples) >= 8
    for link, form, shown in examples:
        answer = real_site(link)
        assert answer.status == 200, link
        if form in ("json", "jsonld"):
            _holds(answer.json, json.loads(shown), link)
        elif form:
            for line in shown.splitlines():
                assert line == "…" or line in answer.text.replace("\r\n", "\n"), (link, line)


def _holds(whole, part, where):
    """The example may leave out keys and rows, but what it shows is so."""
    if isinstance(part, dict):
        for name, value in part.items():
            assert name in whole, (where, name)
            _holds(whole[name], value, f"{where} {name}")
    elif isinstance(part, list):
        for number, value in enumerate(part):
            _holds(whole[number], value, f"{where} {number}")
    elif part != "…":
        assert whole == part, where
