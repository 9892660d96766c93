"""Several processes that show one store, behind nginx, on one machine without systemd
(docs/adr/0017): `nginx` writes its configuration, `supervisor` starts them all and
restarts what ends.
"""

from dashboard.server.multiprocess.nginx import ServeError, format_viewers
from dashboard.server.multiprocess.supervisor import keep_running, run_processes

__all__ = ["ServeError", "format_viewers", "keep_running", "run_processes"]
