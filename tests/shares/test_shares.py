"""The shelf: short links, saved views and meetings, kept whole whoever writes at the same time."""

import contextlib
import sqlite3
from datetime import timedelta
from importlib.resources import files
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import shares
from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.shares import (
    Conflict,
    Damaged,
    SharesDb,
    SharesError,
    accepted_texts,
    digests,
    meetings,
    saved_views,
    short_links,
)
from dashboard.shares.people import replace_people_in_link
from dashboard.store import PersonToForget
from tests.conftest import NOW

LINK = "/trainings?year=2025&level=phd"


@pytest.fixture
def shares_db(tmp_path):
    return SharesDb(tmp_path / "shares" / "shares.sqlite")


def kept(shares_db, title="PhD training", link=LINK, **more):
    return shares.save(shares_db, title, link, **({"now": NOW} | more))


# The file
# ---------------------------------------------------------------------------------------------------


def test_a_shelf_that_nobody_wrote_to_is_empty_and_makes_no_file(shares_db):
    assert (
        shares.list_views(shares_db),
        meetings.list_meetings(shares_db),
        shares.expand(shares_db, "abcdefgh"),
    ) == (
        [],
        [],
        None,
    )
    assert shares.find_view(shares_db, "x") is meetings.find_meeting(shares_db, "x") is None
    shares.check_writable(shares_db)
    shares.replace_people(shares_db, {"a": "b"})
    assert shares.forget_person(shares_db, ["A"], "a", "b") == ()
    assert not shares_db.path.parent.exists()


def test_the_shelf_has_a_folder_of_its_own_so_that_the_store_may_be_read_only(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    assert settings.shares_file() == tmp_path / "shares" / "shares.sqlite"
    assert (
        settings.shares_file(tmp_path / "other") == tmp_path / "other" / "shares" / "shares.sqlite"
    )
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "mine.sqlite"))
    assert settings.shares_file(tmp_path / "other") == tmp_path / "mine.sqlite"


def test_the_file_has_its_form_strict_tables_foreign_keys_and_a_rollback_journal(shares_db):
    kept(shares_db)
    with sqlite3.connect(shares_db.path) as con:
        assert con.execute("pragma user_version").fetchone() == (3,)
        assert con.execute("pragma journal_mode").fetchone() == ("delete",)
        assert con.execute(
            "select count(*) from pragma_table_list where strict = 1"
        ).fetchone() == (7,)
        with pytest.raises(sqlite3.IntegrityError):
            con.execute("insert into views (id, title) values (1.5, x'00')")
    con.close()


def test_a_file_of_the_first_form_is_brought_to_the_newest_by_who_reads_it_first(shares_db, capsys):
    shares_db.path.parent.mkdir()
    first = files("dashboard.shares").joinpath("schema_1.sql").read_text("utf-8")
    with sqlite3.connect(shares_db.path) as con:
        con.executescript(f"{first}; pragma user_version = 1")
        code, other = (
            digests.code_of("/events?year=2025")[:8],
            digests.code_of("/events?year=2024")[:8],
        )
        led_on = "/events?speaker=person-removed-1"  # by forgetting, which keeps the code
        merged = "/events?year=2025&speaker=zoe-muller"  # by merging, which keeps it as well
        links = [(code, "/events?year=2025"), (other, "/events?ye`r=2024"), ("abcdefgh", led_on)]
        links += [("bcdefghi", merged), ("cdefghij", "/evants?year=2024")]
        con.executemany("insert into short_links values (?, ?, '2026-01-01T00:00:00+00:00')", links)
    con.close()
    assert shares.admissions.list_keys(shares_db, "a" * 32) == []
    assert shares.expand(shares_db, code) == "/events?year=2025"
    assert (shares.expand(shares_db, "abcdefgh"), shares.expand(shares_db, "bcdefghi")) == (
        led_on,
        merged,
    )
    for damaged in (other, "cdefghij"):
        with pytest.raises(Damaged, match=damaged):
            shares.expand(shares_db, damaged)
    assert capsys.readouterr().err.count("taken on trust") == 1
    with sqlite3.connect(shares_db.path) as con:
        assert con.execute("pragma user_version").fetchone() == (3,)
    con.close()


