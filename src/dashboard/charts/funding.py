"""Money: what came to us and what came to others, grant by grant, never in one sum."""

from collections.abc import Mapping, Sequence

from dashboard.charts import Chart
from dashboard.charts.amounts import Amount, draw_amounts
from dashboard.charts.theme import Palette
from dashboard.model import Row
from dashboard.model.quantity import (
    QUALIFIER,
    Kind,
    Quantity,
    format_number,
    make_quantity,
    sum_quantities,
)
from dashboard.text.counts import format_count
from dashboard.text.dates import format_partial_date

OURS = "recipient"
PART_OF_KIND = {Kind.EXACT: "exact", Kind.ABOUT: "about", Kind.AT_LEAST: "at_least"}
"""Where the amount of a grant goes in its bar."""


def describe_way(grant: Row) -> str:
    """Describe the way of a grant: funder › scheme › recipient, as far as they are stated."""
    return " › ".join(
        part
        for part in (grant["funder"] or "Funder not stated", grant["scheme"], grant["recipient"])
        if part
    )


def read_amount(grant: Row) -> Quantity:
    """Read the amount of a row of the question funding."""
    return make_quantity(grant["amount_eur"], grant["amount_kind"], bool(grant["is_disputed"]))


def format_amount(quantity: Quantity) -> str:
    """Write an amount: €3 million; about €20,000; amount not known."""
    return (
        f"{QUALIFIER[quantity.kind]}€{format_number(quantity.value)}"
        if quantity.known
        else "amount not known"
    )


def draw_grants(
    grants: Sequence[Row], roles: Mapping[str, str], colours: Palette, *, ours: bool
) -> Chart:
    """Draw a bar per grant with its way from funder to recipient; a hatched box where the amount is not
    known.

    `grants` are rows of the question funding; those of the other side are left out.
    """
    mine = [g for g in grants if (g["our_role"] == OURS) == ours]
    bars = [_make_bar(grant, roles, colours, ours=ours) for grant in mine]
    table = [_tabulate(grant, roles) for grant in mine]
    return draw_amounts(bars, colours, sentence=_sentence(mine, ours=ours), table=table)


def _tabulate(grant: Row, roles: Mapping[str, str]) -> Row:
    return {
        "Grant": grant["title"],
        "Funder": grant["funder"] or "not stated",
        "Scheme": grant["scheme"] or "",
        "Recipient": grant["recipient"] or "not stated",
        "Our role": roles.get(grant["our_role"], grant["our_role"]),
        "Amount": format_amount(read_amount(grant)),
        "Date": format_partial_date(grant["date"]) if grant["date"] else "not stated",
    }


def _make_bar(grant: Row, roles: Mapping[str, str], colours: Palette, *, ours: bool) -> Amount:
    quantity, value = read_amount(grant), float(grant["amount_eur"] or 0)
    role = f"our role: {roles.get(grant['our_role'], grant['our_role']).lower()}"
    when = format_partial_date(grant["date"]) if grant["date"] else "date not stated"
    known = PART_OF_KIND.get(Kind(grant["amount_kind"]))
    return Amount(
        grant["title"],
        format_amount(quantity),
        **({known: value} if known else {}),
        unknown=quantity.not_known,
        hover=f"{format_amount(quantity)}, {when}",
        detail=f"{describe_way(grant)} · {role}",
        link=f"record=funding.{grant['funding_id']}",
        colour=colours.accent if ours else colours.context,
    )


def _sentence(grants: Sequence[Row], *, ours: bool) -> str:
    whose = "to us" if ours else "to others, not ours"
    if not grants:
        return f"No grants {whose}"
    sum_of = sum_quantities(read_amount(g) for g in grants)
    coverage = sum_of.coverage("grants")
    words = format_amount(sum_of) if sum_of.known else "no amount known"
    return (
        f"{format_count(len(grants), 'grant')} {whose}:"
        f" {words}{f' ({coverage})' if sum_of.known and coverage else ''}"
    )
