"""The message that says what changed since, read by Python's own parser of messages."""

import email
import email.policy
import shutil
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from dashboard.export.digest import DigestError, build_message, parse_address, read_digest
from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.shares import SharesDb, meetings, save
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.store import Store
from dashboard.views.view import open_view
from tests.conftest import ROOT, append_to, publish_folder, replace_in, served_already

NOW = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
HOSTILE = '"</li><script>alert(1)</script><img src=//evil.example/x>"'
PUBLIC = ('public_url = ""', 'public_url = "https://dash.example.org"')


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Two versions: an event of a hostile title is held, and a number corrected."""
    root = tmp_path_factory.mktemp("digest")
    folder, store = shutil.copytree(ROOT / "tests" / "data", root / "data"), Store(root / "store")
    first = served_already(store, folder)
    append_to(
        folder,
        "events",
        f"hostile,{HOSTILE},,2026-02-10,,held,onsite,meeting,research,,groningen,organised,,,unknown,,",
    )
    append_to(folder, "event_people", "hostile,anna-berg,keynote,1,,")
    replace_in(folder, "events", ",100,about,", ",120,about,")
    publish_folder(store, folder)
    view = save(_shelf(store), "Events", f"/events?v={first.id}&on=2026-01-20", now=NOW)
    meeting = meetings.create(_shelf(store), "Farewell of Anna Berg", steps=[view.id], now=NOW)
    return store, first, meeting


def _shelf(store):
    return SharesDb(settings.shares_file(store.root))


def digest_of(built, query="", *pairs, since="", language="en", tmp_path=None):
    """The digest since the first version, or since something else, under filters."""
    store, first, _meeting = built
    chosen = settings.load(ROOT / "data")
    if pairs:
        text = (ROOT / "data" / "settings.toml").read_text("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "settings.toml").write_text(text, "utf-8")
        chosen = settings.load(tmp_path)
    link = f"/changes?since={since or first.id}&lang={language}&{query or 'year=all'}"
    with speaking(language):
        view = open_view(
            store,
            chosen,
            link,
            date(2026, 3, 4),
            role=Role.VIEWER,
            meetings=KeptMeetings(store, chosen),
        )
        return read_digest(view)


def parts_of(message):
    """What another program reads of the bytes: the message, its text and its HTML."""
    read = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
    assert read.defects == []
    plain, html = read.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    return read, plain.get_content(), html.get_content()


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.said = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.said += data


def test_it_is_a_message_with_a_text_and_a_page_of_the_same_sentences(built):
    message = build_message(digest_of(built), to=["board@example.org"], now=NOW)
    read, plain, html = parts_of(message)
    assert read.get_content_type() == "multipart/alternative"
    assert (read["To"], read["Content-Language"]) == ("board@example.org", "en")
    assert read["Date"].datetime == NOW
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Message-ID"].endswith("@dash.dashboard>")
    said = " ".join(Page(html).said.split())
    for line in plain.partition("\n-- \n")[0].replace("\n  ", " ").splitlines():
        assert line.removeprefix("– ") in said or not line


def test_the_lines_of_the_text_are_short_and_the_bytes_are_ascii(built):
    message = build_message(digest_of(built), now=NOW)
    assert all(len(line) <= 72 for line in parts_of(message)[1].splitlines())
    assert message.as_bytes().isascii()
    assert all(len(line) <= 78 for line in message.as_bytes().splitlines())
    assert b"\r" not in message.as_bytes(), "programs that send read the lines of this system"


@pytest.mark.parametrize("query", ["year=all&speaker=anna-berg", "year=2026", ""])
def test_the_subject_names_nobody_whatever_is_chosen_and_whatever_a_meeting_is_called(built, query):
    digest = digest_of(built, query, since=built[2].id)
    message = build_message(digest, now=NOW)
    assert str(message["Subject"]) == "DASH: what changed since 20 January 2026"
    assert "Farewell of Anna Berg" in parts_of(message)[1]


def test_the_page_fetches_nothing_and_no_text_of_a_record_becomes_markup(built):
    html = parts_of(build_message(digest_of(built), now=NOW))[2]
    page = Page(html)
    assert "<script>alert(1)</script>" in page.said
    assert {tag for tag, _ in page.tags} <= set(
        "html head meta title body h1 h2 p ul li strong small a".split()
    )
    given = {name for _tag, attributes in page.tags for name in attributes}
    assert given <= {"lang", "charset", "name", "content", "style"}
    assert "url(" not in html
    assert ("meta", {"name": "color-scheme", "content": "light dark"}) in page.tags
    assert page.tags[0] == ("html", {"lang": "en"})


def test_with_a_public_address_it_leads_back(built, tmp_path):
    digest = digest_of(built, "year=2026", PUBLIC, tmp_path=tmp_path)
    read, plain, html = parts_of(build_message(digest, now=NOW))
    address = f"https://dash.example.org/changes?year=2026&since={built[1].id}&lang=en"
    assert f"All of it, with the records behind every number:\n{address}\n" in plain
    assert ("a", {"href": address}) in Page(html).tags
    assert read["Message-ID"].endswith("@dash.example.org>")


def test_without_one_it_says_where_to_look(built):
    _read, plain, html = parts_of(build_message(digest_of(built), now=NOW))
    words = "is in the dashboard under Changes."
    assert words in " ".join(plain.split())
    assert words in html
    assert "http" not in plain + html


def test_it_says_what_is_compared_where_that_is_not_what_was_asked_for(built):
    _read, plain, _html = parts_of(build_message(digest_of(built, since="2027-01-01"), now=NOW))
    assert "1 January 2027 is yet to come: shown is what changed since the last" in plain


def test_what_of_a_link_is_not_understood_is_not_repeated_it_may_be_who_was_forgotten(built):
    digest = digest_of(built, "year=all&speaker=jane-doe")
    _read, plain, html = parts_of(build_message(digest, now=NOW))
    assert "Part of what was chosen is not known here and was left out." in plain
    assert "jane" not in plain + html


def test_the_same_gives_the_same_bytes_and_another_day_is_another_message(built):
    one, two = (build_message(digest_of(built), now=NOW) for _ in range(2))
    assert one.as_bytes() == two.as_bytes()
    other = build_message(digest_of(built), now=NOW.replace(day=11))
    assert other["Message-ID"] != one["Message-ID"]


def test_it_speaks_dutch(built):
    message = build_message(digest_of(built, language="nl"), now=NOW)
    read, plain, html = parts_of(message)
    assert str(read["Subject"]) == "DASH: wat er veranderde sinds 15 januari 2026"
    assert read["Content-Language"] == "nl"
    assert "Gebeurd\n" in plain
    assert '<html lang="nl">' in html
    # the title of a record is in its own language
    assert '<strong lang="en">Open day</strong>' in html


def test_nothing_under_the_filters_is_nothing_to_send(built):
    assert digest_of(built, "month=1999-01").is_empty
    assert not digest_of(built).is_empty


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("board@example.org", "board@example.org"),
        (" Board <board@example.org> ", "Board <board@example.org>"),
        ("Raad van bestuur <raad@example.org>", "Raad van bestuur <raad@example.org>"),
    ],
)
def test_an_address_is_read_with_its_name(text, said):
    assert str(parse_address(text)) == said


@pytest.mark.parametrize(
    "text",
    ["", "board", "@", "a@", "a@b@c", "a@b\nBcc: c@d", "A\r\nBcc: c@d <a@b>", "<a@b", "a b@c d"],
)
def test_what_is_no_address_is_refused_in_words(text):
    with pytest.raises(DigestError, match="is no address: write board@"):
        parse_address(text)
