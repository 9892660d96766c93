"""Serving to many readers: several processes behind nginx, and what a nginx of one's own has to
know.
"""

import argparse
import signal
import sys
from pathlib import Path

from dashboard.cli.commands import Command, add_output_option
from dashboard.cli.output import OK, open_store, print_answer
from dashboard.server.multiprocess import format_viewers, keep_running, run_processes
from dashboard.text.counts import format_count


def add_serve(command: Command) -> None:
    added = command(
        "serve",
        serve,
        "Show the store with several processes behind nginx, on this computer, until Ctrl+C.",
    )
    help_of_processes = "about one for each core (default: 2)"
    added.add_argument("--processes", type=_read_processes, default=2, help=help_of_processes)
    added.add_argument("--port", type=int, default=8501, help="of 127.0.0.1 (default: 8501)")
    help_of_logs = "folder for logs (default: one that goes afterwards)"
    added.add_argument("--logs", type=Path, default=None, help=help_of_logs)


def add_nginx(command: Command) -> None:
    added = command(
        "nginx",
        write_nginx,
        "Write which processes nginx shares readers among (dashboard-viewers.inc).",
    )
    help_of_ports = "of the viewers' processes, such as 8501 8503"
    added.add_argument("ports", type=int, nargs="+", metavar="PORT", help=help_of_ports)
    add_output_option(added)


def serve(options: argparse.Namespace) -> int:
    """Start everything, start again what ends, and end everything with an interrupt."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    store = open_store(options).root.resolve()
    try:
        with run_processes(options.processes, options.port, store, options.logs) as programs:
            address, folder = f"http://127.0.0.1:{options.port}", programs[0].log.parent
            print_answer(
                {"address": address, "processes": options.processes, "logs": folder},
                options,
                f"{format_count(options.processes, 'process')} show {store} at {address},"
                f" behind nginx. Logs: {folder}. Ctrl+C ends them.",
            )
            sys.stdout.flush()
            keep_running(
                programs, lambda text: print(f"dashboard: {text}", file=sys.stderr, flush=True)
            )
    except KeyboardInterrupt:
        print("dashboard: All of them have ended.", file=sys.stderr)
    return OK


def write_nginx(options: argparse.Namespace) -> int:
    """Write the list of processes for nginx."""
    options.output.write_text(format_viewers(options.ports), "utf-8")
    answer = {"file": options.output, "ports": options.ports}
    print_answer(
        answer,
        options,
        f"{options.output}: {format_count(len(options.ports), 'process')}. Then: nginx -t &&"
        " systemctl reload nginx",
    )
    return OK


def _read_processes(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("1 to 64 processes")
    return number
