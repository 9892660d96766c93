"""Prefetching: of very many events, what a reader is likely to choose next is put into the caches
while nobody waits, the months of a year that is shown, the months beside one that is. Of fewer, a
page is worked out in less time than a guess is worth.

One thread at a time, which ends when the queue is empty. It rests while pages run, takes the newest
views first, spends no more than its budget on what is beside one view, and gives up what takes
long, the years of a version or its months, so that a click never waits behind a guess.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from dashboard.model.filters import Filters
from dashboard.ui import bar_filters, caches
from dashboard.views.view import DIALOGS, View

QUIET_SECONDS = 0.15
"""Seconds without a run of a page before something is worked out."""
MAX_SECONDS = 0.5
"""Seconds: where one page takes longer, two or three clicks' worth of work would be in the way of
the next click.
"""
BUDGET_SECONDS = 3.0
"""Seconds of work for what is beside the view that a reader came to last."""
MIN_EVENTS = 1_000_000
"""Events of a version from which on guesses are worth their time."""
MAX_QUEUED, MAX_REMEMBERED = 24, 2000


class Prefetcher:
    """Prefetches what is beside the views that are offered, each once, by `work`; nothing before
    `start`.
    """

    def __init__(
        self,
        work: Callable[[View], None],
        quiet: float = QUIET_SECONDS,
        longest: float = MAX_SECONDS,
        min_events: int = MIN_EVENTS,
        budget: float = BUDGET_SECONDS,
    ) -> None:
        self.work, self.quiet, self.longest = work, quiet, longest
        self.min_events, self.budget = min_events, budget
        self._queue: deque[View] = deque(maxlen=MAX_QUEUED)
        self._seen: OrderedDict[Hashable, None] = OrderedDict()
        self._too_slow: set[Hashable] = set()
        self._lock = threading.Lock()
        self._last_run = self._spent = 0.0
        self._started = self._working = False

    @asynccontextmanager
    async def while_serving(self, _: object) -> AsyncIterator[None]:
        """Prefetch as long as the server runs: the lifespan of the application."""
        self.start()
        yield
        self._started = False
        self._queue.clear()

    def start(self) -> None:
        """Prefetch from now on what is offered."""
        self._started = True

    def offer(self, view: View) -> None:
        """Queue the views beside one at the end of its run; it is known itself."""
        self._last_run = time.monotonic()
        if not self._started or view.version.manifest.rows["events"] < self.min_events:
            return
        self._spent = 0.0
        self._remember(view)
        self._queue.extend(_list_neighbouring_views(view))
        with self._lock:
            begins, self._working = not self._working, True
        if begins:
            threading.Thread(target=self._go_on, name="ahead", daemon=True).start()

    def _go_on(self) -> None:
        while (view := self._next()) is not None:
            while (rest := self.quiet - (time.monotonic() - self._last_run)) > 0:
                time.sleep(rest)
            affordable = self._spent < self.budget and _cost_class(view) not in self._too_slow
            if affordable and self._remember(view):
                self._once(view)

    def _next(self) -> View | None:
        with self._lock:
            self._working = bool(self._queue)
            return self._queue.pop() if self._queue else None

    def _once(self, view: View) -> None:
        begin = time.monotonic()
        with suppress(Exception):  # whoever opens that page is told what is wrong with it
            self.work(view)
        took = time.monotonic() - begin
        self._spent += took
        if took > self.longest:
            self._too_slow.add(_cost_class(view))

    def _remember(self, view: View) -> bool:
        """Return whether the view is a new one, and remember it."""
        key = (
            view.version.id,
            view.page,
            view.filters,
            tuple(sorted(view.extras.items())),
            view.today,
            view.dark,
            view.language,
        )
        with self._lock:
            new = key not in self._seen
            self._seen[key] = None
            self._seen.move_to_end(key)
            if len(self._seen) > MAX_REMEMBERED:
                self._seen.popitem(last=False)
        return new


def _cost_class(view: View) -> Hashable:
    """Return a key that views share which take about as long: of one version and page the months,
    or the years.
    """
    return view.version.id, view.page, bool(view.filters.month)


def _list_neighbouring_views(view: View) -> list[View]:
    """Return the views beside one as a choice in the filters leaves them: nothing open, no period
    in words.
    """
    left_out = (*DIALOGS, "period")
    extras = {name: value for name, value in view.extras.items() if name not in left_out}
    return [
        replace(view, filters=beside, extras=extras, notices=())
        for beside in find_neighbours(view.filters)
    ]


def find_neighbours(filters: Filters) -> tuple[Filters, ...]:
    """Return what is one choice of a month away, the likeliest last: all months of the year that is
    shown; the year of a month, and the months before and after it.
    """
    if filters.has_days:
        return ()
    if filters.whole_year:
        return tuple(
            filters.with_(year=None, month=(f"{filters.year}-{number:02}",))
            for number in range(12, 0, -1)
        )
    if len(filters.month) != 1:
        return ()
    year, month = (int(part) for part in filters.month[0].split("-"))
    beside = [f"{year}-{number:02}" for number in (month - 1, month + 1) if 1 <= number <= 12]
    return (filters.with_(year=year, month=()), *(filters.with_(month=(one,)) for one in beside))


def _fill_caches(view: View) -> None:
    caches.get_content(view)
    bar_filters.count_options(view)


PREFETCHER = Prefetcher(_fill_caches)
