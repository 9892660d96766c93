"""What things are: quantities, filters, periods, roles, the pages and the settings. It knows no
other room.
"""

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
"""A row of an answer: values by the names of its columns."""
