"""Which words of a question belong together, and what each group of them can mean: the cover of all
its words that understands most, the longest and best match first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from dashboard.asking.name_senses import Found, find_names, find_page, find_text, find_title
from dashboard.asking.periods import SEASONS, WORDS, Period, PeriodReader
from dashboard.asking.vocabulary import Sense, Vocabulary, read_word_list
from dashboard.asking.words import Word
from dashboard.intake.dates import MONTHS
from dashboard.intake.person_names import PARTICLES
from dashboard.schema.folding import fold_words

SILENT = ("filler", "refused")
BEFORE_NAMES = frozenset("with from by met van door".split())
ENDINGS = frozenset({"mei", "may", "fall"})
"""Words of periods that are endings of other words."""
LONGEST = 8
"""Words of the longest phrase that is looked for."""
KNOWN, JOINED, FILLER, TEXT, ERROR, UNKNOWN = 10.0, 3.0, 6.0, 5.0, 4.0, -1.0
"""What a word counts that is understood; a word more in one phrase; one that says nothing; one that
occurs in the texts; what a typing error costs; a word that is not understood.
"""


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

    @property
    def kind(self) -> str:
        """What sort of thing it is; empty where it is not understood."""
        if self.periods:
            return "period"
        return self.senses[0].kind if self.senses else ""


@dataclass
class Coverer:
    """Finds the spans of the words of one question."""

    text: str
    words: Sequence[Word]
    vocabulary: Vocabulary
    reader: PeriodReader
    tokens: Sequence[str]
    errors: Sequence[int]
    _found: dict[int, list[Span]] = field(default_factory=dict)

    def cover(self) -> list[Span]:
        """Cover all words by spans, so that as much as possible is understood."""
        count = len(self.words)
        best: list[tuple[float, tuple[Span, ...]]] = [(0.0, ())] * (count + 1)
        reached = [True] + [False] * count
        for start in range(count):
            score, spans = best[start]
            for span in self._candidates(start):
                total = score + span.score, (*spans, span)
                if not reached[span.end] or total[0] > best[span.end][0]:
                    best[span.end], reached[span.end] = total, True
        return list(best[count][1])

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
        for end in range(min(start + LONGEST, len(self.words)), start, -1):
            exact = " ".join(word.folded for word in self.words[start:end])
            if senses := self.vocabulary.phrases.get(exact):
                yield self._span(start, end, senses)
            elif end - start > 1 and (senses := self._joined(start, end)):
                yield self._span(start, end, senses)
            elif errors := sum(self.errors[start:end]):
                if senses := self.vocabulary.phrases.get(" ".join(self.tokens[start:end])):
                    yield self._span(start, end, senses, errors)

    def _joined(self, start: int, end: int) -> tuple[Sense, ...] | None:
        """Read words that are one elsewhere: zomer school, boot camp."""
        if end - start > 3:
            return None
        senses = self.vocabulary.phrases.get("".join(w.folded for w in self.words[start:end]))
        return senses if senses and senses[0].kind in ("filter", "measure") else None

    def _span(self, start: int, end: int, senses: tuple[Sense, ...], errors: int = 0) -> Span:
        lone = end - start == 1
        each = FILLER if lone and senses[0].kind == "filler" else KNOWN
        score = each * (end - start) + JOINED * (end - start - 1) - ERROR * errors
        return Span(start, end, senses, errors, score)

    def _periods(self, start: int) -> Iterator[Span]:
        if not (found := self.reader.read(start)):
            return
        end, periods = found
        errors = sum(self.errors[start:end])
        score = KNOWN * (end - start) + JOINED * (end - start - 1) - ERROR * errors
        senses: tuple[Sense, ...] = ()
        years = [token for token in self.tokens[start + 1 : end]]
        if self.words[start].folded.isalpha() and all(len(y) == 4 and y.isdigit() for y in years):
            hits = find_names(self.vocabulary, self.text, self.words, start, start + 1)
            senses = tuple(
                replace(sense, year=years[0] if years else "")
                for sense, wrong, _ in hits
                if sense.name == "speaker" and not wrong
            )
        yield Span(start, end, senses, errors, score, periods)

    def _names(self, start: int) -> Iterator[Span]:
        for end in range(min(start + LONGEST, len(self.words)), start, -1):
            if end - start > 1 and (
                title := find_title(self.vocabulary, self.text, self.words, start, end)
            ):
                sense, errors, less = title
                score = KNOWN * (end - start) + JOINED * (end - start - 1)
                yield Span(start, end, (sense,), errors, score + less - ERROR * errors)
            if not self._may_be_name(start, end):
                continue
            hits = find_names(self.vocabulary, self.text, self.words, start, end)
            if self._kind(start) in SILENT:
                lone = end - start == 1
                hits = [hit for hit in hits if _has_begin(hit, self.words[start].folded, lone)]
            if hits:
                errors = hits[0][1]
                score = KNOWN * (end - start) + JOINED * (end - start - 1)
                score += hits[0][2] - ERROR * errors
                if end - start > 1 and self.words[start].chunk == self.words[end - 1].chunk:
                    score += ERROR
                score += 2 if end - start == 1 and self._kind(start) in SILENT else 0
                yield Span(start, end, tuple(hit[0] for hit in hits), errors, score)

    def _may_be_name(self, start: int, end: int) -> bool:
        """Whether words may be a name: they neither begin nor end with a word that says nothing, but
        for a tussenvoegsel, and are no phrase of one word.
        """
        kinds = [self._kind(nr) for nr in range(start, end)]
        if end - start == 1:
            return not kinds[0] or (kinds[0] in ("filler", "refused") and self._is_named(start))
        begins = kinds[0] not in SILENT or self.words[start].folded in PARTICLES
        return begins and kinds[-1] not in SILENT and "" in kinds

    def _is_named(self, start: int) -> bool:
        """Whether a word that says nothing else stands where a name does: events with SAMEN."""
        return start > 0 and self.words[start - 1].folded in BEFORE_NAMES

    def _kind(self, nr: int) -> str:
        senses = self.vocabulary.phrases.get(self.words[nr].folded)
        return senses[0].kind if senses else ""

    def _apart(self, start: int) -> Span | None:
        """Read two words that are one in the texts: cyber security."""
        if start + 2 > len(self.words) or self._kind(start) or self._kind(start + 1):
            return None
        joined = self.words[start].folded + self.words[start + 1].folded
        if self.vocabulary.names.nearest_words(joined) != (joined,):
            return None
        sense = Sense("text", find_page(self.vocabulary, joined), (joined,))
        return Span(start, start + 2, (sense,), 1, 2 * TEXT + 1)

    def _lone(self, start: int) -> Span:
        """Read a word that nothing else explains: a misspelt filler, or one that occurs in texts."""
        word = self.words[start].folded
        if filler := mend_filler(self.vocabulary, word):
            return Span(start, start + 1, filler, 0, FILLER - 1)
        if text := find_text(self.vocabulary, word):
            sense, errors = text
            return Span(start, start + 1, sense, errors, TEXT - errors)
        return Span(start, start + 1)


def _has_begin(hit: Found, word: str, lone: bool) -> bool:
    """Whether a name begins with a word that says nothing elsewhere: van Ooijen, SAMEN."""
    sense, errors, _less = hit
    if lone:
        return not errors
    return sense.name == "speaker" and word in fold_words(sense.label).split()


def split_compounds(vocabulary: Vocabulary, words: Sequence[Word]) -> list[Word]:
    """Split the Dutch words that are made of two of the vocabulary: keynotesprekers, meibijeenkomsten."""
    parts: list[Word] = []
    for word in words:
        at = 0 if word.folded in vocabulary.phrases else _find_seam(vocabulary, word.folded)
        if at and word.end - word.start == len(word.folded):
            first = word.folded[:at]
            first = first if _is_part(vocabulary, first) else first.removesuffix("s")
            parts.append(replace(word, folded=first, end=word.start + at))
            parts.append(replace(word, folded=word.folded[at:], start=word.start + at))
        else:
            parts.append(word)
    return parts


def _find_seam(vocabulary: Vocabulary, word: str) -> int:
    """Find where the second part of a compound begins; 0 where it is none."""
    for at in range(3, len(word) - 3):
        first = word[:at]
        if _is_part(vocabulary, word[at:]) and word[at:] not in ENDINGS:
            if _is_part(vocabulary, first) or _is_part(vocabulary, first.removesuffix("s")):
                return at
    return 0


def _is_part(vocabulary: Vocabulary, word: str) -> bool:
    senses = vocabulary.phrases.get(word)
    if len(word) > 3 and senses and senses[0].kind in ("filter", "measure", "page"):
        return True
    return word in SEASONS or (word in MONTHS and len(word) > 2)


def mend_words(vocabulary: Vocabulary, words: Sequence[Word]) -> tuple[list[str], list[int]]:
    """Mend the typing errors in words of the vocabulary and of periods: the words, and how many errors
    each had. A word that says something by itself, here or elsewhere, is no typing error.
    """
    tokens, errors = [], []
    for word in words:
        found: tuple[str, int] | None = None
        if is_unheard(vocabulary, word.folded):
            found = vocabulary.correct(word.folded)
        tokens.append(found[0] if found else word.folded)
        errors.append(found[1] if found else 0)
    return tokens, errors


def is_unheard(vocabulary: Vocabulary, word: str) -> bool:
    """Whether a word may be a typing error: it is none of the vocabulary, of a period, of the texts,
    and no other word or name that people know.
    """
    return (
        word.isalpha()
        and word not in vocabulary.phrases
        and word not in WORDS
        and not any(word in read_word_list(name) for name in ("common", "surnames", "given-names"))
        and vocabulary.names.nearest_words(word) != (word,)
    )


def mend_filler(vocabulary: Vocabulary, word: str) -> tuple[Sense, ...]:
    """Find the word that says nothing of which a word is a typing error: two letters swapped, or one
    wrong in a word of five letters or more.
    """
    if not is_unheard(vocabulary, word) or len(word) < 4:
        return ()
    swapped = {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}
    shorter = {word[:n] + word[n + 1 :] for n in range(1, len(word))} if len(word) > 5 else set()
    near = swapped | shorter
    found = [vocabulary.phrases.get(one, ()) for one in sorted(near)]
    return next((senses for senses in found if senses and senses[0].kind == "filler"), ())
