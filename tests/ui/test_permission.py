"""What Streamlit calls for a reader asks for the role by itself: read in the sources, tried in
sessions, and served without the gate, which asks before.
"""

import importlib
import pkgutil
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

import dashboard.ui
from dashboard.model.roles import Role
from dashboard.server import access
from dashboard.shares import SharesDb, admissions
from dashboard.ui import permission, sign_in
from dashboard.ui.permission import GUARDED, NOT_YOURS, DownloadRefused
from tests.conftest import ROOT
from tests.support.sessions import Reader, session
from tests.support.signing_in import (
    ORIGIN,
    SECRET,
    cookies,
    home_with_sign_in,
    served_with_candidate,
)
from tests.ui.conftest import said
from tests.ui.reading_roles import Site, read

for found in pkgutil.walk_packages(dashboard.ui.__path__, "dashboard.ui."):
    if found.name != "dashboard.ui.site":  # which runs when it is imported
        importlib.import_module(found.name)


# --- read


@pytest.fixture(scope="module")
def site_as_written():
    return Site(read(ROOT / "src/dashboard/ui", ROOT / "pages", ROOT / "app.py"))


def test_whatever_is_given_to_streamlit_asks_for_the_role(site_as_written):
    assert site_as_written.unguarded() == []


def test_whatever_changes_the_store_or_the_shelf_asks_for_the_role_or_is_reached_through_what_does(
    site_as_written,
):
    assert site_as_written.changing() == []


def test_the_register_holds_what_the_sources_guard(site_as_written):
    assert {name: one.role.name for name, one in GUARDED.items()} == site_as_written.guards


WHOLE = """
from functools import partial
import streamlit as st
from dashboard.model.roles import Role
from dashboard import shares
from dashboard.store import publish_candidate, rollback, upgrade
from dashboard.ui import state
from dashboard.ui.permission import defer, requires

@requires(Role.VIEWER)
def _good(): ...

@requires(Role.STEWARD)
def _strict(store): publish_candidate(store)

@requires(Role.VIEWER, draws=True)
def _part(): ...

def _bad(): ...

def _used(store): rollback(store)

@requires(Role.STEWARD)
def _uses(store): _used(store)

def show(view, made, options):
    st.button("a", on_click=_good)
    st.button("a", on_click=state.follow, args=("x",))
    st.button("a", on_click=st.login)
    st.dataframe([], on_select=partial(_good, 1))
    st.expander("a", on_change="rerun")
    st.download_button("a", defer(_good), on_click="ignore")
    st.dialog("a", on_dismiss=state.close)(_part)(view)
"""
MISSING = {
    "a callback": ('st.button("a", on_click=_bad)', "on_click=_bad"),
    "by its place": ('st.button("a", None, None, _bad)', "on_click=_bad"),
    "a lambda": ('left.selectbox("a", [], on_change=lambda: _good())', "on_change=lambda: _good()"),
    "a partial": ("st.dataframe([], on_select=partial(_bad, 1))", "on_select=partial(_bad, 1)"),
    "of another module": ('st.button("a", on_click=state.current)', "on_click=state.current"),
    "a component": ("component(on_pressed_change=_bad)", "on_pressed_change=_bad"),
    "hidden": ('st.button("a", **options)', "button hides what it is given"),
    "a download that is there": ('st.download_button("a", made)', "a download of made"),
    "a download": ('st.download_button("a", defer(_bad))', "a download of defer(_bad)"),
    "a download of a lambda": ('st.download_button("a", data=lambda: b"")', "a download of lambda"),
    "a dialog": ('st.dialog("a")(_bad)()', "dialog of _bad"),
    "a dialog that is left": ('st.dialog("a", on_dismiss=_bad)(_part)()', "on_dismiss=_bad"),
    "a fragment": ("st.fragment(_bad)()", "fragment of _bad"),
    "an upload": ('st.file_uploader("a")', "file_uploader outside of what is guarded"),
    "a fragment inside": ("\n    @st.fragment\n    def inner(): ...", "fragment inner"),
    "a fragment with its guard outside": (
        "pass\n@requires(Role.VIEWER)\n@st.fragment(run_every=4)\ndef outside(): ...",
        "fragment outside",
    ),
    "a name of Streamlit": (
        "pass\nfrom streamlit import button",
        "what is imported from Streamlit",
    ),
}
CHANGING = {
    "nobody asks": ("publish_candidate(view)", "publish_candidate needs STEWARD"),
    "nobody asks for the shelf": (
        "shares.meetings.delete(view)",
        "shares.meetings.delete needs VIEWER",
    ),
    "of a variable": ("of = shares; of.rename(view)", "of.rename needs VIEWER"),
    "in a lambda": ("defer(lambda: rollback(view))", "rollback needs STEWARD"),
    "another way in": ("_used(view)", "rollback needs STEWARD"),
    "too little": (
        "pass\n@requires(Role.VIEWER)\ndef _weak(store): rollback(store)",
        "rollback needs STEWARD",
    ),
    "one that nobody has decided on": ("upgrade(view)", "upgrade needs ?"),
}


