"""The dashboard as a hospital runs it: nginx with TLS before two processes, of which the viewers'
one may write the shelf alone.
"""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.server.multiprocess import format_viewers
from dashboard.store import Store
from tests.conftest import ROOT, served_already
from tests.support.serving import free_port, wait_for

DEPLOY = ROOT / "deploy"


@dataclass(frozen=True)
class Running:
    """`address` of viewers and `stewards` through nginx; `folder` holds the logs; `behind` is the
    stewards' process as their machine itself reaches it, `settings` its settings.
    """

    address: str
    stewards: str
    store: Store
    shares: Path
    folder: Path
    behind: str
    settings: Path

    def logs(self) -> str:
        return "".join(path.read_text("utf-8", "replace") for path in self.folder.glob("*.log"))


def certificate(folder: Path) -> None:
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-keyout",
            folder / "certificate.key",
            "-out",
            folder / "certificate.pem",
        ],
        check=True,
        capture_output=True,
    )


def adapted(folder: Path, base: str, ports: dict[str, int]) -> Path:
    """The configuration that ships, with this machine's ports, paths and name in it; nothing else
    is changed.
    """
    shutil.copytree(DEPLOY / "nginx", folder / "dashboard")
    certificate(folder / "dashboard")
    server = (folder / "dashboard" / "dashboard.conf").read_text("utf-8")
    if base:  # as that file says: into the block of a host that is there already
        below = (folder / "dashboard" / "dashboard-below-a-path.conf").read_text("utf-8")
        start, end = (
            server.index("    set $dashboard $dashboard_viewers;"),
            server.index("# The process that publishes"),
        )
        server = server[:start] + below + "}\n" + server[end:]
    for old, new in {
        "/etc/nginx/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
        "dash.example.org": "localhost",
        "listen 80;": f"listen 127.0.0.1:{ports['plain']};",
        "listen 80 ": f"listen 127.0.0.1:{ports['plain']} ",
        "listen 443 ": f"listen 127.0.0.1:{ports['viewers']} ",
        "listen 8443 ": f"listen 127.0.0.1:{ports['stewards']} ",
        "127.0.0.1:8502": f"127.0.0.1:{ports['steward']}",
    }.items():
        server = server.replace(old, new)
    (folder / "dashboard" / "dashboard.conf").write_text(server, "utf-8")
    (folder / "dashboard" / "dashboard-viewers.inc").write_text(
        format_viewers([ports["viewer"]]), "utf-8"
    )
    temporary = "\n".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/main.log warn; events {{ worker_connections 512; }}\n"
        f"http {{ include /etc/nginx/mime.types;\n{temporary}\ninclude {folder}/dashboard/dashboard.conf; }}\n",
        "utf-8",
    )
    return folder / "nginx.conf"


@contextmanager
def process(
    port: int, log: Path, *, base: str, limited: bool = False, **environment: str
) -> Iterator[None]:
    """One process of the dashboard, as its unit starts it. `limited`: bound by the modes of files,
    also where tests run as root.
    """
    limits = (
        ["setpriv", "--bounding-set=-all", "--no-new-privs"] if limited and os.getuid() == 0 else []
    )
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
    ]
    with log.open("w") as output:
        server = subprocess.Popen(
            [*limits, *command],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=os.environ
            | {"STREAMLIT_SERVER_BASE_URL_PATH": base, "PYTHONDONTWRITEBYTECODE": "1"}
            | environment,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}{f'/{base}' if base else ''}/health", server)
            yield
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def nginx(folder: Path, configuration: Path, port: int) -> Iterator[None]:
    command = shutil.which("nginx") or "/usr/sbin/nginx"
    assert Path(command).exists(), "no nginx: apt-get install nginx-light"
    started = [command, "-p", str(folder), "-c", str(configuration), "-g", "daemon off;"]
    tried = subprocess.run([*started[:-2], "-t"], check=False, capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
    with (
        (folder / "nginx.log").open("w") as output,
        subprocess.Popen(started, stdout=output, stderr=output) as proxy,
    ):
        try:
            until = time.monotonic() + 10
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    assert time.monotonic() < until, (folder / "nginx.log").read_text("utf-8")
                    time.sleep(0.1)
            yield
        finally:
            proxy.terminate()


@contextmanager
def running(tmp: Path, base: str) -> Iterator[Running]:
    """nginx before a viewers' and a stewards' process on the shipped records. The viewers' store is
    one that nobody can write; the stewards' is a copy of it.
    """
    folder, store, own, shares = (
        tmp / "nginx",
        Store(tmp / "store"),
        Store(tmp / "own"),
        tmp / "shares",
    )
    folder.mkdir()
    shares.mkdir()
    served_already(store, ROOT / "data")
    served_already(own, ROOT / "data")
    for path in [*store.root.rglob("*"), store.root]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    home, ports = (
        home_of_stewards(tmp),
        {name: free_port() for name in ("plain", "viewers", "stewards", "viewer", "steward")},
    )
    shared = {"DASHBOARD_SHARES": str(shares / "shares.sqlite")}
    with ExitStack() as stack:
        stack.enter_context(
            process(
                ports["viewer"],
                folder / "viewer.log",
                base=base,
                limited=True,
                HOME="/nonexistent",
                DASHBOARD_STORE=str(store.root),
                DASHBOARD_PUBLISHING="no",
                **shared,
            )
        )
        stack.enter_context(
            process(
                ports["steward"],
                folder / "steward.log",
                base=base,
                DASHBOARD_HOME=str(home),
                DASHBOARD_STORE=str(own.root),
                **shared,
            )
        )
        stack.enter_context(nginx(folder, adapted(folder, base, ports), ports["viewers"]))
        under = f"/{base}" if base else ""
        yield Running(
            f"https://localhost:{ports['viewers']}{under}",
            f"https://localhost:{ports['stewards']}{under}",
            store,
            shares,
            folder,
            f"http://127.0.0.1:{ports['steward']}{under}",
            home / "data" / "settings.toml",
        )


def home_of_stewards(tmp: Path) -> Path:
    """Settings of the stewards' process: without a sign-in, publishing has to be allowed by name."""
    home = tmp / "home"
    (home / "data").mkdir(parents=True)
    text = (ROOT / "data" / "settings.toml").read_text("utf-8")
    assert "publish_from_anywhere = false" in text
    changed = text.replace("publish_from_anywhere = false", "publish_from_anywhere = true")
    (home / "data" / "settings.toml").write_text(changed, "utf-8")
    return home


@pytest.fixture(scope="module", params=["", "dash"], ids=["at the root", "below a path"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("site"), request.param) as found:
        yield found


@pytest.fixture(scope="session")
def unchecked() -> ssl.SSLContext:
    """Takes a certificate that signed itself."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
