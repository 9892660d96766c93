"""Who carries it: one strip of all contributions, a field per person; those who make half stand out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts import Bars, Chart
from dashboard.charts.marks import (
    draw_empty,
    draw_fold,
    estimate_width,
    find_fit,
    format_share,
    join_classes,
    make_chart,
    say_value,
)
from dashboard.charts.markup import Element, make_element
from dashboard.charts.share_findings import (
    count_half,
    describe_chosen,
    describe_shares,
    rank_people,
    say_not_shown,
)
from dashboard.charts.theme import Palette
from dashboard.language.messages import N_, _, ngettext, pgettext
from dashboard.language.numbers import format_integer, format_percent
from dashboard.model import Row
from dashboard.model.drill_down import format_drill_down
from dashboard.text.counts import format_count

MAX_PEOPLE, MAX_NAMES, MAX_BARS = 40, 16, 24
NUMBER_SIZE = 18
ALONE = (
    N_("one:"),
    N_("two:"),
    N_("three:"),
    N_("four:"),
    N_("five:"),
    N_("six:"),
    N_("seven:"),
    N_("eight:"),
    N_("nine:"),
    N_("ten:"),
)
EACH = (
    N_("one each:"),
    N_("two each:"),
    N_("three each:"),
    N_("four each:"),
    N_("five each:"),
    N_("six each:"),
    N_("seven each:"),
    N_("eight each:"),
    N_("nine each:"),
    N_("ten each:"),
)
"""What stands before those who made one contribution, two, …"""


@dataclass(frozen=True)
class Field:
    """A field of the strip: a person, or at its end the others (without an id)."""

    person: str
    name: str
    short: str
    number: int
    share: float
    in_half: bool = False
    act: str = ""

    @property
    def words(self) -> str:
        return say_value(self.name, format_count(self.number, "contribution"))

    @property
    def fit(self) -> str:
        """Where its name fits into it."""
        return find_fit(self.short, self.share)


def draw_shares(
    contributors: Sequence[Row],
    colours: Palette,
    *,
    profiles: bool = True,
    limit: int = MAX_PEOPLE,
    chosen: Sequence[str] = (),
) -> Chart:
    """Draw the contributions of people as parts of all, the most first; of more than `limit` people the
    last are one field, "32 others". Those who make half stand out, or who was `chosen` among all.

    `contributors` are rows of the question contributors. A field opens its person, or the
    contributions where there are no `profiles`.
    """
    ranked = rank_people(contributors)
    sentence = describe_chosen(ranked, chosen) or describe_shares(ranked)
    if not ranked:
        return make_chart(draw_empty(sentence), sentence, [])
    fields = _list_fields(ranked, limit, chosen, profiles=profiles)
    total = sum(row["contributions"] for row in ranked)
    markup = make_element(
        "div",
        _draw_half(total),
        make_element("div", *map(_draw_field, fields), css="share-strip"),
        *_draw_names(fields),
        css="shares",
    )
    bars = _list_bars(ranked, chosen, colours)
    links = [(field.words, field.act) for field in fields if field.act]
    return make_chart(markup, sentence, _tabulate(ranked, total), links, bars)


def _list_bars(ranked: Sequence[Row], chosen: Sequence[str], colours: Palette) -> Bars:
    """List a bar for each of the first people, and for who was chosen, however little they made."""
    shown = [row for nr, row in enumerate(ranked) if nr < MAX_BARS or row["person_id"] in chosen]
    made = [row["contributions"] for row in shown]
    rest = sum(row["contributions"] for row in ranked) - sum(made)
    return Bars(
        [row["name"] for row in shown],
        [(_("Contributions"), made, colours.accent)],
        note=say_not_shown(len(ranked) - len(shown), rest),
    )


def shorten_names(names: Mapping[str, str]) -> dict[str, str]:
    """Shorten names by their first word, by id: van Ooijen. Where that leaves two alike, or nothing,
    the names stay whole.
    """
    short = {i: name.partition(" ")[2].strip() or name for i, name in names.items()}
    seen = list(short.values())
    return {i: names[i] if seen.count(found) > 1 else found for i, found in short.items()}


def _list_fields(
    ranked: Sequence[Row], limit: int, chosen: Sequence[str], *, profiles: bool
) -> list[Field]:
    total, (half, _made) = sum(row["contributions"] for row in ranked), count_half(ranked)
    strong = set(chosen) or {row["person_id"] for row in ranked[:half]}
    # who was chosen has a field, however little they made
    shown = [row for nr, row in enumerate(ranked) if nr < limit or row["person_id"] in chosen]
    short = shorten_names({row["person_id"]: row["name"] for row in ranked})
    fields = [
        Field(
            row["person_id"],
            row["name"],
            short[row["person_id"]],
            row["contributions"],
            row["contributions"] / total,
            row["person_id"] in strong,
            _find_act(row["person_id"], profiles=profiles),
        )
        for row in shown
    ]
    rest = [row for row in ranked[limit:] if row not in shown]
    if rest:
        made = sum(row["contributions"] for row in rest)
        others = ngettext("{n:,} other", "{n:,} others", len(rest))
        fields.append(Field("", others, others, made, made / total))
    return fields


def _find_act(person: str, *, profiles: bool) -> str:
    if profiles:
        return f"person={person}"
    return f"why={format_drill_down('contributions', ('speaker', person))}"


def _draw_half(total: int) -> Element:
    words = (
        _("half of {total:,}", total=total)
        if total % 2
        else _("half, {half:,} of {total:,}", half=total // 2, total=total)
    )
    return make_element("p", words, css="share-half")


def _draw_field(field: Field) -> Element:
    digits = format_integer(field.number)
    room = estimate_width(digits, NUMBER_SIZE) + 4
    number = find_fit(digits, field.share, room=10, strong=False)
    tight = "share-tight" if field.share * 936 < room + 16 else ""
    return make_element(
        "a" if field.act else "span",
        make_element("span", field.short, css=join_classes("share-name", field.fit)),
        make_element("span", digits, css=join_classes("share-number", number)),
        css=join_classes("share-field", "share-in-half" if field.in_half else "", tight),
        style={"--part": format_share(field.share)},
        act=field.act,
        aria_label=field.words,
        title=field.words,
    )


def _draw_names(fields: Sequence[Field]) -> list[Element]:
    """Write below who has no room in the strip: on a wide page, and on a phone. Many are folded."""
    wide = [field for field in fields if field.fit == "fits-nowhere"]
    narrow = [field for field in fields if field.fit]
    if wide == narrow:
        return [_draw_groups(wide, "")] if wide else []
    both = ((wide, "shown-wide"), (narrow, "shown-narrow"))
    return [_draw_groups(found, css) for found, css in both if found]


def _draw_groups(fields: Sequence[Field], css: str) -> Element:
    if len(fields) <= MAX_NAMES:
        return _list_groups(fields, css)
    people = sum(bool(field.person) for field in fields)
    label = ngettext("{n:,} person by name", "{n:,} people by name", people)
    fold = draw_fold(label, _list_groups(fields, ""))
    return make_element("div", fold, css=css) if css else fold


def _list_groups(fields: Sequence[Field], css: str) -> Element:
    groups: dict[tuple[int, bool], list[Field]] = {}
    for field in fields:
        groups.setdefault((field.number, bool(field.person)), []).append(field)
    return make_element(
        "ul",
        *(_draw_group(group, number) for (number, _known), group in groups.items()),
        css=join_classes("share-names", css),
    )


def _draw_group(group: Sequence[Field], number: int) -> Element:
    if not group[0].person:
        return make_element("li", _("{others}: {n:,}", others=group[0].name, n=number))
    pieces: list[Element | str] = [_name_number(number, len(group)), " "]
    for field in group:
        pieces += [make_element("a" if field.act else "span", field.short, act=field.act), ", "]
    return make_element("li", *pieces[:-1])


def _name_number(number: int, people: int) -> str:
    words = EACH if people > 1 else ALONE
    if number <= len(words):
        return _(words[number - 1])
    return _("{n:,} each:", n=number) if people > 1 else _("{n:,}:", n=number)


def _tabulate(ranked: Sequence[Row], total: int) -> list[Row]:
    return [
        {
            _("Person"): row["name"],
            _("Contributions"): row["contributions"],
            _("Events"): row["events"],
            pgettext("of the whole", "Share"): format_percent(row["contributions"] / total),
        }
        for row in ranked
    ]
