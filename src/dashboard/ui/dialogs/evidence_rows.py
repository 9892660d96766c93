"""The records behind a number as rows: name, value, where stated; beneath them the sum with its
coverage, and by name what is not known.

Pure functions: what they are given is what they show.
"""

from collections.abc import Iterable, Sequence

from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _, ngettext
from dashboard.language.nouns import count_noun
from dashboard.language.numbers import format_euro, format_integer, format_number
from dashboard.model import Row
from dashboard.model.quantity import Kind, Quantity, qualify
from dashboard.query.metrics import Metric
from dashboard.query.provenance import Evidence
from dashboard.query.row_labels import say_label
from dashboard.text.column_names import name_column
from dashboard.text.dates import format_partial_date
from dashboard.text.lists import join_names
from dashboard.ui.page_blocks import build_unknown, build_value
from dashboard.views.view import link_to_record

MAX_ROWS, MAX_NAMES, MAX_PLACES = 50, 12, 3
"""Rows that are listed; names of what is not known; places in the sources of one record."""
OF_THE_VALUE = ("participants", "amount_eur")
"""Fields whose claims are about the value itself."""


def build_evidence(
    metric: Metric, quantity: Quantity, records: Sequence[Evidence]
) -> Iterable[Element]:
    """Build the records behind a number, and what they add up to; `records` may be the first of
    many.
    """
    if not quantity.total:
        yield make_element("p", _("No records: the number is exactly zero."), css="empty")
        return
    known = [one for one in records if one.quantity.known]
    yield _build_table(metric, quantity, known, name_sources(records))
    yield from _build_gaps(quantity, records)


def name_sources(records: Iterable[Evidence]) -> list[str]:
    """Name the sources that state the records, each once."""
    return list(dict.fromkeys(c["source"] for one in records for c in _stating(one)))


def _stating(record: Evidence) -> list[Row]:
    return [claim for claim in record.claims if claim["stance"] == "stated"]


def _build_table(
    metric: Metric, quantity: Quantity, known: Sequence[Evidence], sources: Sequence[str]
) -> Element:
    heads = [_("Record"), _("When") if metric.counts_rows else _("Counts for"), _("Stated in")]
    rows = [_build_row(metric, one, named=len(sources) > 1) for one in known[:MAX_ROWS]]
    return make_element(
        "table",
        make_element(
            "thead",
            make_element("tr", *(make_element("th", head, scope="col") for head in heads)),
            css="only-heard",
        ),
        make_element("tbody", *rows, _build_more(quantity.known - len(rows))),
        make_element("tfoot", _build_sum(metric, quantity)),
        css="evidence",
    )


def _build_row(metric: Metric, record: Evidence, *, named: bool) -> Element:
    when = format_dates(record.row["date"])
    value = when if metric.counts_rows else _build_amount(metric, record)
    beside = "" if metric.counts_rows else when
    return make_element(
        "tr",
        make_element(
            "th",
            _build_name(record),
            make_element("small", beside) if beside else None,
            css="evidence-name",
            scope="row",
        ),
        make_element("td", value, css=f"evidence-{'when' if metric.counts_rows else 'value'}"),
        make_element("td", describe_places(record, named=named), css="evidence-place"),
    )


def _build_name(record: Evidence) -> Element:
    link = link_to_record(record.row["table_name"], record.row["record_id"])
    label, lang = say_label(record.row)
    return make_element("a" if link else "span", label, act=link, css="name", lang=lang)


def _build_amount(metric: Metric, record: Evidence) -> Element:
    return build_value(record.quantity, money=metric.unit == "euro")


def _build_more(number: int) -> Element | None:
    """Say how many records are not listed."""
    if number <= 0:
        return None
    more = ngettext(
        "and {n:,} more, in the table beneath", "and {n:,} more, in the table beneath", number
    )
    return make_element("tr", make_element("td", more, css="more", colspan="3"))


def _build_sum(metric: Metric, quantity: Quantity) -> Element:
    return make_element(
        "tr",
        make_element("th", _("Sum"), css="evidence-name", scope="row"),
        make_element(
            "td", build_value(quantity, money=metric.unit == "euro"), css="evidence-value"
        ),
        make_element("td", metric.coverage(quantity) or say_all(metric, quantity)),
        css="evidence-sum",
    )