def as_written(more=""):
    kept = "def follow(): ...\ndef close(): ...\ndef current(): ...\n"
    kept = kept.replace("def follow", "@requires(Role.VIEWER)\ndef follow").replace(
        "def close", "@requires(Role.VIEWER)\ndef close"
    )
    return Site(
        {"src/dashboard/ui/x.py": f"{WHOLE}    {more}\n", "src/dashboard/ui/state.py": kept}
    )


@pytest.mark.parametrize(("line", "wrong"), MISSING.values(), ids=MISSING)
def test_one_that_is_missing_is_found(line, wrong):
    assert as_written().unguarded() == []
    (found,) = as_written(line).unguarded()
    assert wrong in found


@pytest.mark.parametrize(("line", "wrong"), CHANGING.values(), ids=CHANGING)
def test_a_change_that_nobody_asks_about_is_found(line, wrong):
    assert as_written().changing() == []
    (found,) = as_written(line).changing()
    assert wrong in found


def test_a_guard_inside_of_a_function_is_refused_because_nobody_would_find_it():
    with pytest.raises(TypeError, match="move it to its module"):

        @permission.requires(Role.VIEWER)
        def inner():
            pass


# --- tried


@pytest.fixture
def door(tmp_path, monkeypatch):
    """Who is in front of the screen: door.cookies, door.settings. The connection is the test's, the
    rest is as served.
    """
    home = home_with_sign_in(tmp_path / "home")
    monkeypatch.setenv("DASHBOARD_HOME", str(home))
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "shares.sqlite"))
    monkeypatch.setattr(access, "get_cookie_secret", lambda: SECRET)
    monkeypatch.setattr(access, "get_origin_from_redirect_uri", lambda: ORIGIN)

    class Door:
        rules = home / "data" / "settings.toml"

        def __init__(self):
            self.cookies = {}

        def person(self):
            return access.identify(self.cookies, local=False)

        def enters(self, **claims):
            self.cookies = cookies(**claims)

        def write(self, old, new):
            text = self.rules.read_text("utf-8")
            assert old in text
            self.rules.write_text(text.replace(old, new), "utf-8")

    opened = Door()
    monkeypatch.setattr(sign_in, "read_person", opened.person)
    return opened


def signs_out(door):
    who = door.person()
    admissions.end_session(
        SharesDb(access.settings.shares_file()), who.session, who.until, datetime.now(UTC)
    )