@pytest.mark.parametrize(
    "bytes_",
    [b"not a database, but a text of some length" * 40, b"SQLite format 3\x00" + b"\xff" * 4000],
)
def test_a_damaged_file_is_named_and_left_as_it_is(shares_db, bytes_):
    shares_db.path.parent.mkdir()
    shares_db.path.write_bytes(bytes_)
    for act in (
        lambda: shares.list_views(shares_db),
        lambda: kept(shares_db),
        lambda: shares.expand(shares_db, "abcdefgh"),
        lambda: shares.check_writable(shares_db),
        lambda: shares.shorten(shares_db, LINK),
    ):
        with pytest.raises(SharesError) as error:
            act()
        assert str(shares_db.path) in str(error.value)
        assert "backup" in str(error.value)
    assert shares_db.path.read_bytes() == bytes_


@pytest.mark.parametrize("part", [0.002, 0.05, 0.5, 0.9])
def test_a_shelf_that_was_cut_off_is_an_error_in_words_for_readers_and_writers(shares_db, part):
    for number in range(60):
        kept(shares_db, f"View {number}", note="n" * 500)
    whole = shares_db.path.read_bytes()
    cut = whole[: int(len(whole) * part)]
    shares_db.path.write_bytes(cut)
    for act in (lambda: shares.list_views(shares_db), lambda: kept(shares_db)):
        with pytest.raises(SharesError, match="backup"):
            act()
    assert shares_db.path.read_bytes() == cut


def test_a_file_of_a_newer_release_is_not_touched(shares_db):
    kept(shares_db)
    with sqlite3.connect(shares_db.path) as con:
        con.execute("pragma user_version = 99")
    con.close()
    for act in (lambda: shares.list_views(shares_db), lambda: kept(shares_db)):
        with pytest.raises(SharesError, match="newer release"):
            act()


def test_an_empty_file_which_a_crash_may_leave_is_an_empty_shelf(shares_db):
    shares_db.path.parent.mkdir()
    shares_db.path.touch()
    assert shares.list_views(shares_db) == []
    assert kept(shares_db) in shares.list_views(shares_db)


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SharesError, match="cannot be used"):
        kept(SharesDb(tmp_path / "file" / "shares.sqlite"))
    (tmp_path / "folder.sqlite").mkdir()
    with pytest.raises(SharesError, match="cannot be written"):
        kept(SharesDb(tmp_path / "folder.sqlite"))


def test_who_waits_too_long_for_others_is_told_to_try_again(shares_db, monkeypatch):
    kept(shares_db)
    monkeypatch.setattr(shares.database, "WRITE_TIMEOUT", 0.1)
    other = sqlite3.connect(shares_db.path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(SharesError, match="try again"):
        kept(shares_db)
    assert len(shares.list_views(shares_db)) == 1  # reading goes on
    other.close()


def test_what_fails_halfway_leaves_nothing(shares_db):
    view = kept(shares_db)
    with pytest.raises(SharesError, match="step 2"):
        meetings.create(shares_db, "Board", steps=[view.id, "gone"], now=NOW)
    assert meetings.list_meetings(shares_db) == []


# Short links
# ------------------------------------------------------------------------------------------------


def test_a_hundred_presses_of_share_add_one_row(shares_db):
    codes = {shares.shorten(shares_db, LINK) for _ in range(100)}
    assert len(codes) == 1
    assert short_links.CODE.fullmatch(code := codes.pop())
    assert len(code) == 8
    assert shares.expand(shares_db, code) == LINK
    with sqlite3.connect(shares_db.path) as con:
        assert con.execute("select count(*) from short_links").fetchone() == (1,)
    con.close()


def test_the_same_view_has_the_same_code_on_another_shelf(shares_db, tmp_path):
    assert shares.shorten(shares_db, LINK) == shares.shorten(
        SharesDb(tmp_path / "other.sqlite"), LINK
    )


def test_a_code_that_is_taken_by_another_link_becomes_longer(shares_db, tmp_path):
    code = shares.shorten(SharesDb(tmp_path / "other.sqlite"), LINK)
    with shares_db.writing() as desk:
        desk.change("add_link", code=code, link="/map?year=2024", now="2026")
        digests.seal_link(desk, code)
    longer = shares.shorten(shares_db, LINK)
    assert (len(longer), longer[:8]) == (9, code)
    assert shares.shorten(shares_db, LINK) == longer
    assert (shares.expand(shares_db, code), shares.expand(shares_db, longer)) == (
        "/map?year=2024",
        LINK,
    )


@pytest.mark.parametrize(
    "code",
    ["", "x", "ABCDEFGH", "abcdefg1", "../../etc", "a" * 1000, "abcdefg'", "abcdefgh\n", "%00"],
)
def test_what_is_no_code_is_unknown(shares_db, code):
    shares.shorten(shares_db, LINK)
    assert shares.expand(shares_db, code) is None


@pytest.mark.parametrize(
    "link",
    [
        "",
        "events",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/events//x",
        "/s/abcdefgh",
        "/_stcore/x",
        "javascript:alert(1)",
        "/events?a=\x00",
        "/events?a=\r\nLocation: x",
        "/events?text=é",
        "/events#x",
        "/events?a=<b>",
        "/../etc/passwd",
        "/Events?x",
        "/events?a=" + "1" * 8000,
        "/events?a= b",
        "http:/x",
        "\\\\evil",
        "/events/?a=1",
    ],
)
def test_only_links_to_pages_of_the_dashboard_are_kept(shares_db, link):
    for act in (lambda: shares.shorten(shares_db, link), lambda: kept(shares_db, link=link)):
        with pytest.raises(SharesError, match="link"):
            act()


@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/?year=2025",
        "/events",
        LINK,
        "/records?find=hand+on%20heart%3F",
        "/events?v=" + "a" * 16,
    ],
)
def test_links_to_pages_are_kept(shares_db, link):
    assert shares.expand(shares_db, shares.shorten(shares_db, link)) == link


