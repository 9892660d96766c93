"""Answers as JSON, for programs."""

import json
from dataclasses import asdict, is_dataclass
from decimal import Decimal
from typing import Any


def to_json(answer: Any) -> str:
    """Write a value as readable JSON: dates as ISO 8601, decimals as numbers, data classes as
    objects.
    """
    return json.dumps(answer, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
