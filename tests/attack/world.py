"""What is attacked: records with a word in every text that says whether they are published, a
candidate, a shelf with links, and a dashboard that serves them.
"""

import shutil
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import connect

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.shares import SharesDb, admissions, digests, meetings, save, shorten
from dashboard.store import Store, build_candidate
from tests.conftest import NOW, ROOT, publish_folder
from tests.operations.conftest import adapted, nginx
from tests.support import hostile
from tests.support.serving import free_port, served
from tests.support.signing_in import home_with_sign_in, secrets

PUBLISHED, CANDIDATE, KEPT = "Zilvermeeuw", "Nachtzwaluw", "Kerkuil"
"""A word in every text of the records, one more in those that are not published, one on the shelf:
letters alone, so that no way of writing changes them.
"""
WATCH = Path(__file__).with_name("watch.py").read_text("utf-8")
OURS = ("None", "", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::")


@dataclass
class World:
    """A dashboard that is served, with what an attacker may know of it: ids of versions, codes,
    names of meetings.
    """

    address: str
    store: Store
    shares: Path
    rules: Path
    folder: Path
    candidate: str
    former: str
    code: str = ""
    meeting: str = ""
    key: str = ""
    tls: ssl.SSLContext | None = None

    def set_rules(self, text: str) -> None:
        """The settings say this from now on; never half of it."""
        if self.rules.read_text("utf-8") != text:
            new = self.rules.with_suffix(".new")
            new.write_text(text, "utf-8")
            new.replace(self.rules)

    @property
    def shares_db(self) -> SharesDb:
        return SharesDb(self.shares)

    def store_as_it_is(self) -> dict[str, tuple[int, int]]:
        """What would differ after any change of the store."""
        every = [
            path for path in self.store.root.rglob("*") if path.is_file() and path.name != "lock"
        ]
        return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in every}

    def shares_as_they_are(self) -> list[tuple]:
        """What would differ after any change of what people keep; who signed out when is no such
        thing.
        """
        with connect(self.shares) as file:
            names = [
                name
                for (name,) in file.execute("select name from sqlite_master where type = 'table'")
            ]
            kept = sorted(set(names) - {"ended", "signed_out"})
            return [
                (name, *row)
                for name in kept
                for row in file.execute(f"select * from {name} order by 1, 2")
            ]

    def asked_outside(self) -> list[str]:
        """Whom the server has asked for anything, but this machine."""
        lines = (self.folder / "asked").read_text("utf-8").splitlines()
        assert lines[0] == "watching ", "nobody watched the server"
        return [line for line in lines[1:] if line.partition(" ")[2] not in OURS]

    def put_back(self) -> None:
        """The store as it was before somebody who may changed it."""
        shutil.rmtree(self.store.root)
        shutil.copytree(self.folder / "as-built", self.store.root)

    def logged(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")


def build(folder: Path) -> tuple[Store, str, str]:
    """A store with two versions and a candidate; gives it with the ids of the candidate and of the
    version of before.
    """
    store = Store(folder / "store")
    former = publish_folder(
        store, hostile.records(folder / "former", [f"{{}} {PUBLISHED} before"]), former=True
    ).version.id
    publish_folder(store, hostile.records(folder / "now", [f"{{}} {PUBLISHED}"]), former=True)
    coming = open_checked_records(
        read_folder(hostile.records(folder / "coming", [f"{{}} {PUBLISHED} {CANDIDATE}"])),
        published=True,
    )
    made = build_candidate(
        store, coming, author="Sam", message="test", now=NOW, small_groups_below=5
    )
    return store, made.version.id, former


def fill(world: World) -> None:
    """Links, a saved view, a meeting and the key of a calendar, all of which lead to the candidate
    where a link can.
    """
    now, link = datetime.now(UTC), f"/events?year=2025&candidate={world.candidate}"
    world.code = shorten(world.shares_db, link)
    kept = save(
        world.shares_db, f"{KEPT} view", "/events?year=2025", note=KEPT, author="Eva", now=now
    )
    # as a former release kept it, which did not ask what a link leads to
    with world.shares_db.writing() as desk:
        desk._connection.execute("update views set link = ? where id = ?", (link, kept.id))
        digests.seal_view(desk, kept.id)
    world.meeting = meetings.create(
        world.shares_db, f"{KEPT} meeting", steps=(kept.id,), now=now
    ).id
    world.key = admissions.make_key(world.shares_db, "a" * 32, "Outlook", now)


@contextmanager
def dashboard(folder: Path, *, sign_in: bool, behind_nginx: bool = False) -> Iterator[World]:
    """It is served on 127.0.0.1, bare or through nginx with TLS; whom it asks is written down."""
    store, candidate, former = build(folder)
    shutil.copytree(store.root, folder / "as-built")
    (folder / "sitecustomize.py").write_text(WATCH, "utf-8")
    ports = (
        {name: free_port() for name in ("plain", "viewers", "stewards", "viewer")}
        if behind_nginx
        else {}
    )
    port = ports.get("viewer") or free_port()
    address = (
        f"https://localhost:{ports['viewers']}" if behind_nginx else f"http://127.0.0.1:{port}"
    )
    home, shares = home_of(folder, sign_in=sign_in), folder / "shares" / "shares.sqlite"
    options = (
        ["--secrets.files", str(secrets(folder, address, "http://127.0.0.1:9"))] if sign_in else []
    )
    rules = home / "data" / "settings.toml"
    if behind_nginx:
        rules.write_text(
            rules.read_text("utf-8").replace('public_url = ""', f'public_url = "{address}"'),
            "utf-8",
        )
    world = World(
        address,
        store,
        shares,
        rules,
        folder,
        candidate,
        former,
        tls=unchecked() if behind_nginx else None,
    )
    fill(world)
    with ExitStack() as stack:
        stack.enter_context(
            served(
                store.root,
                port=port,
                options=options,
                log=folder / "log",
                DASHBOARD_HOME=str(home),
                DASHBOARD_SHARES=str(shares),
                WATCHED=str(folder / "asked"),
                PYTHONPATH=f"{folder}:{ROOT / 'src'}",
            ),
        )
        if behind_nginx:
            (folder / "nginx").mkdir()
            configuration = adapted(folder / "nginx", "", ports | {"steward": port})
            stack.enter_context(nginx(folder / "nginx", configuration, ports["viewers"]))
        yield world


def home_of(folder: Path, *, sign_in: bool) -> Path:
    """The settings, which can be changed while they are served."""
    if sign_in:
        return home_with_sign_in(folder / "home")
    (folder / "home" / "data").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "settings.toml", folder / "home" / "data")
    return folder / "home"


def unchecked() -> ssl.SSLContext:
    """Takes a certificate that signed itself."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