def test_there_is_an_end_to_short_links(shares_db, monkeypatch):
    monkeypatch.setattr(short_links, "MAX_LINKS", 2)
    for year in (2024, 2025):
        shares.shorten(shares_db, f"/events?year={year}")
    with pytest.raises(SharesError, match="share the long link"):
        shares.shorten(shares_db, "/events?year=2026")
    assert shares.shorten(shares_db, "/events?year=2025")


# Saved views
# ------------------------------------------------------------------------------------------------


def test_a_view_is_kept_as_it_was_given(shares_db):
    link = "/events?year=2025&v=0123456789abcdef"
    view = kept(
        shares_db,
        "  Events \t of  2025 ",
        link,
        note="For the board.\nPage 3",
        words="Events in 2025",
        author="Eva",
    )
    assert view == shares.find_view(shares_db, view.id)
    assert (
        view.title,
        view.note,
        view.link,
        view.words,
        view.author,
        view.revision,
        view.pinned,
    ) == (
        "Events of 2025",
        "For the board.\nPage 3",
        link,
        "Events in 2025",
        "Eva",
        1,
        "0123456789abcdef",
    )
    assert view.created == view.changed == "2026-01-15T09:30:00+00:00"
    assert kept(shares_db).pinned == ""


def test_the_newest_view_comes_first(shares_db):
    for number in range(4):
        kept(shares_db, f"View {number}", now=NOW + timedelta(days=number // 2))
    assert [view.title for view in shares.list_views(shares_db)] == [
        "View 3",
        "View 2",
        "View 1",
        "View 0",
    ]


@pytest.mark.parametrize(
    "title",
    [
        "",
        "   ",
        "\n",
        "x" * 201,
        "a\x00b",
        "a\x1bb",
        "abc\u202etxt",
        "a\u2066b",
        "\ud800",
        "a\nb",
        "a\rb",
        "a\u2028b",
        "a\u2029b",
        "a\ue000b",
        "a\U000f0000b",
        "a\u0378b",
        "a\uffffb",
        "a\u200bb",
    ],
)
def test_titles_that_nobody_can_read_are_refused(shares_db, title):
    with pytest.raises(SharesError, match="title"):
        kept(shares_db, title)
    view = kept(shares_db)
    with pytest.raises(SharesError, match="title"):
        shares.rename(shares_db, view.id, title, "", revision=1, now=NOW)


@pytest.mark.parametrize(
    "keep",
    [
        kept,
        lambda shares_db, text: kept(shares_db, author=text),
        lambda shares_db, text: shares.meetings.create(shares_db, text, now=NOW),
        lambda shares_db, text: shares.admissions.make_key(shares_db, "someone", text, NOW),
    ],
)
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Board\nroom", r"U\+000A \(line break\) stands after “Board”"),
        ("Board\ue000", r"U\+E000 \(a character of one font alone\)"),
    ],
)
def test_every_text_of_one_line_names_the_character_that_it_may_not_hold(
    shares_db, keep, text, named
):
    with pytest.raises(SharesError, match=named):
        keep(shares_db, text)


