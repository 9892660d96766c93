"""The configuration of nginx: which process answers whom. The rules themselves are the files of
deploy/nginx, as installations have them.
"""

import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

from dashboard.model import settings

PROJECT = Path(settings.__file__).resolve().parents[3]
"""The folder of app.py, pages/ and deploy/."""
RULES = PROJECT / "deploy" / "nginx"
FAILURE_RULE = "max_fails=1 fail_timeout=5s"
"""About as long as a process takes to start again."""
VIEWERS_TEMPLATE = """\
# Which of the viewers' processes answers. Written by: python -m dashboard nginx {ports}
#
# An open page lives in one process, with what was uploaded on it and what it offers for download. The cookie
# dashboard_process has the number of that process, and nothing about the reader; it follows where another one takes over.

# Who comes for the first time: the processes in turn.
upstream dashboard_newcomers {{
    zone dashboard_newcomers 64k;
{turns}
    keepalive 16;
}}
# Who sends no cookie, such as a frame in another site: what belongs to an open page goes by the address.
upstream dashboard_by_address {{
    zone dashboard_by_address 64k;
    hash $remote_addr consistent;
{turns}
    keepalive 16;
}}
{each}
map $uri $dashboard_without_cookie {{
    default dashboard_newcomers;
    ~/(?:_stcore|media|component)/ dashboard_by_address;
}}
map $cookie_dashboard_process $dashboard_viewers {{
    default $dashboard_without_cookie;
{chosen}
}}
# The process that answered; the last one, where others were tried before.
map $upstream_addr $dashboard_answered {{
    default "";
{answered}
}}
"""
UPSTREAM_TEMPLATE = """\
upstream dashboard_viewer_{number} {{
    zone dashboard_viewer_{number} 64k;
{servers}
    keepalive 16;
}}
"""


class ServeError(Exception):
    """The processes cannot be started; the message says why and what to do."""


def format_viewers(ports: Sequence[int]) -> str:
    """Format dashboard-viewers.inc for viewers' processes on these ports of 127.0.0.1."""

    def servers(own: int | None = None) -> str:
        return "\n".join(
            f"    server 127.0.0.1:{port} {FAILURE_RULE}{' backup' if own not in (None, port) else ''};"
            for port in ports
        )

    def lines(form: str) -> str:
        return "\n".join(
            form.format(number=number, port=port) for number, port in enumerate(ports, start=1)
        )

    return VIEWERS_TEMPLATE.format(
        ports=" ".join(map(str, ports)),
        turns=servers(),
        each="".join(
            UPSTREAM_TEMPLATE.format(number=nr, servers=servers(port))
            for nr, port in enumerate(ports, start=1)
        ),
        chosen=lines("    {number} dashboard_viewer_{number};"),
        answered=lines("    ~:{port}$ {number};"),
    )


def write_configuration(folder: Path, port: int, ports: Sequence[int]) -> list[str]:
    """Write nginx's configuration into a folder; return the command that starts it on a port of
    127.0.0.1. Raises ServeError where there is no nginx, the port is taken, or nginx refuses the
    configuration.
    """
    nginx = _find_nginx()
    if not is_free(port):
        raise ServeError(
            f"port {port} is taken: end what listens there, or choose another one with --port."
        )
    _write_files(folder, port, ports)
    at = ["-e", "nginx.log", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    command = [nginx, *at, "-g", "daemon off;"]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)  # noqa: S603 - our own files
    if tried.returncode:
        raise ServeError(f"nginx does not take its configuration: {tried.stderr.strip()}")
    return command


def _find_nginx() -> str:
    nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if nginx is None:
        raise ServeError(
            "nginx is not there. On Debian: apt-get install nginx-light (it need not run as a"
            " service)."
        )
    return nginx


def _write_files(folder: Path, port: int, ports: Sequence[int]) -> None:
    for name, target in {"dashboard": RULES, "nginx.conf": RULES / "dashboard-here.conf"}.items():
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
    (folder / "viewers.inc").write_text(format_viewers(ports), "utf-8")
    (folder / "listen.inc").write_text(f"listen 127.0.0.1:{port};\n", "utf-8")


def is_free(port: int) -> bool:
    """Return whether nobody listens on a port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
