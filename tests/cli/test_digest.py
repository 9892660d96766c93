"""The message of what changed on the command line: what a timer runs."""

import email
import email.policy
import json
import shutil

import pytest

from dashboard import shares
from dashboard.cli import FAILED, NOTHING, OK, main
from dashboard.model import settings
from dashboard.store import Store
from tests.conftest import NOW, ROOT, replace_in, served_already


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A programme with a public address and a shelf of its own."""
    folder = tmp_path / "home"
    (folder / "data").mkdir(parents=True)
    text = (ROOT / "data" / "settings.toml").read_text("utf-8")
    (folder / "data" / "settings.toml").write_text(text, "utf-8")
    monkeypatch.setenv("DASHBOARD_HOME", str(folder))
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    return folder / "data" / "settings.toml"


@pytest.fixture
def store(tmp_path, small):
    """Two versions, of the second of which a number was corrected."""
    found = Store(tmp_path / "store")
    earlier = shutil.copytree(small, tmp_path / "earlier")
    replace_in(small, "events", ",100,about,", ",120,about,")
    served_already(found, earlier, small)
    return found


@pytest.fixture
def meeting(store):
    """A meeting that pins the first version."""
    first = store.versions()[-1]
    shelf = shares.SharesDb(settings.shares_file(store.root))
    view = shares.save(shelf, "Events", f"/events?v={first.id}&on=2026-01-20", now=NOW)
    return shares.meetings.create(shelf, "Board, January", steps=[view.id], now=NOW)


def run(store, *arguments) -> int:
    return main(["--store", str(store.root), "digest", *map(str, arguments)])


def read(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def test_it_is_written_to_a_file_for_another_program_to_send(store, meeting, tmp_path, capsys):
    out = tmp_path / "digest.eml"
    given = [
        "--meeting",
        meeting.id,
        "--to",
        "board@example.org",
        "--to",
        "Dean <dean@example.org>",
    ]
    assert run(store, *given, "--from", "dash@example.org", "-o", out) == OK
    message = read(out.read_bytes())
    assert message["Subject"] == "DASH: what changed since 20 January 2026"
    assert message["To"] == "board@example.org, Dean <dean@example.org>"
    assert message["From"] == "dash@example.org"
    assert "What changed since “Board, January”" in message.get_body(("plain",)).get_content()
    said = capsys.readouterr()
    assert said.out == f"{out}: DASH: what changed since 20 January 2026 (2 changes).\n"
    assert "public_url is not set" in said.err


def test_the_last_meeting_has_a_word_of_its_own_and_the_answer_may_be_json(
    store, meeting, tmp_path, capsys
):
    out = tmp_path / "digest.eml"
    assert run(store, "--meeting", "last", "--language", "nl", "-o", out, "--json") == OK
    answer = json.loads(capsys.readouterr().out)
    newest, first = store.versions()
    assert answer == {
        "file": str(out),
        "subject": "DASH: wat er veranderde sinds 20 januari 2026",
        "before": first.id,
        "after": newest.id,
        "since": "2026-01-20",
        "changes": 2,
    }
    assert "Gecorrigeerd" in read(out.read_bytes()).get_body(("plain",)).get_content()


def test_without_a_file_it_goes_to_the_program_behind_a_pipe(store, capsysbinary):
    assert run(store, "--since", store.versions()[-1].id) == OK
    message = read(capsysbinary.readouterr().out)
    assert message.get_content_type() == "multipart/alternative"
    assert message["To"] is None


def test_where_nothing_changed_nothing_is_written_and_the_code_says_so(store, tmp_path, capsys):
    out = tmp_path / "digest.eml"
    assert run(store, "--since", store.versions()[0].id, "-o", out) == NOTHING == 4
    assert not out.exists()
    assert capsys.readouterr().out.startswith("Nothing changed since 15 January 2026: there is")
    first = store.versions()[-1].id
    assert run(store, "--since", first, "--link", "/events?month=1999-01", "-o", out) == NOTHING
    assert run(store, "--since", first, "--link", "/events?year=2025", "-o", out) == OK


def test_the_nearest_is_said_where_what_was_asked_for_is_not_there(store, tmp_path, capsys):
    out = tmp_path / "digest.eml"
    first = store.versions()[-1].id
    for since, notice in (
        ("2099-01-01", "1 January 2099 is yet to come: shown is what changed since the last"),
        ("0123456789abcdef", "Version 0123456789abcdef is not there: shown is what changed"),
        ("2020-01-01", "Of 1 January 2020 there is no version"),
    ):
        assert run(store, "--since", since, "-o", out) == OK
        assert notice in capsys.readouterr().err
        text = read(out.read_bytes()).get_body(("plain",)).get_content()
        assert notice in " ".join(text.split())
    assert first


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--since", "yesterday"], "yesterday is neither a version (16 letters and figures"),
        (["--since", "2026-02-30"], "2026-02-30 is neither a version"),
        (["--meeting", "last"], "no meeting is kept: use --since with a day or a version"),
        (["--since", "2026-01-15", "--to", "board"], "“board” is no address"),
    ],
)
def test_what_is_not_understood_is_refused_and_nothing_is_written(
    store, tmp_path, capsys, given, said
):
    out = tmp_path / "digest.eml"
    assert run(store, *given, "-o", out) == FAILED
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_for_a_meeting_that_is_gone_those_that_are_kept_are_named(store, meeting, capsys):
    assert run(store, "--meeting", "abcd2345ef") == FAILED
    expected = f"there is no meeting abcd2345ef; kept are: {meeting.id} Board, January"
    assert expected in capsys.readouterr().err


def test_filters_that_are_not_understood_are_said(store, tmp_path, capsys):
    first = store.versions()[-1].id
    out = tmp_path / "digest.eml"
    assert run(store, "--since", first, "--link", "/events?speaker=nobody-here", "-o", out) == OK
    assert "nobody-here" in capsys.readouterr().err
