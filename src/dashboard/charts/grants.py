"""Who gives, who receives, how much, and what our part is: grants as a table, never in one sum."""

from collections.abc import Mapping, Sequence

from dashboard.charts import Chart
from dashboard.charts.marks import draw_empty, draw_fold, draw_unknown, make_chart, say_value
from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import N_, Said, _, choose_term, choose_text, ngettext
from dashboard.language.numbers import format_number, put_euro_sign
from dashboard.model import Row
from dashboard.model.quantity import Quantity, make_quantity, qualify, sum_quantities
from dashboard.text.counts import format_count
from dashboard.text.dates import format_partial_date

OURS, MAX_GRANTS = "recipient", 12
ROLES = {
    OURS: N_("recipient"),
    "supported": N_("helped to bring it about"),
    "partner": N_("partner"),
    "none": N_("none"),
}
"""What our role in a grant is called, by its id."""


def describe_way(grant: Row) -> str:
    """Describe the way of a grant: funder › scheme › recipient, as far as they are stated."""
    way = (grant["funder"] or _("Funder not stated"), grant["scheme"], grant["recipient"])
    return " › ".join(part for part in way if part)


def read_amount(grant: Row) -> Quantity:
    """Read the amount of a row of the question funding."""
    return make_quantity(grant["amount_eur"], grant["amount_kind"], bool(grant["is_disputed"]))


def format_amount(quantity: Quantity) -> str:
    """Write an amount: €3 million; about €20,000; amount not known."""
    if not quantity.known:
        return _("amount not known")
    return qualify(quantity.kind, put_euro_sign(format_number(quantity.value)))


def draw_funding(grants: Sequence[Row], roles: Mapping[str, str]) -> Chart:
    """Draw a row per grant: those whose amount is known first, the largest first, then ours; those after
    the first MAX_GRANTS are folded.

    `grants` are rows of the question funding; `roles` the names of our roles, by id.
    """
    ranked = sorted(grants, key=_rank)
    sentence = describe_funding(ranked)
    if not ranked:
        return make_chart(draw_empty(sentence), sentence, [])
    heads = (_("Who gives"), _("Who receives"), _("Amount"), _("Our role"))
    rows = [_draw_grant(grant, roles) for grant in ranked]
    rest = rows[MAX_GRANTS:]
    label = ngettext("{n:,} more", "{n:,} more", len(rest))
    markup = make_element(
        "div",
        _draw_table(heads, rows[:MAX_GRANTS]),
        draw_fold(label, _draw_table(heads, rest)) if rest else None,
        css="grants",
    )
    links = [
        (say_value(describe_way(g), format_amount(read_amount(g))), _find_act(g)) for g in ranked
    ]
    return make_chart(markup, sentence, [_tabulate(grant, roles) for grant in ranked], links)


def _draw_table(heads: Sequence[str], rows: Sequence[Element]) -> Element:
    head = make_element("tr", *(make_element("th", one, scope="col") for one in heads))
    return make_element(
        "table", make_element("thead", head), make_element("tbody", *rows), css="grant-table"
    )


def describe_funding(grants: Sequence[Row]) -> str:
    """Say how much is known and to whom it went; money of others is never ours."""
    if not grants:
        return _("No funding is recorded")
    known = [grant for grant in grants if read_amount(grant).known]
    if not known:
        return ngettext(
            "Funding: the amount of the one grant is not known",
            "Funding: of none of {n:,} grants the amount is known",
            len(grants),
        )
    ours = [grant for grant in known if grant["our_role"] == OURS]
    others = [grant for grant in known if grant["our_role"] != OURS]
    places = {
        "ours": _sum_amounts(ours),
        "others": _sum_amounts(others),
        "known": len(known),
        "grants": format_count(len(grants), "grant"),
    }
    return _(_choose_finding(ours, others, complete=len(known) == len(grants)), **places)