LOST = {
    "is a viewer now": lambda door: door.write(
        'stewards = ["dash-stewards"]', 'stewards = ["others"]'
    ),
    "has no role now": lambda door: door.write("dash-", "none-"),
    "signed out": signs_out,
    "was signed out": lambda door: admissions.sign_out(
        SharesDb(access.settings.shares_file()),
        door.person().id,
        datetime.now(UTC) + timedelta(seconds=2),
    ),
    "is expired": lambda door: door.write("session_hours = 10", "session_hours = 1"),
    "is nobody": lambda door: door.cookies.clear(),
    "is forged": lambda door: door.enters(secret="x" * 40, sub="sam", groups=["dash-stewards"]),
    "is another steward": lambda door: door.enters(sub="eva", groups=["dash-stewards"]),
    "is a viewer": lambda door: door.enters(sub="anna", groups=["dash-viewers"]),
    "signed in anew": lambda door: door.enters(
        sub="sam", groups=["dash-stewards", "dash-viewers"], nonce="n2"
    ),
    "cannot be checked": lambda door: door.write("[access]", "[access"),
}
"""What has happened to a steward who opened the page two hours ago."""


@pytest.fixture
def called(monkeypatch):
    """The guarded functions that were really called, in place of what they do."""
    found = []
    for name, guarded in GUARDED.items():
        monkeypatch.setattr(
            guarded, "function", lambda *_, name=name, **__: found.append(name) or b""
        )
    return found


def everything():
    """A page with a button for every callback, everything that draws, and a file of every maker."""
    import sys  # noqa: PLC0415 - the text of this function is run by itself

    import streamlit as st  # noqa: PLC0415

    from dashboard.ui import permission  # noqa: PLC0415

    someone = permission.begin_run()
    permission.report_refusal()
    if not someone.role:
        return
    st.session_state.pop("happens", lambda: None)()  # while the page is drawn
    makers = []
    for name, guarded in permission.GUARDED.items():
        module, _, function = name.rpartition(".")
        served = getattr(sys.modules[module], function)
        if guarded.draws:
            if "draws" in st.session_state:
                served()
        else:
            st.button(name, on_click=served)
            makers.append((name, permission.defer(served)))
    st.session_state["makers"] = makers


@pytest.fixture
def page(door, called):
    """The page after Sam, a steward, has opened it two hours ago."""
    door.enters(sub="sam", groups=["dash-stewards", "dash-viewers"], iat=int(time.time()) - 7200)
    test = AppTest.from_function(everything, default_timeout=30)
    test.run()
    assert not test.exception
    assert called == []
    return test


CALLED = sorted(name for name, guarded in GUARDED.items() if not guarded.draws)
DRAWN = sorted(name for name, guarded in GUARDED.items() if guarded.draws)


def press_all(test):
    for button in test.button:
        button.click()
    test.run()
    assert not test.exception
    return test


def make_all(test):
    """Every file that the page offers is asked for, in a thread of its own as Streamlit does; gives
    those that were refused.
    """
    refused = []

    def ask():
        for name, make in test.session_state["makers"]:
            try:
                make()
            except DownloadRefused:
                refused.append(name)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    return sorted(refused)


def test_who_has_the_role_is_served_everything(page, called):
    press_all(page)
    assert sorted(called) == CALLED
    called.clear()
    assert make_all(page) == []
    assert sorted(called) == CALLED
    called.clear()
    page.session_state["draws"] = True
    page.run()
    assert sorted(called) == DRAWN
    assert not page.error


@pytest.mark.parametrize("happened", LOST.values(), ids=LOST)
def test_no_callback_fragment_dialog_or_download_serves_who_is_somebody_else_by_now(
    page, door, called, happened
):
    happened(door)
    assert make_all(page) == CALLED
    press_all(page)
    assert called == []
    assert any("Nothing was done" in text for text in said(page.error))


@pytest.mark.parametrize("happened", LOST.values(), ids=LOST)
def test_a_part_that_is_drawn_by_itself_draws_nothing_either_but_has_the_whole_page_run(
    page, door, called, happened
):
    page.session_state["draws"] = True
    page.session_state["happens"] = lambda: happened(door)
    page.run()
    assert not page.exception
    assert called == []
    # begun anew, or before a closed door
    assert "draws" not in page.session_state or not door.person().role