def test_a_note_may_have_lines_and_no_characters_of_one_font_alone(shares_db):
    assert kept(shares_db, note="one\ntwo").note == "one\ntwo"
    with pytest.raises(SharesError, match="the note holds what it may not"):
        kept(shares_db, note="one\ue000two")


def test_a_title_and_a_note_may_be_as_long_as_that(shares_db):
    assert len(kept(shares_db, "é" * 200, note="x" * 2000).title) == 200
    with pytest.raises(SharesError, match="at most 2000"):
        kept(shares_db, note="x" * 2001)


def test_markup_quotes_and_other_scripts_are_only_text(shares_db):
    title = """<script>alert('x')</script> "; drop table views; -- 数据 مرحبا 👩‍⚕️"""
    assert kept(shares_db, title).title == title
    assert len(shares.list_views(shares_db)) == 1


def test_the_second_of_two_who_rename_is_told_what_it_says_now(shares_db):
    view = kept(shares_db)
    first = shares.rename(
        shares_db, view.id, "By Eva", "hers", revision=view.revision, now=NOW + timedelta(hours=1)
    )
    assert (first.revision, first.changed, first.created) == (
        2,
        "2026-01-15T10:30:00+00:00",
        view.created,
    )
    with pytest.raises(
        Conflict,
        match="somebody else changed this view meanwhile: it says “By Eva” with the note “hers”",
    ):
        shares.rename(shares_db, view.id, "By Bo", "", revision=view.revision, now=NOW)
    with pytest.raises(Conflict):
        shares.delete(shares_db, view.id, revision=view.revision)
    assert shares.find_view(shares_db, view.id).title == "By Eva"


def test_what_somebody_deleted_is_said_to_be_gone(shares_db):
    view = kept(shares_db)
    shares.delete(shares_db, view.id, revision=1)
    assert shares.list_views(shares_db) == []
    for act in (
        lambda: shares.delete(shares_db, view.id, revision=1),
        lambda: shares.rename(shares_db, view.id, "x", "", revision=1, now=NOW),
    ):
        with pytest.raises(SharesError, match="not there any more"):
            act()


def test_there_is_an_end_to_saved_views(shares_db, monkeypatch):
    monkeypatch.setattr(saved_views, "MAX_VIEWS", 2)
    kept(shares_db), kept(shares_db)
    with pytest.raises(SharesError, match="delete some"):
        kept(shares_db)


# Meetings
# ---------------------------------------------------------------------------------------------------


def test_a_meeting_shows_views_in_its_order_and_one_may_come_back(shares_db):
    a, b = kept(shares_db, "A"), kept(shares_db, "B")
    board = meetings.create(shares_db, "Board, March", steps=[a.id, b.id, a.id], now=NOW)
    assert (
        meetings.find_meeting(shares_db, board.id) == board == meetings.list_meetings(shares_db)[0]
    )
    assert board.steps == (a.id, b.id, a.id)
    turned = meetings.reorder(shares_db, board.id, [b.id, a.id], revision=1, now=NOW)
    assert (turned.steps, turned.revision) == ((b.id, a.id), 2)
    named = meetings.rename(shares_db, board.id, "Board, April", "moved", revision=2, now=NOW)
    assert (named.title, named.note, named.steps, named.revision) == (
        "Board, April",
        "moved",
        (b.id, a.id),
        3,
    )


def test_a_view_that_a_meeting_shows_is_not_deleted(shares_db):
    view = kept(shares_db, "Costs")
    board = meetings.create(shares_db, "Board, March", steps=[view.id], now=NOW)
    with pytest.raises(SharesError, match="“Costs” is shown in “Board, March”"):
        shares.delete(shares_db, view.id, revision=1)
    meetings.delete(shares_db, board.id, revision=1)
    assert shares.find_view(shares_db, view.id) == view
    shares.delete(shares_db, view.id, revision=1)


