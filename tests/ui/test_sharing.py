"""Share: the link to what is shown, live or pinned, long and short, as a QR code, kept under a
name, to embed.
"""

from datetime import date
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest

from dashboard import shares
from dashboard.export.share_links import make_link
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.ui.dialogs import share
from dashboard.views.view import open_view
from tests.conftest import NOW, ROOT
from tests.ui.conftest import said

pytestmark = pytest.mark.filterwarnings("default")
PUBLIC = ('public_url = ""', 'public_url = "https://dash.example.org/"')
EMBED = ("embed_on = []", 'embed_on = ["https://intranet.example.org"]')
SHARE, DAY = ("share", ""), date(2026, 2, 3)


def field(test, label):
    return next(
        widget
        for widget in (*test.text_input, *test.text_area, *test.selectbox)
        if widget.label == label
    )


def kind_of(test):
    return test.button_group(key="share-kind-2")


# The link
# ----------------------------------------------------------------------------------------------------------------


def shared(store, link, kind, chart="", today=DAY):
    page, _, query = make_link(
        open_view(store, settings.load(ROOT / "data"), link, today, role=Role.VIEWER), kind, chart
    ).partition("?")
    return page, dict(parse_qsl(query))


def test_a_live_link_follows_the_data_and_a_pinned_one_stays(then_and_now):
    then, now = then_and_now
    store = Store(now.folder.parents[1])
    live, pin = {"year": "2025", "lang": "en"}, {"v": now.id, "on": "2026-02-03"}
    assert shared(store, "/trainings?year=2025", share.LIVE) == ("/trainings", live)
    assert shared(store, "/trainings?year=2025", share.PINNED) == ("/trainings", live | pin)
    assert shared(store, "/trainings?year=2025", share.PINNED, "participation") == (
        "/trainings",
        live | pin | {"chart": "participation"},
    )
    earlier = f"/trainings?year=2025&v={then.id}&on=2026-01-20"
    assert shared(store, earlier, share.PINNED) == (
        "/trainings",
        live | {"v": then.id, "on": "2026-01-20"},
    )
    assert shared(store, earlier, share.LIVE) == ("/trainings", live)
    assert shared(store, f"{earlier}&show=now", share.PINNED) == ("/trainings", live | pin)
    assert shared(store, "/people?year=2025&present=true&step=2&meeting=abcd2345", share.LIVE) == (
        "/people",
        live,
    )
    words = {"year": "2026", "period": "this-year", "lang": "en"}
    assert shared(store, "/people?period=this-year", share.LIVE) == ("/people", words)
    assert shared(store, "/people?period=this-year", share.PINNED) == ("/people", words | pin)


# The dialog
# --------------------------------------------------------------------------------------------------------------


def test_the_dialog_gives_the_live_link_a_short_one_and_says_that_it_opens_here_only(
    site, shares_db
):
    test = site("trainings", asked=SHARE, year="2025", by="format")
    assert field(test, "Link").value == "/trainings?year=2025&by=format&lang=en"
    code = field(test, "Short link").value.removeprefix("/s/")
    assert shares.expand(shares_db, code) == "/trainings?year=2025&by=format&lang=en"
    captions = said(test.caption)
    assert "Whoever opens it sees the numbers of that day." in captions
    assert any("open on this computer only" in text for text in captions)
    assert (list(test.get("image")), list(test.code)) == ([], [])
    assert "QR code as SVG" not in [button.label for button in test.get("download_button")]
    assert field(test, "Title").placeholder == "Trainings in 2025"


def test_a_pinned_view_is_shared_pinned_unless_the_reader_chooses_live(site, then_and_now):
    then, _ = then_and_now
    test = site("people", asked=("share", "by-person"), year="2025", v=then.id, on="2026-02-03")
    assert (
        field(test, "Link").value
        == f"/people?year=2025&chart=by-person&v={then.id}&on=2026-02-03&lang=en"
    )
    assert (
        field(test, "Title").placeholder
        == "People in 2025: 1 of 3 people made 3 of 6 contributions"
    )
    test.session_state["asked_for"] = ("share", "by-person")
    kind_of(test).set_value(share.LIVE).run()
    assert field(test, "Link").value == "/people?year=2025&chart=by-person&lang=en"


def test_a_period_in_words_is_said_to_stay_or_to_follow(site, then_and_now):
    test = site("people", asked=SHARE, period="last-year")
    assert any("“last year” is kept as the words" in text for text in said(test.caption))
    test = site(
        "people",
        asked=SHARE,
        period="last-year",
        year="2025",
        v=then_and_now[0].id,
        on="2026-02-03",
    )
    assert any(
        "“last year” stays what it means on 3 February 2026." in text for text in said(test.caption)
    )