def say_all(metric: Metric, quantity: Quantity) -> str:
    """Say that a number comes from all of its records; empty where it counts them."""
    if metric.counts_rows:
        return ""
    number = format_integer(quantity.total)
    return _("from all {things}", things=count_noun(metric.noun, quantity.total, number))


def _build_gaps(quantity: Quantity, records: Sequence[Evidence]) -> Iterable[Element]:
    """Name the records without a number: those that are not known, those that are withheld."""
    gaps = [
        (Kind.UNKNOWN, _("not known"), quantity.unknown),
        (Kind.FEWER_THAN, _("withheld"), quantity.fewer_than),
    ]
    for kind, word, number in gaps:
        named = [one for one in records if one.quantity.kind is kind][:MAX_NAMES]
        if named:
            yield make_element(
                "p", build_unknown(word), " ", *_join(named, number), css="evidence-gap"
            )


def _join(records: Sequence[Evidence], number: int) -> Iterable[Element | str]:
    for nr, one in enumerate(records):
        yield ", " if nr else ""
        yield _build_name(one)
    if number > len(records):
        yield " "
        yield _("and {n:,} more", n=number - len(records))


def describe_places(record: Evidence, *, named: bool) -> str:
    """Say where a record is stated, and what a source says otherwise: "line 93; line 135 says “Over
    400”". `named`: with the source's name, where there are several.
    """
    stated = _say_lines(_stating(record), named=named)
    differing = [_say_difference(c) for c in record.claims if c["stance"] == "differs"]
    return "; ".join([*stated, *differing]) or _("no source recorded")


def _say_lines(claims: Sequence[Row], *, named: bool) -> list[str]:
    """Say the lines in which a source states something, source by source."""
    lines: dict[str, list[str]] = {}
    for claim in claims:
        lines.setdefault(claim["source"], []).append(str(claim["line"] or ""))
    said = []
    for source, numbers in lines.items():
        shown = list(dict.fromkeys(filter(None, numbers)))
        where = _join_lines(shown) if shown else ""
        if named or not where:
            where = _("{source}, {lines}", source=source, lines=where) if where else source
        said.append(where)
    return said


def _join_lines(lines: Sequence[str]) -> str:
    more = len(lines) - MAX_PLACES
    if more > 0:
        first = ", ".join(lines[:MAX_PLACES])
        return _("lines {lines} and {n:,} more", lines=first, n=more)
    return ngettext("line {lines}", "lines {lines}", len(lines), lines=join_names(lines))


def _say_difference(claim: Row) -> str:
    where = _("line {line}", line=claim["line"]) if claim["line"] else claim["source"]
    if claim["field"] in OF_THE_VALUE:
        return _("{place} says “{stated}”", place=where, stated=claim["stated"])
    return _(
        "{place} says “{stated}” as {field}",
        place=where,
        stated=claim["stated"],
        field=name_column(claim["field"]),
    )


def explain_kind(metric: Metric, quantity: Quantity) -> str:
    """Explain why a sum is an estimate or a lower bound where only some of its numbers are."""
    if metric.counts_rows or quantity.known == max(quantity.about, quantity.at_least):
        return ""
    estimates = ngettext(
        "{n:,} of the {known:,} is an estimate, so the sum is one.",
        "{n:,} of the {known:,} are estimates, so the sum is one.",
        quantity.about,
        known=quantity.known,
    )
    bounds = ngettext(
        "{n:,} of the {known:,} is a lower bound, so the sum is one.",
        "{n:,} of the {known:,} are lower bounds, so the sum is one.",
        quantity.at_least,
        known=quantity.known,
    )
    return " ".join([estimates] * bool(quantity.about) + [bounds] * bool(quantity.at_least))


def format_dates(date: str | None) -> str:
    """Return the date of a record, or from when to when it runs, as precisely as it is known."""
    parts = [part for part in (date or "").split(" to ") if part]
    said = [part if part == "?" else format_partial_date(part) for part in parts]
    return _("{start} to {end}", start=said[0], end=said[1]) if len(said) > 1 else "".join(said)


def format_total(metric: Metric, quantity: Quantity) -> str:
    """Say the number of a question: "about 589", "€3 million", "at least 7"."""
    if quantity.value is None:
        return ""
    amount = (format_euro if metric.unit == "euro" else format_number)(quantity.value)
    return qualify(quantity.kind, amount)
