"""Where a number comes from: the records behind it, and which source states each of them, and
where.

A row's sources are the claims about its record. A country has no claims of its own: the events in
it do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.language.messages import _
from dashboard.model import Row
from dashboard.model.drill_down import DrillDown
from dashboard.model.filters import NO_FILTERS, Filters
from dashboard.model.quantity import Quantity
from dashboard.query import metrics, questions
from dashboard.query.metrics import METRICS, Metric
from dashboard.store import Version

MAX_LISTED_RECORDS = 5_000
"""Records that are listed of one number; a download of the page's table holds the rest."""


@dataclass(frozen=True)
class Evidence:
    """One record behind a number: its row, its own quantity, and the claims about it."""

    row: Row
    quantity: Quantity
    claims: Sequence[Row]

    @property
    def stated(self) -> str:
        """Who states it, and where: "2025 in Review, Key highlights, line 135"."""
        stated = (_name_statement(claim) for claim in self.claims if claim["stance"] == "stated")
        return "; ".join(dict.fromkeys(stated))

    @property
    def differing(self) -> str:
        """What a source says otherwise."""
        return "; ".join(
            describe_claim_difference(claim)
            for claim in self.claims
            if claim["stance"] == "differs"
        )


def _name_statement(claim: Row) -> str:
    if place := format_place(claim):
        return _("{source}, {place}", source=claim["source"], place=place)
    return str(claim["source"])


def format_place(claim: Row) -> str:
    """Format the place in the source: heading and line of the transcript."""
    section, line = claim["section"], claim["line"]
    if section and line:
        return _("{section}, line {line}", section=section, line=line)
    return _("line {line}", line=line) if line else str(section or "")


def describe_claim_difference(claim: Row) -> str:
    """Describe a claim that differs."""
    return _(
        "{source} differs on {field}: “{stated}” ({place})",
        source=claim["source"],
        field=claim["field"],
        stated=claim["stated"],
        place=format_place(claim),
    )


def collect_evidence(
    version: Version, asked: DrillDown, filters: Filters, limit: int = MAX_LISTED_RECORDS
) -> list[Evidence]:
    """Collect the first `limit` records behind what is asked under the view's filters, each with
    its sources.
    """
    narrowed = asked.filters(filters)
    found = list(metrics.list_records(version, METRICS[asked.metric], narrowed, limit=limit))
    claims = read_claims(version, [row for row, _ in found], narrowed)
    return [
        Evidence(row, quantity, claims.get((row["table_name"], row["record_id"]), []))
        for row, quantity in found
    ]


def read_claims(
    version: Version, rows: Sequence[Row], filters: Filters = NO_FILTERS
) -> dict[tuple[str, str], list[Row]]:
    """Read what sources state of some records (table_name, record_id), by table and id."""
    grouped: dict[str, list[str]] = {}
    for row in rows:
        grouped.setdefault(row["table_name"], []).append(row["record_id"])
    countries = grouped.pop("countries", [])
    found: dict[tuple[str, str], list[Row]] = {}
    for table, ids in grouped.items():
        for claim in questions.rows(
            version, "record_claims", NO_FILTERS, of_table=table, record_ids=sorted(set(ids))
        ):
            found.setdefault((table, claim["record_id"]), []).append(claim)
    if countries:
        for claim in questions.rows(version, "country_claims", filters, record_ids=countries):
            found.setdefault(("countries", claim["country"]), []).append(claim)
    return found


def tabulate_evidence(records: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Give the records as rows for a download: each with value, kind, sources and what differs."""
    return [
        {
            _("table"): e.row["table_name"],
            _("id"): e.row["record_id"],
            _("record"): e.row["label"],
            _("date"): e.row["date"],
            _("value"): e.row["value"],
            _("kind"): e.row["kind"],
            _("stated in"): e.stated,
            _("differs"): e.differing,
        }
        for e in records
    ]


def format_citation(
    metric: Metric,
    quantity: Quantity,
    *,
    selection: str,
    publisher: str,
    version: Version,
    published: date,
    address: str,
) -> str:
    """Format a sentence to put under a slide: what, of what, from how many records, from whom,
    which data, where.
    """
    places = {
        "publisher": publisher,
        "label": metric.label,
        "selection": selection,
        "number": metric.words(quantity),
        "version": version.id,
        "day": published.isoformat(),
        "address": address,
    }
    if coverage := metric.coverage(quantity):
        return _(
            "{publisher}, dashboard. {label}, {selection}: {number} ({coverage})."
            " Data version {version} of {day}. {address}",
            coverage=coverage,
            **places,
        )
    return _(
        "{publisher}, dashboard. {label}, {selection}: {number}."
        " Data version {version} of {day}. {address}",
        **places,
    )
