"""The passages of a document: whatever of it is ours, from a number to a row of a table. Each has a
key that stays the same from year to year, by which a document is renewed without reading words.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dashboard.export.pptx.markers import text_digest
from dashboard.export.shown_values import ShownValue, select_said
from dashboard.export.view_export import Export, Number, clean, clean_line, link_to
from dashboard.export.word.marks import Stored
from dashboard.language.messages import Words, _, ngettext
from dashboard.model.drill_down import DrillDown, parse_drill_down
from dashboard.query import provenance
from dashboard.query.provenance import describe_claim_difference

NUMBER, NOTES, SOURCE, ROW = "number", "notes", "source", "row"
"""The first words of the keys of numbers, of what must be known with them, of footnotes, and of rows."""
MAX_PLACES, MAX_LINES, MAX_DIFFERING = 3, 6, 2
"""Sections of a source, lines of one, and differing statements that a footnote names."""
Claim = Mapping[str, Any]


@dataclass(frozen=True)
class Passage:
    """A text of ours: its key ("number:events_held"), what it is in words, its cells (one, but for a
    row of a table) in pieces, the numbers that it says, the list or table it stands in, its
    footnote, the name of its style, and the colour of the rule above it.
    """

    key: str
    name: str
    cells: Sequence[Words]
    values: tuple[ShownValue, ...] = ()
    within: str = ""
    footnote: "Passage | None" = None
    style: str = "Normal"
    rule: str = ""

    @cached_property
    def tag(self) -> str:
        """The tag of its content control: at most 64 characters."""
        return f"dash:{hashlib.sha256(self.key.encode()).hexdigest()[:16]}"

    @cached_property
    def texts(self) -> list[str]:
        """The text of each cell."""
        return ["".join(text for text, _strong in cell) for cell in self.cells]

    @property
    def stored(self) -> Stored:
        """What the document stores of it."""
        return Stored(self.key, text_digest("\n".join(self.texts)), self.within, self.values)


def make_passage(shown: Export, key: str, name: str, *cells: Words | str, **more: Any) -> Passage:
    """Make a passage of some cells. The numbers are those of the page that its texts say."""
    pieces = [((cell, False),) if isinstance(cell, str) else cell for cell in cells]
    cleaned = [tuple((clean(text), strong) for text, strong in cell if text) for cell in pieces]
    said = " ".join(text for cell in cleaned for text, _strong in cell)
    values = select_said(said, shown.values)
    return Passage(clean_line(key), clean_line(name), cleaned, **{"values": values, **more})


def make_figure(shown: Export, number: Number, name: str, label: str) -> list[Passage]:
    """Make a number, what it is called and what must be known with it; the footnote is at the label,
    because a mark at a number would look like a power. `name` says which number it is.
    """
    word, within = number.metric.name, f"figure:{number.metric.name}"
    qualifier = f"{number.qualifier} " if number.qualifier else ""
    value: Words = ((qualifier, False), (number.value, number.quantity.value is not None))
    values = (number.shown_value,)
    key = f"{NUMBER}:{word}"
    made = [make_passage(shown, key, number.metric.label, value, values=values, style="Figure")]
    cited = make_footnote(shown, f"why={word}", name, _find_claims(shown, word))
    beside = {"within": within, "footnote": cited, "style": "Figure label"}
    made.append(make_passage(shown, f"label:{word}", name, label, **beside))
    if said := "; ".join(number.notes):
        beside = {"within": within, "style": "Figure note"}
        made.append(make_passage(shown, f"{NOTES}:{word}", name, said, **beside))
    return made


def _find_claims(shown: Export, word: str) -> list[Claim]:
    """Find what sources state of the records behind a number."""
    asked = parse_drill_down(word) or DrillDown(word)
    found = provenance.collect_evidence(shown.view.version, asked, shown.view.filters)
    return [claim for one in found for claim in one.claims]


def make_footnote(shown: Export, opens: str, name: str, claims: Iterable[Claim]) -> Passage | None:
    """Make the footnote of what a parameter opens ("why=events_held"), with a link where its sources
    are many; None where no source states it.
    """
    parameter, _equals, value = opens.partition("=")
    source = say_sources(claims, shown.base + link_to(shown.view, **{parameter: value}))
    if not source:
        return None
    said = _("Source: {what}", what=clean_line(name))
    return make_passage(shown, f"{SOURCE}:{opens}", said, source, values=())


def share_footnotes(passages: Sequence[Passage]) -> list[Passage]:
    """Let passages that stand together and have the same sources share the footnote of the first,
    which names the others.
    """
    alike: dict[str, list[str]] = {}
    for one in passages:
        if one.footnote:
            alike.setdefault(one.footnote.texts[0], []).append(one.name)
    shared = []
    for one in passages:
        names = alike.pop(one.footnote.texts[0], []) if one.footnote else []
        note = one.footnote if names else None
        if note and names[1:]:
            said = _(
                "{source} The same for {names}.", source=note.texts[0], names="; ".join(names[1:])
            )
            note = replace(note, cells=[((said, False),)])
        shared.append(replace(one, footnote=note))
    return shared


def say_sources(claims: Iterable[Claim], link: str) -> str:
    """Say source, section and line of claims, each once, and what a source says otherwise: "2025 in
    Review: Key highlights, lines 135, 137; Impact, line 88."; of many sections only how many they
    are, and at which link they are said.
    """
    sources: dict[str, dict[str, set[int]]] = {}
    differing = dict[str, None]()
    for claim in claims:
        if claim["stance"] == "stated":
            section = claim["section"] if claim["section"] != claim["source"] else None
            places = sources.setdefault(claim["source"], {})
            places.setdefault(section or "", set()).update(filter(None, [claim["line"]]))
        elif claim["stance"] == "differs":
            differing[describe_claim_difference(claim)] = None
    if (number := sum(map(len, sources.values()))) > MAX_PLACES:
        return ngettext(
            "{sources}, {n} place: see “Why this number?” at {link}",
            "{sources}, {n} places: see “Why this number?” at {link}",
            number,
            sources="; ".join(sources),
            link=link,
        )
    said = (_say_places(source, places) for source, places in sources.items())
    parts = "; ".join([*said, *list(differing)[:MAX_DIFFERING]])
    return _("{sources}.", sources=parts) if parts else ""


def _say_places(source: str, places: Mapping[str, set[int]]) -> str:
    """Say the sections of a source, with their lines, in the order of the lines."""
    ordered = sorted(places.items(), key=lambda pair: min(pair[1], default=0))
    named = "; ".join(filter(None, (_say_place(*pair) for pair in ordered)))
    return _("{source}: {places}", source=source, places=named) if named else source


def _say_place(section: str, found: set[int]) -> str:
    """Say a section and its lines: "Key highlights, lines 135, 137"."""
    more = ["…"] if len(found) > MAX_LINES else []
    lines = ", ".join([*map(str, sorted(found)[:MAX_LINES]), *more])
    said = ngettext("line {lines}", "lines {lines}", len(found), lines=lines) if found else ""
    return ", ".join(filter(None, (section, said)))