def test_a_viewer_is_served_what_viewers_may_and_told_why_not_the_rest(door, called):
    door.enters(sub="anna", groups=["dash-viewers"])
    test = AppTest.from_function(everything, default_timeout=30)
    test.session_state["draws"] = True
    test.run()
    assert sorted(called) == [name for name in DRAWN if GUARDED[name].role is Role.VIEWER]
    assert "New data is published by stewards, and you are a viewer." in said(test.info)
    called.clear()
    del test.session_state["draws"]
    press_all(test)
    may = [name for name in CALLED if GUARDED[name].role is Role.VIEWER]
    assert sorted(called) == may
    assert said(test.error) == [
        "Nothing was done. New data is published by stewards, and you are a viewer."
    ]
    called.clear()
    assert make_all(test) == [name for name in CALLED if name not in may]
    assert sorted(called) == may


def test_a_process_that_only_shows_publishes_for_nobody(door, called, monkeypatch):
    monkeypatch.setenv("DASHBOARD_PUBLISHING", "no")
    door.enters(sub="sam", groups=["dash-stewards"])
    test = press_all(AppTest.from_function(everything, default_timeout=30).run())
    assert {GUARDED[name].role for name in called} == {Role.VIEWER}
    assert said(test.error) == [f"Nothing was done. {access.NOT_HERE}"]


def test_a_session_that_somebody_else_comes_to_is_empty_for_them(page, door):
    page.session_state["checked"] = "what Sam offered"
    door.enters(sub="eva", groups=["dash-stewards"])
    page.run()
    assert "checked" not in page.session_state
    assert page.session_state[permission.OWNER].id == door.person().id
    assert said(page.error) == [f"Nothing was done. {NOT_YOURS}"]
    page.run()
    assert not page.error


def test_what_nobody_began_serves_nobody(door, called):
    door.enters(sub="sam", groups=["dash-stewards"])

    def bare():
        import streamlit as st  # noqa: PLC0415

        from dashboard.ui import state  # noqa: PLC0415
        from dashboard.ui.steward import new_data  # noqa: PLC0415

        st.button("go", on_click=state.close_panels)
        new_data.draw_new_data(None)

    test = press_all(AppTest.from_function(bare).run())
    assert called == []
    assert said(test.info) == [NOT_YOURS]


# --- served


@pytest.fixture
def without_the_gate(tmp_path, small):
    with served_with_candidate(tmp_path, small, "src/dashboard/ui/site.py") as found:
        yield found


def test_a_role_that_was_taken_away_publishes_and_downloads_nothing_even_where_no_gate_stands_before_the_script(
    without_the_gate, tmp_path
):
    address, store, candidate, rules = without_the_gate
    cookie = "; ".join(
        f"{k}={v}"
        for k, v in cookies(origin=address, sub="sam", name="Sam", groups=["dash-stewards"]).items()
    )
    before, kept = store.current_id(), rules.read_text("utf-8")

    def goes_to_publish(reader):
        reader.opens("publish", f"candidate={candidate}")
        reader.does(**{"Why, in a few words": "merged"})
        assert not reader.labelled("Publish").disabled

    with session(address, cookie=cookie) as opened:
        reader = Reader(opened)
        reader.opens("records", "tab=tables")
        assert reader.downloads("Download as CSV").startswith("/media/")
        rules.write_text(kept.replace('"dash-', '"none-'), "utf-8")
        assert reader.downloads("Download as CSV") == "Failed to generate file for download"
        rules.write_text(kept, "utf-8")
        goes_to_publish(reader)
        rules.write_text(
            kept.replace("dash-stewards", "none").replace("dash-viewers", "dash-stewards"), "utf-8"
        )
        reader.does(Publish=True)  # a viewer now
        assert f"Nothing was done. {NOT_YOURS}" in reader.reads()
        assert store.current_id() == before
        rules.write_text(kept, "utf-8")
        goes_to_publish(reader)
        reader.does(Publish=True)
        assert store.current_id() == candidate
    log = (tmp_path / "log").read_text("utf-8")
    assert "a download was refused" in log
    assert "Traceback" not in log
