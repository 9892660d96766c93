"""The attack: each reader at each door, and what came of it."""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from pptx import Presentation
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.model.roles import Role
from dashboard.model.sitemap import PAGES
from tests.attack import doors
from tests.attack.answers import MESSAGES, ROUTES, Gives
from tests.attack.readers import Claims, Reader, same, steward
from tests.attack.wire import Answer, Page, opened, request
from tests.attack.world import CANDIDATE, KEPT, PUBLISHED, World

PRESSES = "message rerun_script"
FRESH = 60
"""Seconds after which Sam opens the pages anew: Streamlit keeps a session that nobody is connected
to for 120.
"""
LEFT_OUT = 5
"""Seconds after which a message that is not answered was heard by nobody."""


@dataclass(frozen=True)
class Cell:
    """One reader at one door: what was wrong, or empty."""

    door: str
    reader: str
    wrong: str


@dataclass
class Known:
    """What Sam's page knew, by page and query."""

    sam: Claims
    session: str
    reading: str
    begun: float
    widgets: dict[tuple[str, str], dict[str, tuple[str, Any]]] = field(default_factory=dict)
    fragments: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    scripts: dict[str, str] = field(default_factory=dict)
    left_open: ExitStack = field(default_factory=ExitStack)
    upload: str = ""
    media: str = ""


