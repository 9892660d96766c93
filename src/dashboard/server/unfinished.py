"""What a publisher that died left open of forgetting or merging people is finished when a server
starts.
"""

from dashboard import store
from dashboard.model import server_log, settings


def finish() -> None:
    """Finish it where this process may publish; what stands in the way is in the log, and /health
    is red.
    """
    if settings.publishing_here() and (said := store.finish(store.Store(settings.store_folder()))):
        server_log.say(said)