def test_the_second_of_two_who_reorder_is_told_what_it_shows_now(shares_db):
    a, b = kept(shares_db, "A"), kept(shares_db, "B")
    board = meetings.create(shares_db, "Board", steps=[a.id, b.id], now=NOW)
    meetings.reorder(shares_db, board.id, [b.id], revision=1, now=NOW)
    for act in (
        lambda: meetings.reorder(shares_db, board.id, [a.id], revision=1, now=NOW),
        lambda: meetings.rename(shares_db, board.id, "x", "", revision=1, now=NOW),
        lambda: meetings.delete(shares_db, board.id, revision=1),
    ):
        with pytest.raises(Conflict, match="“Board” shows “B” now"):
            act()
    assert meetings.find_meeting(shares_db, board.id).steps == (b.id,)


def test_a_meeting_that_somebody_deleted_is_said_to_be_gone(shares_db):
    board = meetings.create(shares_db, "Board", now=NOW)
    meetings.delete(shares_db, board.id, revision=1)
    with pytest.raises(SharesError, match="this meeting is not there any more"):
        meetings.reorder(shares_db, board.id, [], revision=1, now=NOW)


def test_there_is_an_end_to_steps_and_meetings(shares_db, monkeypatch):
    view = kept(shares_db)
    with pytest.raises(SharesError, match="at most 100 steps"):
        meetings.create(shares_db, "Long", steps=[view.id] * 101, now=NOW)
    monkeypatch.setattr(meetings, "MAX_MEETINGS", 1)
    meetings.create(shares_db, "One", now=NOW)
    with pytest.raises(SharesError, match="delete some"):
        meetings.create(shares_db, "Two", now=NOW)


# People
# -----------------------------------------------------------------------------------------------------


def test_a_person_who_is_forgotten_is_in_no_link_and_no_words(shares_db):
    link = (
        "/people?year=2025&speaker=zoe-muller&speaker=anna-berg&person=zoe-muller&record=people.zoe-muller"
        "&why=contributions~speaker.zoe-muller~month.2025-05"
    )
    view = kept(shares_db, "Who carries", link, words="Events with Zoë Müller or Anna Berg in 2025")
    code = shares.shorten(shares_db, link)
    assert (
        shares.forget_person(
            shares_db, ["Zoë Müller", "Zoe Mueller"], "zoe-muller", "person-removed-1"
        )
        == ()
    )
    now = shares.find_view(shares_db, view.id)
    expected = dict(parse_qsl(urlsplit(link.replace("zoe-muller", "person-removed-1")).query))
    assert dict(parse_qsl(urlsplit(now.link).query)) == expected
    assert shares.expand(shares_db, code) == now.link
    assert now.words == "Events with person-removed-1 or Anna Berg in 2025"
    assert now.revision == 2
    assert not any(
        word in shares_db.path.read_bytes() for word in (b"zoe-muller", "Müller".encode())
    )


def test_texts_that_people_wrote_about_the_person_are_listed_for_the_steward(shares_db):
    view = kept(
        shares_db,
        "The talks of MULLER, zoë",
        note="ask Zoe Mueller!",
        author="Zoë Müller",
        link="/events?text=Mueller",
    )
    kept(shares_db, "Zoëtrope", note="Amüller")
    board = meetings.create(shares_db, "Farewell Zoë Müller", now=NOW)
    found = shares.forget_person(
        shares_db,
        ["Zoë Müller", "Zoe Mueller", "Mueller", "Müller, Zoë"],
        "zoe-muller",
        "person-removed-1",
    )
    assert [(m.table, m.record_id, m.column) for m in found] == [
        ("saved meetings", board.id, "title"),
        *(("saved views", view.id, c) for c in ("author", "note", "title")),
    ]
    assert shares.find_view(shares_db, view.id).link == "/events?text=person-removed-1"
    assert found[0].text == "Farewell Zoë Müller"