class Attack:
    """A world under attack by one reader after the other."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.settings = world.rules.read_text("utf-8")
        self.turn = 0
        self.known: Known | None = None
        self.learned: Known | None = None
        self.cells: list[Cell] = []
        self.deck = b""

    def by(self, reader: Reader) -> None:
        """All doors, in all ways."""
        self._forget()
        for door, attempt, judge in self.doors():
            self._try(reader, door, attempt, judge)

    def doors(self) -> Iterator[tuple[str, Callable, Callable]]:
        """(name, attempt, judge) of each door; what an attempt gets is the reader and the answer of
        Sam's pages.
        """
        for path in doors.all_routes():
            for method in doors.METHODS:
                yield f"{method} {path}", self._request(path, method), self._of_route(path, method)
        for name in doors.messages():
            yield f"message {name}", self._message(name), self._of_message(name)
        for page, query in doors.links():
            judge = self._any if page in WITHOUT_RECORDS else self._readable
            yield f"link /{page}?{query}", self._link(page, query), judge
        for page, query in doors.PANELS:
            yield f"widgets of /{page}?{query}", self._press(page, query), self._any
        yield "fragments", self._fragments, self._readable
        yield "downloads", self._downloads, self._readable
        yield "a deck with links to a candidate", self._deck, self._renewed

    def _try(self, reader: Reader, door: str, attempt: Callable, judge: Callable) -> None:
        if door == PRESSES:
            # another door may have led Sam's session on to a page that has no such button
            self._forget()
        known = self._sam_was_here(reader)
        store, shares = self.world.store_as_it_is(), self.world.shares_as_they_are()
        try:
            answers = attempt(reader, known)
        except (TimeoutError, OSError) as error:
            self.cells.append(Cell(door, reader.name, f"no answer: {type(error).__name__} {error}"))
            return
        wrong = [
            found
            for answer in answers
            for found in (self._told(reader, answer), judge(reader, answer))
            if found
        ]
        changed = self.world.store_as_it_is() != store
        if changed and reader.role < Role.STEWARD:
            wrong.append("the store was changed")
        if door == PRESSES and reader.is_sam and reader.resumes and not changed:
            wrong.append("publishes nothing for who may: the attack is none")
        if changed:
            self.world.put_back()
            self._forget()
        if reader.role < Role.VIEWER and self.world.shares_as_they_are() != shares:
            wrong.append("the shelf was changed")
        self.cells.append(Cell(door, reader.name, "; ".join(dict.fromkeys(wrong))))
        if door.endswith(" /auth/logout"):
            self._forget()  # Sam may be signed out by it, who has to come again

    def _forget(self) -> None:
        if self.known:
            self.known.left_open.close()
        self.known = None

    # What must never happen, whatever the door
    # ------------------------------------------------------------------

    def _told(self, reader: Reader, answer: Answer) -> str:
        secret = {Role.NOBODY: (PUBLISHED, CANDIDATE, KEPT), Role.VIEWER: (CANDIDATE,)}.get(
            reader.role, ()
        )
        found = [word for word in secret if answer.holds(word)]
        if answer.status >= 500 and answer.status != 503:
            return f"fails with {answer.status}"
        if (
            not reader.is_sam
            and self.known
            and answer.session in (self.known.session, self.known.reading)
        ):
            return "is in Sam's session"
        return f"tells {' '.join(found)}" if found else ""

    # What a door gives
    # ------------------------------------------------------------------------------------------

    def _of_route(self, path: str, method: str) -> Callable[[Reader, Answer], str]:
        gives = (
            Gives.VIEWERS if method == "OPTIONS" and ROUTES[path] is Gives.OWNER else ROUTES[path]
        )

        def judge(reader: Reader, answer: Answer) -> str:
            given = 200 <= answer.status < 300 or answer.status in (301, 302, 307, 308)
            if answer.headers.get("content-type", "").startswith("text/html") and path != "/{page}":
                return ""  # the frontend, which any path gives that no route has
            may = {
                Gives.NOBODY: False,
                Gives.OWNER: reader.is_sam,
                Gives.VIEWERS: reader.role >= Role.VIEWER,
                Gives.CALENDAR: reader.role >= Role.VIEWER,
            }.get(gives, True)
            if (
                method == "GET"
                and gives is Gives.OWNER
                and may
                and path.startswith("/media")
                and not given
            ):
                return f"gives {answer.status} to whom it belongs"
            return f"gives {answer.status}" if given and not may else ""

        return judge

    def _of_message(self, name: str) -> Callable[[Reader, Answer], str]:
        gives = MESSAGES[name]

        def judge(reader: Reader, answer: Answer) -> str:
            may = {Gives.NOBODY: False, Gives.VIEWERS: reader.role >= Role.VIEWER}.get(gives, True)
            given = answer.headers.get("given", "")
            return f"gives {given}" if given and not may else self._readable(reader, answer)

        return judge

    def _readable(self, reader: Reader, answer: Answer) -> str:
        """Who may look sees the records: else a closed door would pass for a safe one."""
        fresh = not reader.resumes or reader.is_sam
        if (
            fresh
            and reader.role >= Role.VIEWER
            and not answer.status
            and not answer.holds(PUBLISHED)
        ):
            return "is shut out"
        return ""

    def _renewed(self, reader: Reader, answer: Answer) -> str:
        """A steward's deck has what is not published: else the links of it were not followed at
        all.
        """
        whole = (
            reader.role is Role.STEWARD
            and answer.status == HTTPStatus.OK
            and not answer.holds(CANDIDATE)
        )
        return "renews no deck" if whole else ""

    def _any(self, _reader: Reader, _answer: Answer) -> str:
        """Of pages that tell of no record."""
        return ""

    # Sam's page
    # -------------------------------------------------------------------------------------------------

    def _sam_was_here(self, reader: Reader) -> Known:
        """What Sam's page knew, and what has happened since."""
        if self.known is None or time.monotonic() - self.known.begun > FRESH:
            self._forget()
            self.world.set_rules(self.settings)
            self.turn += 1
            self.known = self._comes(steward(self.world, self.turn))
            reader.happens(self.world, self.known.sam)
        return self.known

    def _comes(self, sam: Claims) -> Known:
        """Sam opens a page that stays open, to which files are uploaded; one on which a candidate
        is about to be published, and one to read; both are closed again, and Streamlit keeps them.
        """
        signed = "sign_in = true" in self.settings
        headers = Reader("Sam", Role.STEWARD, same).sent(self.world, sam) if signed else {}
        known = Known(sam, "", "", time.monotonic())
        open_page = known.left_open.enter_context(self.opened(headers))
        assert isinstance(open_page, Page)
        assert open_page.open("publish")
        known.upload = "/" + self._addresses(open_page).upload_url.lstrip("/")
        with self.opened(headers) as page:
            assert isinstance(page, Page)
            if self.learned is None:
                self.learned = known
                for name, query in doors.PANELS:
                    self._learn(page, known, name, self.filled(query))
                self.deck = self._take_deck(page, headers)
            known.widgets, known.scripts = self.learned.widgets, self.learned.scripts
            name, query = doors.PANELS[0]
            self._learn(page, known, name, self.filled(query))
            page.run(**{page.labelled("Why, in a few words").id: ("string_value", "attack")})
            known.session = page.session
        with self.opened(headers) as page:
            assert isinstance(page, Page)
            self._learn(page, known, READ[0], self.filled(READ[1]))
            known.reading, known.media = page.session, self._file_behind(page, "Download as CSV")
        known.begun = time.monotonic()
        return known

    def _learn(self, page: Page, known: Known, name: str, query: str) -> None:
        page.messages.clear()
        assert page.open(name, query), f"Sam does not see /{name}?{query}"
        found = known.widgets.setdefault((name, query), {})
        known.scripts[name] = page.script
        for element in page.elements():
            identity = getattr(element, "id", "")
            kind = type(element).__name__
            if identity and kind in VALUES:
                found[identity] = VALUES[kind]
        known.files = {
            one.deferred_file_id for one in page.elements() if getattr(one, "deferred_file_id", "")
        }
        known.fragments = {one.delta.fragment_id for one in page.messages if one.delta.fragment_id}

    def _addresses(self, page: Page) -> Any:
        """Where a page would send a file."""
        message = BackMsg()
        message.file_urls_request.request_id = "1"
        message.file_urls_request.file_names.append("x")
        message.file_urls_request.session_id = page.session
        page.send(message)
        assert page.hear(until="file_urls_response")
        return page.messages[-1].file_urls_response.file_urls[0]

    def _take_deck(self, page: Page, headers: dict[str, str]) -> bytes:
        """Slides of what is published, as Sam takes them along, on which every link then names the
        candidate.
        """
        page.messages.clear()
        assert page.open("events", "year=2025")
        page.run(**{page.labelled("Take along").id: ("trigger_value", True)})
        url = self._file_behind(page, "PowerPoint")
        taken = Presentation(
            io.BytesIO(
                request(self.world.address, "GET", url, headers, context=self.world.tls).body
            )
        )
        also, written = self.filled("year=2025&candidate={candidate}"), io.BytesIO()
        for slide in taken.slides:
            for tag in slide.element.iter():
                for place in ("descr", "name"):  # shapes carry a link in both
                    if place in tag.attrib:
                        tag.set(place, tag.get(place).replace("year=2025", also))
        taken.save(written)
        return written.getvalue()

    def _file_behind(self, page: Page, label: str) -> str:
        """The address of the file behind a button."""
        page.send(self._download(page.session, page.labelled(label).deferred_file_id))
        assert page.hear(until="backend_operation_response")
        return str(page.messages[-1].backend_operation_response.deferred_file.url)

    # Attempts
    # ---------------------------------------------------------------------------------------------------

    def filled(self, text: str) -> str:
        world = self.world
        return text.format(candidate=world.candidate, former=world.former, meeting=world.meeting)

    @contextmanager
    def opened(self, headers: dict[str, str], session: str = "") -> Iterator[Page | Answer]:
        with opened(self.world.address, headers, session, self.world.tls) as page:
            yield page

    def _request(self, path: str, method: str) -> Callable:
        def attempt(reader: Reader, known: Known) -> list[Answer]:
            headers = reader.sent(self.world, known.sam)
            if method not in ("GET", "HEAD") and "Origin" not in headers:
                headers["Origin"] = self.world.address  # as a page of ours would
            body = None if method in ("GET", "HEAD", "OPTIONS") else FORM
            if body:
                headers["Content-Type"] = "multipart/form-data; boundary=x"
                headers |= self._xsrf(headers)
            return [
                request(self.world.address, method, one, headers, body, self.world.tls)
                for one in self._samples(path, known)
            ]

        return attempt

    def _xsrf(self, headers: dict[str, str]) -> dict[str, str]:
        """Both halves of the token that Streamlit compares: who attacks makes them alike."""
        from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string  # noqa: PLC0415

        token = generate_xsrf_token_string()
        cookies = "; ".join(filter(None, [headers.get("Cookie", ""), f"_streamlit_xsrf={token}"]))
        return {"Cookie": cookies, "X-Xsrftoken": token}

    def _samples(self, path: str, known: Known) -> list[str]:
        """Real addresses of a route: what it has to give stands behind them."""
        candidate = f"year=2025&candidate={self.world.candidate}"
        of = {
            "/s/{code}": [f"/s/{self.world.code}"],
            "/calendar.ics": [
                "/calendar.ics?year=2025",
                f"/calendar.ics?{candidate}",
                f"/calendar.ics?v={self.world.candidate}",
            ],
            "/changes.atom": [
                "/changes.atom?year=2025",
                f"/changes.atom?{candidate}",
                f"/changes.atom?v={self.world.candidate}",
            ],
            "/api/rows/{name}": [
                f"/api/rows/{name}?{candidate}"
                for name in ("events", "people.csv", "events.jsonld")
            ],
            "/api/{rest:path}": ["/api/nothing"],
            "/media/{file_id:path}": [known.media],
            "/_stcore/upload_file/{session_id}/{file_id}": [known.upload],
            "/component/{path:path}": ["/component/x/index.html"],
            "/_stcore/bidi-components/{path:path}": ["/_stcore/bidi-components/x/index.js"],
            "/app/static/{path:path}": ["/app/static/icon.png"],
            "/static/{path}": ["/static/js/x.js"],
            "/{page}": [f"/{page}?{candidate}" for page in PAGES],
        }
        if "{" in path and path not in of:
            raise AssertionError(
                f"{path} is new: say in tests/attack/attack.py, _samples, what an address of it is"
            )
        return of.get(path, [path, f"{path}?{candidate}"])

    def _resumed(self, reader: Reader, known: Known, of: str = "session") -> Any:
        session = getattr(known, of) if reader.resumes else ""
        return self.opened(reader.sent(self.world, known.sam), session)

    def _message(self, name: str) -> Callable:
        """The message comes first; then the page is asked for, so that there is an end to what is
        heard.
        """

        def attempt(reader: Reader, known: Known) -> list[Answer]:
            of = "reading" if name.startswith("backend_operation_request") else "session"
            with self._resumed(reader, known, of) as page:
                if isinstance(page, Answer):
                    return [page]
                page.script = known.scripts["publish"]
                page.send(self._first(name, page, known))
                if name == "rerun_script":
                    # to its end: Streamlit makes one run of two that are asked for at once
                    page.hear()
                self._asks_for_events(page)
                return [_with_given(page)]

        return attempt

    def _asks_for_events(self, page: Page) -> None:
        """Twice, where a run of before came in between."""
        for _ in range(2):
            if page.open("events", "year=2025") and PUBLISHED.encode() in page.seen:
                return

    def _first(self, name: str, page: Page, known: Known) -> BackMsg:
        message = BackMsg()
        if name == "rerun_script":
            (publish, query), *_ = doors.PANELS
            page.query = self.filled(query)
            return page.rerun(known.widgets[publish, page.query])
        if name == "file_urls_request":
            message.file_urls_request.request_id = "1"
            message.file_urls_request.file_names.append("x.csv")
            message.file_urls_request.session_id = known.session
        elif name == "backend_operation_request.deferred_file":
            return self._download(known.reading, next(iter(sorted(known.files))))
        elif "." in name:
            (
                message.backend_operation_request.request_id,
                message.backend_operation_request.session_id,
            ) = (
                "1",
                known.reading,
            )
            getattr(message.backend_operation_request, name.partition(".")[2]).SetInParent()
        else:
            setattr(message, name, True)
        return message

    def _download(self, session: str, file: str) -> BackMsg:
        message = BackMsg()
        message.backend_operation_request.request_id = file
        message.backend_operation_request.session_id = session
        message.backend_operation_request.deferred_file.file_id = file
        return message

    def _link(self, page: str, query: str) -> Callable:
        def attempt(reader: Reader, known: Known) -> list[Answer]:
            with self._resumed(reader, known) as socket:
                if isinstance(socket, Answer):
                    return [socket]
                socket.open(page, self.filled(query))
                return [socket.answered()]

        return attempt

    def _press(self, name: str, query: str) -> Callable:
        """Every widget of Sam's page at once, then each button by itself: as the first thing that
        is said.
        """

        def attempt(reader: Reader, known: Known) -> list[Answer]:
            if reader.role is Role.STEWARD:
                return []  # who may: tried by itself, where it may change something
            widgets = known.widgets[name, self.filled(query)]
            buttons = [
                {one: value} for one, value in widgets.items() if value[0] == "trigger_value"
            ]
            answers = []
            for pressed in [widgets, *buttons]:
                with self._resumed(reader, known) as page:
                    if isinstance(page, Answer):
                        return [page]
                    page.query, page.script = self.filled(query), known.scripts[name]
                    page.run(**pressed)
                    answers.append(page.answered())
            return answers

        return attempt

    def _fragments(self, reader: Reader, known: Known) -> list[Answer]:
        answers = []
        for fragment in sorted(known.fragments):
            with self._resumed(reader, known, "reading") as page:
                if isinstance(page, Answer):
                    return [page]
                page.query, page.script = self.filled(READ[1]), known.scripts[READ[0]]
                page.send(page.rerun({}, fragment))
                self._asks_for_events(page)
                answers.append(page.answered())
        return answers

    def _downloads(self, reader: Reader, known: Known) -> list[Answer]:
        """Every file that Sam's pages offered, and what is behind the address that is given."""
        answers = []
        with self._resumed(reader, known, "reading") as page:
            if isinstance(page, Answer):
                return [page]
            for file in sorted(known.files):
                page.send(self._download(known.reading, file))
                try:
                    if not page.hear(until="backend_operation_response", seconds=LEFT_OUT):
                        return [page.answered()]
                except (
                    TimeoutError
                ):  # nobody hears an operation of a session that is not the asker's
                    continue
                url = page.messages[-1].backend_operation_response.deferred_file.url
                if url:
                    sent = reader.sent(self.world, known.sam)
                    answers.append(
                        request(self.world.address, "GET", url, sent, context=self.world.tls)
                    )
            self._asks_for_events(page)
            answers.append(page.answered())
        return answers

    def _deck(self, reader: Reader, known: Known) -> list[Answer]:
        """A deck of which the links name a candidate is laid into the page that renews decks."""
        headers = reader.sent(self.world, known.sam)
        with self._resumed(reader, known) as page:
            if isinstance(page, Answer):
                return [page]
            page.open("events", "year=2025")
            offered = [one for one in page.elements() if getattr(one, "label", "") == "Take along"]
            if not offered:
                return [page.answered()]
            page.run(**{offered[-1].id: ("trigger_value", True)})
            uploader = page.labelled("A deck or Word document that was taken along here").id
            to = self._addresses(page)
            sent = (
                {"Origin": self.world.address}
                | headers
                | {"Content-Type": "multipart/form-data; boundary=x"}
            )
            path = "/" + to.upload_url.lstrip("/")
            form = FORM.replace(b"x.csv", b"x.pptx").replace(b"a,b", self.deck)
            put = request(
                self.world.address, "PUT", path, sent | self._xsrf(sent), form, self.world.tls
            )
            state = FileUploaderState()
            state.uploaded_file_info.add(
                file_id=to.file_id, name="x.pptx", size=len(self.deck), file_urls=to
            )
            inside = page.fragment_of("file_uploader", uploader)
            page.run(fragment=inside, **{uploader: ("file_uploader_state_value", state)})
            if not any(getattr(one, "label", "") == REFRESHED for one in page.elements()):
                assert reader.role < Role.STEWARD, "Sam's own deck is not renewed"
                return [put, page.answered()]
            url = self._file_behind(page, REFRESHED)
            made = request(self.world.address, "GET", url, headers, context=self.world.tls)
            return [put, page.answered(), made]


