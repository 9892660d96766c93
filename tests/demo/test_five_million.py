"""What takes minutes: make test-long."""

from datetime import UTC, datetime

import pytest

from dashboard import demo
from dashboard.model.filters import Filters
from dashboard.query.metrics import METRICS, evaluate
from dashboard.store import Store


@pytest.mark.long
def test_five_million_events_pass_the_same_checks_and_can_be_asked(tmp_path):
    made = demo.make_demo(
        Store(tmp_path / "store"), demo.Size(events=5_000_000), datetime(2026, 6, 30, tzinfo=UTC)
    ).version
    assert made.manifest.rows["events"] == 5_000_000
    may = evaluate(made, METRICS["events_held"], Filters(month=("2025-05",)))
    assert 50_000 < may.value < 120_000
