"""Who may do what on a page: what Streamlit calls for a reader asks for the role by itself, each
time.

A callback runs before the script, a fragment and a dialog without it, and a download in a thread of
its own: that the script asked when it drew a button says nothing of who presses it now. Each of
them has `requires` above it, tests/ui/test_permission.py finds one that has not, and GUARDED lists
them all.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.scriptrunner import (
    ScriptRunContext,
    add_script_run_ctx,
    get_script_run_ctx,
)

from dashboard.language.messages import N_, _, current_language, speaking
from dashboard.model import server_log
from dashboard.model.roles import Person, Role
from dashboard.server.sessions import SESSIONS
from dashboard.ui import languages, sign_in
from dashboard.ui.markdown import escape

P = ParamSpec("P")
R = TypeVar("R")
OWNER, REFUSED, RESTARTED = "someone", "refused", "restarted"
"""Keys of a session: who began it; what was refused, in words; that it has just been emptied."""
NOT_YOURS = N_("This page was opened with another sign-in or role.")


class DownloadRefused(Exception):
    """A file is not made for who asks."""


@dataclass
class Guarded:
    """A function that needs a role. `draws`: it is a part of the page, which says so itself when it
    is refused.
    """

    role: Role
    draws: bool
    function: Callable[..., Any]

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function if who is in front of the screen has the role; else nothing is done,
        and nothing told.
        """
        languages.resume()
        owner = st.session_state.get(OWNER)
        person = sign_in.read_person()
        if _may(self.role, owner, person):
            return self.function(*args, **kwargs)
        if not self.draws:
            st.session_state[REFUSED] = _explain_refusal(owner, person)
        elif owner is not None and owner.identity != person.identity:
            st.rerun()  # the whole page: the script shows the closed door, or begins anew
        else:
            st.info(escape(_explain_refusal(owner, person)), icon=":material/lock:")
        return None


GUARDED: dict[str, Guarded] = {}
"""Every function that asks for a role, by module and name: complete once the modules of ui/ are
imported.
"""


def requires(
    role: Role, *, draws: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R | None]]:
    """Require a role of who calls: the decorator of what Streamlit calls: a callback, a fragment,
    the body of a dialog, what makes a download, what takes an upload. It is for functions of a
    module, so that all of them are known; partial() or args= give them what they are about.
    """

    def guard(function: Callable[P, R]) -> Callable[P, R | None]:
        guarded = GUARDED[_name_in_module(function)] = Guarded(role, draws, function)

        @wraps(function)
        def asked(*args: P.args, **kwargs: P.kwargs) -> R | None:
            answer: R | None = guarded.call(*args, **kwargs)
            return answer

        return asked

    return guard


def _name_in_module(function: Callable[..., Any]) -> str:
    """Return the full name. Raises TypeError for a function that stands in another."""
    name = f"{function.__module__}.{function.__qualname__}"
    if "<locals>" in name:
        raise TypeError(
            f"{name} stands in a function, where nobody finds it: move it to its module"
        )
    return name


def begin_run() -> Person:
    """Return at the start of every run who is in front of the screen. One who comes to a session
    that another sign-in or role began finds it empty, as if the page had just been opened.
    """
    person, session = sign_in.read_person(), st.session_state
    owner = session.get(OWNER)
    if not person.role:
        return person
    SESSIONS.begin_run(_session_id(), person)
    if owner is not None and owner.identity != person.identity:
        for key in list(session):
            del session[key]
        session.update({REFUSED: _(NOT_YOURS), RESTARTED: True})
    session[OWNER] = person
    return person


def allow_upload() -> None:
    """Let the upload limiter take files of this session while the page that is being drawn has a
    place to drop them.
    """
    SESSIONS.offer_upload(_session_id())


def end_run() -> None:
    """Close every run that was not broken off."""
    SESSIONS.end_run(_session_id())


def _session_id() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


def report_refusal() -> None:
    """Say what was refused before this run, once it is known which page is shown. A session that
    begins anew is run once more, so that nothing is carried out that was pressed in it.
    """
    if st.session_state.pop(RESTARTED, False):
        st.rerun()
    if words := st.session_state.pop(REFUSED, ""):
        st.error(_("Nothing was done. {reason}", reason=escape(words)), icon=":material/block:")


def defer(make: Callable[P, R | None], *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
    """Return what a download button gets: `make`, which is guarded, is called when somebody presses
    it, if they are who the page was drawn for and still may. Else the browser gets no byte and says
    that no file could be made.
    """
    guarded = GUARDED[f"{make.__module__}.{make.__qualname__}"]
    context, owner = get_script_run_ctx(), st.session_state.get(OWNER)
    language = current_language()

    def made() -> R:
        if not _may_now(guarded.role, owner, context):
            raise DownloadRefused("not for who asks now")
        with speaking(language):
            file: R = guarded.function(*args, **kwargs)
        return file

    return made


def _may_now(role: Role, owner: Person | None, context: ScriptRunContext | None) -> bool:
    """Return whether who has the session may do it: asked in a thread of the session, so that the
    connection is asked which it has now. Where asking fails they may not.
    """
    answers: list[bool] = []
    asking = threading.Thread(
        target=lambda: answers.append(_may(role, owner, sign_in.read_person()))
    )
    add_script_run_ctx(asking, context).start()
    asking.join()
    return answers == [True]


def _may(role: Role, owner: Person | None, person: Person) -> bool:
    """Return whether somebody may do what needs this role in a session of this owner. Who it is was
    asked of the connection and the settings as they are now, and is not kept: it takes 0.1 to 0.3
    ms.
    """
    return bool(
        person.role
        and owner is not None
        and owner.identity == person.identity
        and person.role >= role
    )


def _explain_refusal(owner: Person | None, person: Person) -> str:
    """Return why somebody may not do something, for readers."""
    if not person.role:
        return person.why or _(NOT_YOURS)
    if owner is None or owner.identity != person.identity:
        return _(NOT_YOURS)
    return person.why or _("You may not do this.")


def _shorten_log(record: logging.LogRecord) -> bool:
    """Filter the log: write one line in place of Streamlit's traceback for a refused download, and
    for one of a page that is gone, which are no faults.
    """
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, MediaFileStorageError):
        server_log.log_throttled(
            "a download was refused: the page that offered it is not open any more"
        )
        return False
    if not isinstance(getattr(error, "__cause__", None), DownloadRefused):
        return True
    server_log.log_throttled(
        "a download was refused: its reader has lost the role, or is somebody else"
    )
    return False


logging.getLogger("streamlit.runtime.backend_operation_handler").addFilter(_shorten_log)
