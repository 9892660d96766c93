"""Several processes that show one store, behind nginx, on one machine without systemd
(docs/adr/0017): `proxy` writes what nginx is told, `programs` starts them all, and starts again
what ends.
"""

from dashboard.server.multiprocess.nginx import ServeError, viewers
from dashboard.server.multiprocess.supervisor import keep, serving

__all__ = ["ServeError", "keep", "serving", "viewers"]
