"""Questions over HTTP: the answer as JSON, and the question in no log."""

import io
import logging
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from urllib.parse import quote

import pytest
import uvicorn

from dashboard.model import server_log
from dashboard.model.server_log import throttle_libraries
from dashboard.query import metrics
from dashboard.store import Store
from tests.conftest import ROOT, served_already
from tests.server.conftest import site
from tests.support.serving import free_port, served

SECRET = "xylophonist"
QUESTION = "How often did Doornberg give a keynote in spring?"


def asking(site, question, more=""):
    return site(f"/api/ask?q={quote(question, errors='surrogatepass')}{more}")


def test_a_question_is_answered_with_its_number_and_link(real_site, real):
    answer = asking(real_site, QUESTION)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json["answer"] == {
        "sentence": "Job Doornberg gave 2 keynotes from March to May 2025.",
        "metric": "keynotes",
        "value": 2,
        "kind": "exact",
        "known": 2,
        "unknown": 0,
    }
    assert answer.json["query"] == QUESTION
    assert answer.json["link"].startswith("/events?month=2025-03")
    assert answer.headers["x-dashboard-version"] == real.id
    assert set(answer.json) == {
        "query",
        "understood",
        "not_understood",
        "alternatives",
        "link",
        "answer",
    }


def test_an_answer_is_kept_by_nobody_and_leads_nowhere_with_the_question(real_site):
    for question in (QUESTION, "", "a" * 300):
        answer = asking(real_site, question)
        assert answer.headers["cache-control"] == "private, no-store"
        assert "etag" not in answer.headers
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "set-cookie" not in answer.headers
    assert "q=" not in asking(real_site, f"{SECRET} keynotes").json["link"]


def test_the_language_the_version_and_the_year_stand_beside_the_question(real_site, real):
    answer = asking(real_site, QUESTION, "&lang=nl")
    assert answer.json["answer"]["sentence"] == (
        "Job Doornberg gaf 2 keynotes van maart tot en met mei 2025."
    )
    assert (answer.headers["content-language"], "lang=nl" in answer.json["link"]) == ("nl", True)
    answer = asking(real_site, "keynotes", f"&v={real.id}&year=2024")
    assert answer.json["link"].startswith("/events?year=2024&role=keynote&v=")
    assert "year" not in answer.json["understood"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "there is no question"),
        ("?q=", "there is no question"),
        ("?q=%00%1f", "there is no question"),
        ("?lang=nl&q=", "er is geen vraag"),
        ("?q=keynotes&q=events", "q is given more than once"),
        ("?q=" + "a" * 201, "a question has at most 200 letters; this has 201"),
        ("?q=" + SECRET * 5000, "a question has at most 200 letters; this has 55,000"),
    ],
)
def test_what_is_no_question_is_refused_with_the_reason(real_site, query, words):
    answer = real_site(f"/api/ask{query}")
    assert (answer.status, answer.json) == (400, {"error": words})


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script> keynotes",
        "'; drop table events; --",
        "\x1b[31m\u2028\u202e keynotes",
        "\ud800 keynotes",
        "{name} %s ${x}",
    ],
)
def test_hostile_questions_are_text(real_site, question):
    answer = asking(real_site, question)
    assert answer.status == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert all(sign.isprintable() or sign == "\n" for sign in answer.text)


def test_other_methods_and_parameters_tell_nothing_else(real_site, real):
    assert real_site("/api/ask?q=keynotes", method="POST").status == 405
    candidate = asking(real_site, "keynotes", f"&candidate={real.id}&speaker=job-doornberg")
    assert candidate.json == asking(real_site, "keynotes").json


def test_the_index_names_the_route(real_site):
    assert real_site("/api").json["routes"]["ask"] == "api/ask"
    assert "api/ask" in real_site("/api/nothing").json["routes"]


@contextmanager
def logging_everything(app):
    """A server that logs all that uvicorn can say; gives its address and the log."""
    log, port = io.StringIO(), free_port()
    handler = logging.StreamHandler(log)
    loggers = [logging.getLogger(name) for name in ("uvicorn", "uvicorn.access", "uvicorn.asgi")]
    before = [(logger.level, list(logger.handlers), list(logger.filters)) for logger in loggers]
    throttle_libraries()
    config = uvicorn.Config(app, port=port, access_log=True, log_config=None, log_level="trace")
    for logger in loggers:
        logger.addHandler(handler)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}", log
    finally:
        server.should_exit = True
        thread.join(20)
        for logger, (level, handlers, filters) in zip(loggers, before, strict=True):
            logger.setLevel(level)
            logger.handlers[:], logger.filters[:] = handlers, filters


def test_no_log_of_the_server_has_a_word_of_a_question(monkeypatch, real):
    """Also where it logs every access, and all that it has to say."""
    monkeypatch.setenv("DASHBOARD_STORE", str(real.folder.parents[1]))
    monkeypatch.setattr(server_log, "THROTTLE_SECONDS", 0)  # so that nothing is left out
    with logging_everything(site()) as (address, log):
        for path in ("/api/ask?q=", "/events?text=", "/nothing?q=", "/api/ask?lang=nl&q="):
            read(f"{address}{path}{SECRET}")
        said = log.getvalue()
    assert said.count("GET /api/ask HTTP/1.1") >= 2, "the log of accesses is on"
    assert SECRET not in said


@pytest.mark.long
def test_no_output_of_a_running_dashboard_has_a_word_of_a_question(tmp_path):
    store, log = Store(tmp_path / "store"), tmp_path / "log"
    served_already(store, ROOT / "tests" / "data")
    with served(store.root, log=log, options=["--logger.level=debug"]) as address:
        for path in ("/api/ask?q=", "/api/ask?lang=nl&q=", "/?find="):
            read(f"{address}{path}{SECRET}+keynotes")
    assert SECRET not in log.read_text("utf-8")


def test_what_fails_is_logged_without_a_word_of_the_question(real_site, monkeypatch, capsys):
    def fails(*_asked, **_named):
        raise KeyError(SECRET)

    asking(real_site, QUESTION)
    monkeypatch.setattr(metrics, "read_number", fails)
    answer = asking(real_site, f"{SECRET} {QUESTION}")
    assert answer.status == 500
    assert answer.json == {
        "error": "this question could not be answered; the reason is in the server's log"
    }
    said = capsys.readouterr().out
    assert "dashboard: a question was not answered: KeyError in test_asking.py, line" in said
    assert SECRET not in said


def read(address):
    """Ask an address, whatever it answers."""
    with suppress(urllib.error.HTTPError), urllib.request.urlopen(address, timeout=30) as answer:
        answer.read()