def test_a_short_link_that_searches_for_the_name_is_dropped(shares_db):
    gone, stays = (
        shares.shorten(shares_db, "/events?text=Zo%C3%AB+M%C3%BCller"),
        shares.shorten(shares_db, "/events?text=zoology"),
    )
    shares.forget_person(shares_db, ["Zoë Müller"], "zoe-muller", "person-removed-1")
    assert shares.expand(shares_db, gone) is None
    assert shares.expand(shares_db, stays)


NAMED = [
    "text=M%C3%BCller+Zo%C3%AB",
    "text=ZOE%20MULLER",
    "text=Zo%25C3%25AB%2520M%25C3%25BCller",
    "text=zoe+talks+muller",
    "text=zoemuller",
    "text=zoe_muller",
    "text=Zo%C2%ADe+M%C3%BCller",
    "text=Zoe%CC%88+Mu%CC%88ller",
    "text=%EF%BC%BA%EF%BD%8F%EF%BD%85+muller",
    "q=zoe-muller",
    "record=claims.people-zoe-muller-1",
    "speaker=Zoe-Muller",
    "why=contributions~text.zoe+muller",
    "zoe-muller=1",
    "to=%2Fevents%3Ftext%3DZo%25C3%25AB%2BM%25C3%25BCller",
    "period=zoe.muller",
]


@pytest.mark.parametrize("query", NAMED)
def test_a_link_that_names_the_person_in_any_spelling_is_shown_before_and_names_nobody_afterwards(
    shares_db, query
):
    link = f"/events?year=2025&{query}"
    view, code = kept(shares_db, link=link), shares.shorten(shares_db, link)
    before = shares.preview_forgetting(
        shares_db, PersonToForget("zoe-muller", "person-removed-1", ("Zoë Müller",))
    )
    assert {(m.table, m.record_id, m.text) for m in before} == {
        ("short links", code, link),
        ("saved views", view.id, link),
    }
    shares.forget_person(shares_db, ["Zoë Müller"], "zoe-muller", "person-removed-1")
    assert shares.expand(shares_db, code) is None
    found = shares.find_view(shares_db, view.id).link
    assert found in (
        "/events?year=2025",
        *(f"/events?year=2025&{name}=person-removed-1" for name in ("text", "speaker")),
    )
    assert b"uller" not in shares_db.path.read_bytes()


def test_who_only_shares_a_word_with_the_person_stays_in_links(shares_db):
    link = "/events?text=Zo%C3%AB&speaker=zoe-mullers&speaker=anna-muller&city=muller-zoetermeer"
    view, code = kept(shares_db, link=link), shares.shorten(shares_db, link)
    shares.forget_person(shares_db, ["Zoë Müller"], "zoe-muller", "person-removed-1")
    assert (shares.find_view(shares_db, view.id).link, shares.expand(shares_db, code)) == (
        link,
        link,
    )


# Damage
# -----------------------------------------------------------------------------------------------------


def flip(shares_db, table, column, place, bit):
    with sqlite3.connect(shares_db.path) as con:
        ((text,),) = con.execute(f"select {column} from {table}").fetchall()
        letters = bytearray(text.encode())
        letters[place % len(letters)] ^= 1 << bit
        con.execute(f"update {table} set {column} = ?", [letters.decode("utf-8", "replace")])
    con.close()


def test_a_short_link_of_which_a_bit_has_flipped_is_damaged_and_leads_nowhere(shares_db):
    code = shares.shorten(shares_db, LINK, now=NOW)
    whole = shares_db.path.read_bytes()
    for place in range(len(LINK)):
        flip(shares_db, "short_links", "link", place, place % 7)
        with pytest.raises(Damaged, match=f"the short link {code} is damaged"):
            shares.expand(shares_db, code)
        shares_db.path.write_bytes(whole)
    flip(shares_db, "short_links", "code", 3, 0)
    assert shares.expand(shares_db, code) is None
    with sqlite3.connect(shares_db.path) as con:
        ((other,),) = con.execute("select code from short_links").fetchall()
    con.close()
    with pytest.raises((Damaged, AssertionError)):
        assert shares.expand(shares_db, other)


def test_sharing_a_damaged_link_anew_mends_it(shares_db):
    code = shares.shorten(shares_db, LINK)
    flip(shares_db, "short_links", "link", 12, 0)
    assert shares.shorten(shares_db, LINK) == code
    assert shares.expand(shares_db, code) == LINK