def _with_given(page: Page) -> Answer:
    """What was heard, and what Streamlit gave besides runs of the script."""
    given = [what for one in page.messages if (what := _given(one))]
    return Answer(
        headers={"given": ", ".join(given)} if given else {}, seen=page.seen, session=page.session
    )


def _given(message: ForwardMsg) -> str:
    kind = message.WhichOneof("type")
    if (
        kind == "backend_operation_response"
        and message.backend_operation_response.deferred_file.url
    ):
        return "a file"
    if kind == "backend_operation_response" and not message.backend_operation_response.error_msg:
        return "an operation"
    return "the state of the repository" if kind == "git_info_changed" else ""


READ = ("records", "tab=tables&table=people&candidate={candidate}")
REFRESHED = "Download the refreshed deck"
WITHOUT_RECORDS = ("publish", "meetings", "about")
FORM = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\na,b\r\n--x--\r\n'
)
VALUES: dict[str, tuple[str, Any]] = {
    "Button": ("trigger_value", True),
    "DownloadButton": ("trigger_value", True),
    "Checkbox": ("bool_value", True),
    "TextInput": ("string_value", "attack"),
    "TextArea": ("string_value", "attack"),
}
"""What an attacker says of each kind of widget."""


def table(cells: list[Cell]) -> str:
    """The matrix, for people: a row for each door, a column for each reader; "·" for what is as it
    should be.
    """
    readers = list(dict.fromkeys(cell.reader for cell in cells))
    found = {(cell.door, cell.reader): cell.wrong for cell in cells}
    width = max(len(cell.door) for cell in cells)
    head = [" " * width + "  " + " ".join(f"{nr:>2}" for nr in range(1, len(readers) + 1))]
    rows = [
        f"{door:<{width}}  " + " ".join(" X" if found[door, reader] else " ·" for reader in readers)
        for door in dict.fromkeys(cell.door for cell in cells)
    ]
    names = [f"{nr:>2} {reader}" for nr, reader in enumerate(readers, 1)]
    holes = [f"{cell.door}, {cell.reader}: {cell.wrong}" for cell in cells if cell.wrong]
    return "\n".join(
        [*names, "", *head, *rows, "", f"{len(cells)} cells, {len(holes)} holes", *holes]
    )
