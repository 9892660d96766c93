"""Pictures of every page from the running dashboard: make screenshots.

Real and demo data, wide, small laptop and phone, light and dark, into docs/screenshots/. Those that
the README shows are committed; the rest is for looking at.
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from find_chromium import installed
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.serving import CHROMIUM_FLAGS, ready, served  # noqa: E402

from dashboard import demo  # noqa: E402 - after the path to tests.support.serving
from dashboard.intake.check import open_checked_records  # noqa: E402
from dashboard.intake.files import read_folder  # noqa: E402
from dashboard.model import settings  # noqa: E402 - after the path to tests.support.serving
from dashboard.store import Store, publish  # noqa: E402

PAGES = {
    "overview": "/",
    "events": "/events",
    "map": "/map",
    "trainings": "/trainings",
    "projects": "/projects",
    "people": "/people",
    "review": "/review",
    "records": "/records",
    "compare": "/review?compare=2024",
    "todo": "/records?tab=todo",
    "why": "/trainings?why=training_participants",
}
WIDTHS = {"wide": (1440, 900), "laptop": (1024, 768), "phone": (390, 844)}
TARGET = ROOT / "docs" / "screenshots"


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        real, large = Store(Path(folder) / "real"), Store(Path(folder) / "demo")
        candidate = open_checked_records(read_folder(settings.data_folder()))
        publish(real, candidate, author="screenshots", message="", now=now, small_groups_below=5)
        demo.make_demo(large, demo.Size(), now)
        browser = playwright.chromium.launch(executable_path=installed(), args=CHROMIUM_FLAGS)
        for name, store in (("real", real), ("demo", large)):
            with served(store.root) as base:
                for page in PAGES:
                    take_all(browser, base, name, page)
        browser.close()


def take_all(browser: Browser, base: str, data: str, name: str) -> None:
    """One page in every width, light and dark, from top to bottom."""
    for width, (x, y) in WIDTHS.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": x, "height": y}, color_scheme=scheme)
            page = context.new_page()
            page.goto(base + PAGES[name])
            ready(page)
            height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
            page.set_viewport_size({"width": x, "height": min(height, 3200)})
            page.wait_for_timeout(1200)
            page.screenshot(path=TARGET / f"{name}-{data}-{width}-{scheme}.png")
            context.close()


if __name__ == "__main__":
    main()