@pytest.mark.parametrize(
    "column", ["title", "note", "link", "words", "author", "created", "changed", "pinned", "digest"]
)
def test_a_saved_view_of_which_a_bit_has_flipped_is_not_opened_and_can_only_be_deleted(
    shares_db, column
):
    view = kept(shares_db, note="n", words="w", author="Eva", link=f"{LINK}&v=0123456789abcdef")
    flip(shares_db, "views", column, 1, 1)
    with pytest.raises(Damaged, match="this view is damaged"):
        shares.find_view(shares_db, view.id)
    (listed,) = shares.list_views(shares_db)
    assert (listed.id, listed.damaged, listed.link, listed.title) == (
        view.id,
        True,
        "",
        "Damaged view",
    )
    with pytest.raises(Damaged):
        shares.rename(shares_db, view.id, "New", "", revision=1, now=NOW)
    shares.forget_person(shares_db, ["Zoë Müller"], "zoe-muller", "person-removed-1")
    assert shares.list_views(shares_db) == [listed]
    shares.delete(shares_db, view.id, revision=1)
    assert shares.list_views(shares_db) == []


@pytest.mark.parametrize(
    ("table", "column"), [("meetings", "title"), ("meetings", "note"), ("steps", "view_id")]
)
def test_a_meeting_that_is_not_what_was_kept_shows_nothing(shares_db, table, column):
    first, other = kept(shares_db), kept(shares_db, "Other")
    board = meetings.create(shares_db, "Board", note="March", steps=[first.id], now=NOW)
    if table == "steps":
        with sqlite3.connect(shares_db.path) as con:
            con.execute("update steps set view_id = ?", [other.id])
        con.close()
    else:
        flip(shares_db, table, column, 1, 1)
    with pytest.raises(Damaged, match="this meeting is damaged"):
        meetings.find_meeting(shares_db, board.id)
    (listed,) = meetings.list_meetings(shares_db)
    assert (listed.damaged, listed.steps, listed.title) == (True, (), "Damaged meeting")
    with pytest.raises(Damaged):
        meetings.reorder(shares_db, board.id, [], revision=1, now=NOW)
    meetings.delete(shares_db, board.id, revision=1)
    assert meetings.list_meetings(shares_db) == []


def test_links_name_the_person_that_another_turned_out_to_be(shares_db):
    view = kept(shares_db, link="/events?year=2025&speaker=z-muller&speaker=zoe-muller")
    shares.replace_people(shares_db, {"z-muller": "zoe-muller"})
    assert shares.find_view(shares_db, view.id).link == "/events?year=2025&speaker=zoe-muller"


@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/events?text=zoe-muller",
        "/events?event=zoe-muller",
        "/events?speaker=zoe-muller-2",
        "/x?record=events.zoe-muller",
        "/events?why=contributions~city.zoe-muller",
        "/events?city=zoe-muller",
    ],
)
def test_what_only_looks_like_the_person_stays(link):
    assert replace_people_in_link(link, {"zoe-muller": "person-removed-1"}) == link


@given(st.text(max_size=300))
def test_no_text_breaks_the_checks_in_another_way_than_by_their_error(text):
    for check in (
        accepted_texts.accept_title,
        accepted_texts.accept_note,
        accepted_texts.accept_link,
    ):
        with contextlib.suppress(SharesError):
            assert isinstance(check(text), str)


def test_the_shelf_explains_itself_in_dutch_and_keeps_what_people_wrote_as_it_is(shares_db):
    view = kept(shares_db, "Costs", note="hers")
    shares.rename(shares_db, view.id, "By Eva", "hers", revision=1, now=NOW)
    with speaking("nl"):
        with pytest.raises(Conflict, match="somebody else changed this view") as error:
            shares.rename(shares_db, view.id, "Mine", "", revision=1, now=NOW)
        assert error.value.say() == (
            "iemand anders heeft deze weergave intussen gewijzigd: ze heet nu “By Eva”, met de"
            " notitie “hers”; bekijk dat en probeer het opnieuw"
        )
        flip(shares_db, "views", "title", 1, 1)
        assert shares.list_views(shares_db)[0].title == "Beschadigde weergave"
    assert shares.list_views(shares_db)[0].title == "Damaged view"