@pytest.mark.parametrize(
    ("public", "headers", "base", "found"),
    [
        (
            "https://dash.example.org",
            {"Origin": "http://localhost:8501"},
            "",
            "https://dash.example.org",
        ),
        ("", {"Origin": "http://localhost:8501"}, "", "http://localhost:8501"),
        ("", {"Origin": "http://localhost:8501"}, "/dash/", "http://localhost:8501/dash"),
        ("", {}, "/dash", ""),
    ],
)
def test_links_begin_with_the_public_address_or_the_origin_that_was_checked(
    monkeypatch, public, headers, base, found
):
    """Never with what a browser says of itself in a message (st.context.url)."""
    here = SimpleNamespace(headers=headers, url="https://evil.example.net/people")
    monkeypatch.setattr(share, "st", SimpleNamespace(context=here, get_option=lambda _: base))
    assert (
        share.find_base_address(
            SimpleNamespace(page="people", settings=SimpleNamespace(public_url=public))
        )
        == found
    )


def test_with_a_public_address_there_is_a_qr_code_of_the_short_link(site, shares_db, programme):
    programme(PUBLIC)
    test = site("people", asked=SHARE, year="2025")
    assert field(test, "Link").value == "https://dash.example.org/people?year=2025&lang=en"
    short = field(test, "Short link").value
    assert short.startswith("https://dash.example.org/s/")
    assert shares.expand(shares_db, short.rpartition("/")[2]) == "/people?year=2025&lang=en"
    (image,) = test.get("image")
    assert f"QR code of {short}" in str(image.proto)
    assert "QR code as SVG" in [button.label for button in test.get("download_button")]
    assert not any("open on this computer only" in text for text in said(test.caption))
    assert list(test.code) == []


def test_a_site_that_the_settings_name_gets_a_piece_of_html(site, programme):
    programme(PUBLIC, EMBED)
    (code,) = site("people", asked=("share", "by-person"), year="2025", text="a&b").code
    assert code.value == (
        '<iframe src="https://dash.example.org/people?year=2025&amp;text=a%26b&amp;chart=by-person&amp;lang=en&amp;embed=true"'
        ' width="100%" height="700" title="DASH"></iframe>'
    )


# Keeping
# -----------------------------------------------------------------------------------------------------------------


def keep(test, title="", note="", meeting=None):
    """Fill in the form of the open dialog and press Keep."""
    field(test, "Title").set_value(title)
    field(test, "Note").set_value(note)
    if meeting:
        box = field(test, "Meeting")
        box.options += [] if meeting in box.options else [meeting]  # a reader may write a new one
        box.set_value(meeting)
    test.session_state["asked_for"] = SHARE
    next(button for button in test.button if button.label == "Keep").click()
    test.run()
    assert not test.exception


def test_a_view_is_kept_by_itself_under_the_words_of_its_page(site, shares_db):
    test = site("trainings", asked=SHARE, year="2025")
    keep(test)
    (kept,) = shares.list_views(shares_db)
    assert (kept.title, kept.words, kept.link, kept.note, kept.pinned) == (
        "Trainings in 2025",
        "Trainings in 2025",
        "/trainings?year=2025&lang=en",
        "",
        "",
    )
    assert said(test.success) == [
        "Kept as “Trainings in 2025” under Saved views: see the page Meetings."
    ]
    assert shares.meetings.list_meetings(shares_db) == []


def test_a_view_is_kept_at_the_end_of_a_meeting_or_in_a_new_one(site, shares_db):
    first = shares.save(shares_db, "First", "/", now=NOW)
    board = shares.meetings.create(shares_db, "Board of March", steps=[first.id], now=NOW)
    test = site("people", asked=SHARE, year="2025")
    keep(test, "Speakers", "Item 4", "Board of March")
    assert said(test.success) == ["Kept as “Speakers” under Board of March: see the page Meetings."]
    assert [
        shares.find_view(shares_db, s).title
        for s in shares.meetings.find_meeting(shares_db, board.id).steps
    ] == [
        "First",
        "Speakers",
    ]
    test = site("people", asked=SHARE, year="2025")
    keep(test, "Again", "", "Board of May")
    (new,) = [
        meeting for meeting in shares.meetings.list_meetings(shares_db) if meeting.id != board.id
    ]
    assert (new.title, [shares.find_view(shares_db, s).title for s in new.steps]) == (
        "Board of May",
        ["Again"],
    )


def test_what_cannot_be_kept_is_said(site, shares_db):
    test = site("people", asked=SHARE, year="2025")
    keep(test, "turned \u202e around")
    assert "U+202E (right-to-left override) stands after “turned ”" in said(test.warning)[0]
    assert shares.list_views(shares_db) == []
    shares_db.path.write_bytes(b"not a database" * 100)
    test = site("people", asked=SHARE, year="2025")
    assert "is damaged" in said(test.warning)[0]
    assert any(text.startswith("No short link: ") for text in said(test.caption))
    assert field(test, "Link").value == "/people?year=2025&lang=en"