def _choose_finding(ours: Sequence[Row], others: Sequence[Row], *, complete: bool) -> str:
    """Choose the finding by where the known amounts went, and whether all are known."""
    if ours and others:
        return (
            N_("Funding: {ours} came to us, {others} went to others")
            if complete
            else N_(
                "Funding: {ours} came to us, {others} went to others; known for {known:,} of {grants}"
            )
        )
    if ours:
        return (
            N_("Funding: {ours} came to us")
            if complete
            else N_("Funding: {ours} is known, and it came to us; known for {known:,} of {grants}")
        )
    if len(others) == 1:
        return (
            N_("Funding: {others}, and it went to a partner")
            if complete
            else N_(
                "Funding: {others} is known, for {known:,} of {grants}, and it went to a partner"
            )
        )
    return (
        N_("Funding: {others}, and all of it went to others")
        if complete
        else N_("Funding: {others} is known, for {known:,} of {grants}, and it went to others")
    )


def _sum_amounts(grants: Sequence[Row]) -> str:
    return format_amount(sum_quantities(read_amount(grant) for grant in grants))


def _rank(grant: Row) -> tuple[bool, float, bool, str]:
    amount = read_amount(grant)
    return not amount.known, -float(amount.value or 0), grant["our_role"] != OURS, grant["title"]


def _find_act(grant: Row) -> str:
    return f"record=funding.{grant['funding_id']}"


def _draw_grant(grant: Row, roles: Mapping[str, str]) -> Element:
    return make_element(
        "tr",
        _draw_giver(grant),
        _draw_recipient(grant),
        make_element("td", _draw_amount(read_amount(grant)), css="grant-amount"),
        _draw_role(grant, roles),
        css="grant",
    )


def _draw_giver(grant: Row) -> Element:
    """Draw the funder, or its scheme where only that is stated."""
    when = format_partial_date(grant["date"]) if grant["date"] else ""
    named = grant["funder"] or grant["scheme"]
    below = grant["scheme"] if grant["funder"] else _("funder not stated") if named else ""
    note = " · ".join(part for part in (below, when) if part)
    link = make_element(
        "a",
        named or _("not stated"),
        css="grant-giver" if named else "grant-giver grant-unstated",
        act=_find_act(grant),
    )
    return make_element("td", link, _draw_note(note))


def _draw_recipient(grant: Row) -> Element:
    recipient = grant["recipient"] or _("not stated")
    arrow = make_element("span", "→ ", css="grant-arrow", aria_hidden="true")
    name = make_element("span", recipient, css="" if grant["recipient"] else "grant-unstated")
    # a network that receives money is project and organisation: its id is the same
    is_itself = grant["project_id"] == grant["recipient_organisation_id"]
    project = Said("") if is_itself else choose_text(grant, "project")
    return make_element("td", arrow, name, _draw_note(*project), css="grant-recipient")


def _draw_amount(quantity: Quantity) -> Element:
    if not quantity.known:
        return draw_unknown(_("not known"))
    disputed = _draw_note(_("sources differ")) if quantity.disputed else None
    return make_element("span", make_element("strong", format_amount(quantity)), disputed)


def _draw_role(grant: Row, roles: Mapping[str, str]) -> Element:
    """Draw our role; of an amount that is not ours, that it is never counted as ours."""
    ours = grant["our_role"] == OURS
    never = _("never counted as ours") if not ours and read_amount(grant).known else ""
    name = make_element("strong" if ours else "span", _name_role(grant, roles))
    return make_element("td", name, _draw_note(never), css="grant-role")


def _name_role(grant: Row, roles: Mapping[str, str]) -> str:
    role = grant["our_role"] or ""
    return _(ROLES[role]) if role in ROLES else roles.get(role, role).lower() or _("not stated")


def _draw_note(words: str, lang: str = "") -> Element | None:
    return make_element("small", words, css="grant-note", lang=lang) if words else None


def _tabulate(grant: Row, roles: Mapping[str, str]) -> Row:
    return {
        _("Grant"): choose_term(grant, "title"),
        _("Who gives"): grant["funder"] or _("not stated"),
        _("Scheme"): grant["scheme"] or "",
        _("Who receives"): grant["recipient"] or _("not stated"),
        _("Amount in euro"): read_amount(grant),
        _("Our role"): _name_role(grant, roles),
        _("Date"): format_partial_date(grant["date"]) if grant["date"] else _("not stated"),
    }
