"""Which words of a question belong together, and what each group of them can mean: the cover of all
its words that understands most, the longest and best match first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.asking.lexicon import Sense, read_organisation_words, read_words_around
from dashboard.asking.mending import mend_filler
from dashboard.asking.name_senses import (
    LONG,
    Found,
    find_cue,
    find_cut_name,
    find_names,
    find_of_first_name,
    is_country,
)
from dashboard.asking.periods import Period, PeriodReader
from dashboard.asking.text_senses import LEADING, find_page, find_text, find_title
from dashboard.asking.vocabulary import Vocabulary
from dashboard.asking.words import Word
from dashboard.intake.person_names import PARTICLES
from dashboard.schema.folding import fold_words

LONGEST = 8
"""Words of the longest phrase that is looked for."""
LONGEST_APART, SHORTEST_APART = 3, 3
"""Words that are one elsewhere, and letters of each: zomer school."""
KNOWN, JOINED, FILLER, TEXT, ERROR, UNKNOWN = 10.0, 3.0, 6.0, 5.0, 4.0, -1.0
"""What a word counts that is understood; a word more in one phrase; one that says nothing; one that
occurs in the texts; what a typing error costs; a word that is not understood.
"""
SHORT = 3
"""Letters of what may be an initial, a title or a tussenvoegsel."""
SILENT = ("filler", "refused")
JOINING = read_words_around("joining")
ABBREVIATIONS = frozenset({"it"})
"""Words that say nothing, and are something else where they are written with capitals."""
BEFORE_NAMES = read_words_around("before_names")
"""Words behind which one that says nothing elsewhere is a name: events with SAMEN."""


@dataclass(frozen=True)
class Span:
    """Words from `start` to `end` that belong together, with what they can mean: nothing where they
    are not understood. `periods` are the periods that they can be.
    """

    start: int
    end: int
    senses: tuple[Sense, ...] = ()
    errors: int = 0
    score: float = UNKNOWN
    periods: tuple[Period, ...] = ()


def _score(start: int, end: int, errors: int, each: float = KNOWN) -> float:
    return each * (end - start) + JOINED * (end - start - 1) - ERROR * errors


@dataclass
class Coverer:
    """Finds the spans of the words of one question. `tokens` are its words without typing errors, of
    which `errors` says how many each had.
    """

    text: str
    words: Sequence[Word]
    vocabulary: Vocabulary
    reader: PeriodReader
    tokens: Sequence[str]
    errors: Sequence[int]
    _heard: dict[str, bool] = field(default_factory=dict)
    _pairs: dict[tuple[str, ...], bool] = field(default_factory=dict)
    _named: dict[tuple[str, ...], list[Found]] = field(default_factory=dict)

    def cover(self) -> list[Span]:
        """Cover all words by spans, so that as much as possible is understood."""
        best: list[tuple[float, tuple[Span, ...]] | None] = [(0.0, ())]
        best += [None] * len(self.words)
        for start in range(len(self.words)):
            reached = best[start]
            assert reached is not None, "each word is a span of its own"
            for span in self._candidates(start):
                total, other = reached[0] + span.score, best[span.end]
                if other is None or total > other[0]:
                    best[span.end] = total, (*reached[1], span)
        last = best[-1]
        return [*last[1]] if last else []

    def _candidates(self, start: int) -> Iterator[Span]:
        """List what may begin with a word, the longest first."""
        found: dict[int, Span] = {}
        for span in (*self._phrases(start), *self._periods(start), *self._names(start)):
            other = found.get(span.end)
            if other is None or span.score > other.score:
                found[span.end] = span
        if start + 1 not in found:
            found[start + 1] = self._lone(start)
            if start + 2 not in found and (apart := self._apart(start)):
                found[start + 2] = apart
        yield from sorted(found.values(), key=lambda span: -span.end)

    def _phrases(self, start: int) -> Iterator[Span]:
        """Find the phrases of the vocabulary, also with typing errors or a space too many."""
        phrases = self.vocabulary.phrases
        for end in range(min(start + LONGEST, len(self.words)), start, -1):
            spelt = [word.folded for word in self.words[start:end]]
            errors = sum(self.errors[start:end])
            if end - start == 1 and self._is_abbreviation(start):
                continue
            if senses := phrases.get(" ".join(spelt)) or _find_apart(spelt, phrases):
                yield self._phrase(start, end, senses)
            elif errors and (senses := phrases.get(" ".join(self.tokens[start:end]), ())):
                yield self._phrase(start, end, senses, errors)

    def _phrase(self, start: int, end: int, senses: tuple[Sense, ...], errors: int = 0) -> Span:
        alone = end - start == 1 and senses[0].kind == "filler"
        score = _score(start, end, errors, FILLER if alone else KNOWN)
        return Span(start, end, senses, errors, score)

    def _periods(self, start: int) -> Iterator[Span]:
        """Find the period that begins with a word; the name of a month, with a year behind it or not,
        may be that of a person.
        """
        if not (found := self.reader.read(start)):
            return
        end, periods = found
        errors = sum(self.errors[start:end])
        years = self.tokens[start + 1 : end]
        senses: tuple[Sense, ...] = ()
        if self.words[start].folded.isalpha() and all(len(y) == 4 and y.isdigit() for y in years):
            senses = tuple(
                replace(sense, year=years[0] if years else "")
                for sense, wrong, _less in self._find(start, start + 1)
                if sense.name == "speaker" and not wrong
            )
        yield Span(start, end, senses, errors, _score(start, end, errors), periods)

    def _names(self, start: int) -> Iterator[Span]:
        """Find the names and titles that begin with a word."""
        for end in range(min(start + LONGEST, len(self.words)), start, -1):
            if end - start > 1 and (
                title := find_title(self.vocabulary, self.text, self.words, start, end)
            ):
                yield self._name(start, end, [title])
            if not self._may_be_name(start, end):
                continue
            hits = self._find(start, end)
            if not JOINING.isdisjoint(word.folded for word in self.words[start:end]):
                hits = [hit for hit in hits if hit[0].name != "speaker"]  # two people, not one
            if self._kind(start) in SILENT:
                word, alone = self.words[start].folded, end - start == 1
                hits = [hit for hit in hits if _has_begin(hit, word, alone=alone)]
            if hits:
                yield self._name(start, end, hits)

    def _name(self, start: int, end: int, hits: Sequence[Found]) -> Span:
        """Make the span of a name. What is written in one counts more together, and a name that says
        nothing elsewhere more than that.
        """
        _sense, errors, less = hits[0]
        score = _score(start, end, errors) + less
        if end - start > 1 and self.words[start].chunk == self.words[end - 1].chunk:
            score += ERROR
        if end - start == 1 and (self._kind(start) in SILENT or self._is_country(start)):
            score += JOINED
        return Span(start, end, tuple(hit[0] for hit in hits), errors, score)

    def _may_be_name(self, start: int, end: int) -> bool:
        """Whether words may be a name: they neither begin nor end with a word that says nothing, but
        for a tussenvoegsel, and are no phrases alone.
        """
        kinds = [self._kind(nr) for nr in range(start, end)]
        if end - start == 1:
            named = start > 0 and self.words[start - 1].folded in BEFORE_NAMES
            return not kinds[0] or (kinds[0] in SILENT and named) or self._is_country(start)
        if not all(word.folded[0].isalnum() for word in self.words[start:end]):
            return False
        begins = kinds[0] not in SILENT or self.words[start].folded in PARTICLES
        if not begins or kinds[-1] in SILENT or "" not in kinds:
            return False
        return self._are_together(start, end) or self._may_be_full_name(start, end)

    def _are_together(self, start: int, end: int) -> bool:
        """Whether some name may have all of some words: each is in one, and any two that follow each
        other, unless one of them is short, as initials and tussenvoegsels are.
        """
        return all(self._is_heard(nr) for nr in range(start, end)) and all(
            self._is_pair(nr) for nr in range(start, end - 1)
        )

    def _is_heard(self, nr: int) -> bool:
        word = self.words[nr].folded
        if word not in self._heard:
            known = word in read_organisation_words()
            self._heard[word] = known or self.vocabulary.names.has_part(word)
        return self._heard[word]

    def _is_pair(self, nr: int) -> bool:
        pair = tuple(word.folded for word in self.words[nr : nr + 2])
        silent = self._kind(nr) in SILENT or self._kind(nr + 1) in SILENT
        translated = not read_organisation_words().keys().isdisjoint(pair)
        if min(map(len, pair)) <= SHORT or silent or translated:
            return True
        if pair not in self._pairs:
            self._pairs[pair] = bool(self.vocabulary.names.find(pair, limit=1))
        return self._pairs[pair]

    def _may_be_full_name(self, start: int, end: int) -> bool:
        """Whether words may be a first name and a last one that is misspelt badly, with what stands
        between them.
        """
        between = self.words[start + 1 : end - 1]
        if any(word.folded not in PARTICLES for word in between):
            return False
        first = self.words[start].folded
        return any(
            sense.name == "speaker" and not errors and fold_words(sense.label).startswith(first)
            for sense, errors, _less in self._find(start, start + 1)
        )

    def _find(self, start: int, end: int) -> list[Found]:
        """Find what words name, once where they stand several times."""
        cue = find_cue(self.words, start) if not self._is_country(start) else "the"
        key = (cue, *(word.folded for word in self.words[start:end]))
        if key not in self._named:
            found = find_names(self.vocabulary, self.text, self.words, start, end)
            if not found and end - start > 1 and self._may_be_full_name(start, end):
                found = find_of_first_name(self.vocabulary, self.words, start, end)
            self._named[key] = found
        return self._named[key]

    def _is_country(self, nr: int) -> bool:
        return is_country(self.text, self.words, nr)

    def _is_abbreviation(self, nr: int) -> bool:
        word = self.words[nr]
        spelt = self.text[word.start : word.end]
        return word.folded in ABBREVIATIONS and spelt.isupper() and not self.text.isupper()

    def _kind(self, nr: int) -> str:
        return self.vocabulary.find_kind(self.words[nr].folded)

    def _apart(self, start: int) -> Span | None:
        """Read two words that are one in a name or in the texts: Life Lines, cyber security."""
        if start + 2 > len(self.words) or (self._kind(start) and self._kind(start + 1)):
            return None
        joined = self.words[start].folded + self.words[start + 1].folded
        hits = self._find(start, start + 2)
        if named := [hit for hit in hits if joined in fold_words(hit[0].label).split()]:
            less = named[0][2]
            senses = tuple(hit[0] for hit in named)
            return Span(start, start + 2, senses, 1, _score(start, start + 2, 1) + less)
        if self._kind(start) or self._kind(start + 1):
            return None
        if len(joined) >= LONG and (person := find_cut_name(self.vocabulary, joined)):
            score = _score(start, start + 2, 2)
            return Span(start, start + 2, tuple(hit[0] for hit in person), 2, score)
        if not self.vocabulary.is_topic(joined):
            return None
        sense = Sense("text", find_page(self.vocabulary, joined), (joined,))
        return Span(start, start + 2, (sense,), 1, 2 * TEXT + 1)

    def _lone(self, start: int) -> Span:
        """Read a word that nothing else explains: a misspelt filler, or one that occurs in texts."""
        word = self.words[start].folded
        if filler := mend_filler(self.vocabulary, word):
            return Span(start, start + 1, filler, 0, FILLER - 1)
        if text := find_text(self.vocabulary, word, led=find_cue(self.words, start) in LEADING):
            senses, errors = text
            return Span(start, start + 1, senses, errors, TEXT - errors)
        return Span(start, start + 1)


def _find_apart(
    spelt: Sequence[str], phrases: Mapping[str, tuple[Sense, ...]]
) -> tuple[Sense, ...]:
    """Find the filter or measure that words are with a space too many."""
    apart = 1 < len(spelt) <= LONGEST_APART and min(map(len, spelt)) >= SHORTEST_APART
    senses = phrases.get("".join(spelt), ()) if apart else ()
    return senses if senses and senses[0].kind in ("filter", "measure") else ()


def _has_begin(hit: Found, word: str, *, alone: bool) -> bool:
    """Whether a name begins with a word that says nothing elsewhere: van Ooijen, SAMEN."""
    sense, errors, _less = hit
    if alone:
        return not errors
    return sense.name == "speaker" and word in fold_words(sense.label).split()
