"""What stands around a question in a mail: the greeting before it, why it is asked, and the closing with
who signs behind it. It is no part of the question, and neither is who is named there.

Only what can be nothing else is left out. A name is one that is greeted where a greeting begins the
text and a sign ends it (“Hi Job,”), and one that signs where a closing stands before it and nothing
but it follows; it is none where its words mean something else: “Beste keynotes”, “Best attended”.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dashboard.asking.lexicon import (
    read_cities,
    read_common_forms,
    read_first_names,
    read_salutations,
    read_surnames,
    read_words_around,
)
from dashboard.asking.period_words import WORDS
from dashboard.asking.text_senses import is_known
from dashboard.asking.vocabulary import Vocabulary
from dashboard.asking.words import Word
from dashboard.intake.person_names import PARTICLES, TITLES

GREETINGS, ANYBODY, JOINING = map(read_salutations, ("greetings", "anybody", "joining"))
REASONS = read_salutations("reasons")
TALKS = frozenset(
    f"{before} {talk}"
    for before in read_salutations("behind")
    for talk in read_salutations("talks")
)
SAID_WHEN, SAID_WITH, ASKING = map(read_salutations, ("said_when", "said_with", "asking"))
CLOSINGS, SHORT_CLOSINGS = map(read_salutations, ("closings", "short_closings"))
ARTICLES = read_words_around("articles")
BEFORE_NAMES = JOINING | PARTICLES | ARTICLES
SPELT = frozenset(
    word
    for phrase in (*GREETINGS, *ANYBODY, *REASONS, *CLOSINGS, *SHORT_CLOSINGS)
    for word in phrase.split()
)
SHORTEST_MENDED = 6
"""Letters of a word of these phrases in which an error is overlooked."""
MENDED = sorted(word for word in SPELT if len(word) >= SHORTEST_MENDED)
LONGEST = max(len(phrase.split()) for phrase in (*GREETINGS, *REASONS, *TALKS, *CLOSINGS))
MOST_NAMES = 8
"""Words of those who are greeted, or sign."""
STOP = re.compile(r"[,!:;.…]|\s[-–—]|\?")
SENTENCE = re.compile(r"[!?.;…]")
TELLING = frozenset(
    {"filter", "measure", "form", "by", "which", "page", "refused", "all_years", "coming"}
)
"""Kinds of words that mean something, so that nobody is called so."""


def leave_out_salutations(
    text: str, words: Sequence[Word], vocabulary: Vocabulary
) -> Sequence[Word]:
    """Leave out the greeting before a question and the closing behind it; nothing of a text that is no
    more than these.
    """
    mail = _Mail(text, words, vocabulary)
    start = mail.find_start()
    return words[start : mail.find_end(start)]


@dataclass
class _Mail:
    """The words of a text in which a question stands. A place is the number of a word."""

    text: str
    words: Sequence[Word]
    vocabulary: Vocabulary
    _closings: dict[int, bool] = field(default_factory=dict)

    @cached_property
    def spelt(self) -> list[str]:
        """The words without typing errors in the words of salutations."""
        return [self._mend(word.folded) for word in self.words]

    def find_start(self) -> int:
        """Find where the question begins; 0 where nothing stands before it, or nothing behind."""
        start = end = 0
        while end := self._read_greeting(start) or self._read_reason(start):
            start = end
        return start if start < len(self.words) else 0

    def find_end(self, start: int) -> int:
        """Find where the question ends that begins at a place."""
        places = range(start + 1, len(self.words))
        return next((nr for nr in places if self._is_closing(nr)), len(self.words))

    def _read_greeting(self, start: int) -> int:
        """Read a greeting with who is greeted: where it ends; 0 where there is none."""
        end = self._match(GREETINGS, start)
        if not end:
            return 0
        stops, asks = self._stops(end), self._asks(end)
        silent = self._kind(start, end) not in TELLING
        if (stops and asks) or (silent and (stops or asks)):
            return end  # “beste” is a word of questions too
        named = self._read_greeted(end)
        if not named or self._is_named(start, named):
            return self._read_anybody(end)
        while other := self._read_anybody(named):
            named = other
        return named

    def _read_greeted(self, start: int) -> int:
        """Read who is greeted, up to a sign, or to a new line as a single one shows it, where the
        question begins with a capital letter: where that ends; 0 where it does not stand there.
        """
        at, end = start, 0
        while at < len(self.words) and at - start < MOST_NAMES:
            if one := self._match(ANYBODY, at) or self._read_name(at):
                at = end = one
                if self._stops(end):
                    return end if "?" not in self._gap(end) else 0
            elif at > start and self.spelt[at] in JOINING | PARTICLES:
                at += 1
            else:
                break
        new_line = self._asks(at) and self.words[at].capital and not self.text.isupper()
        return end if end == at and new_line else 0

    def _read_anybody(self, start: int) -> int:
        """Read the word for anybody behind which the question itself begins: where it ends."""
        end = self._match(ANYBODY, start)
        return end if end and (self._stops(end) or self._asks(end)) else 0

    def _read_reason(self, start: int) -> int:
        """Read why it is asked: where that ends; 0 where it does not stand there."""
        end = self._match(REASONS, start) or self._match(TALKS, start)
        if not end or self._stops(end) or self._asks(end):
            return end
        if (other := self._match(SAID_WHEN, end)) and self._stops(other):
            return other
        beside = self._match(SAID_WITH, end)
        return self._read_greeted(beside) if beside else 0

    def _is_closing(self, start: int) -> bool:
        """Whether nothing but closings and who signs stands from a place on."""
        if start not in self._closings:  # it is asked again for each word before it
            self._closings[start] = self._read_closing(start)
        return self._closings[start]

    def _read_closing(self, start: int) -> bool:
        end = self._match(CLOSINGS, start)
        if not end:
            end = self._match(SHORT_CLOSINGS, start)
            if not end or not self._may_close(start, end):
                return False
        return self._ends(end) or self._is_closing(end) or self._is_signed(end)

    def _may_close(self, start: int, end: int) -> bool:
        """Whether a short closing stands where one may: behind a sentence, or where it says nothing
        elsewhere behind a comma or before a first name. “Best” is one before a sign or first name.
        """
        silent = self._kind(start, end) == "filler"
        named = self._is_first_name(end)
        before, behind = self._gap(start), self._gap(end)
        if not SENTENCE.search(before) and not (silent and STOP.search(before)):
            return silent and named
        sure = self._kind(end - 1, end) != "refused"
        return sure or named or self._ends(end) or bool(STOP.search(behind))

    def _is_signed(self, start: int) -> bool:
        """Whether who signs stands from a place on, and perhaps a closing behind."""
        at, end = start, 0
        while at < len(self.words) and at - start < MOST_NAMES:
            parted = at == start or self._stops(at)
            if end and self._is_closing(at):
                break
            if one := self._match(ANYBODY, at) or self._read_name(at, signing=True):
                at = end = one
            elif self.spelt[at] in (JOINING | ARTICLES if parted else BEFORE_NAMES):
                at += 1
            else:
                return False
        return end == at and (self._ends(end) or self._is_closing(end))

    def _read_name(self, nr: int, *, signing: bool = False) -> int:
        """Read a word of a name: the place behind it; 0 where it may be none."""
        return nr + 1 if self._is_name(nr, signing=signing) else 0

    def _is_name(self, nr: int, *, signing: bool) -> bool:
        """Whether a word may be a part of a name: of a person or of ourselves, or it means nothing
        else; behind a closing also of anything that the records know.
        """
        word = self.words[nr].folded
        if not word.isalpha() or len(word) == 1 or word in TITLES:
            return word.isalpha()
        if self._means_something(word):
            return word in read_first_names() and self._is_apart(nr)
        if word in read_first_names() or word in read_surnames():
            return True
        known = [hit for hit in self.vocabulary.names.find((word,)) if not hit.errors]
        if any(hit.table == "people" or hit.id in self.vocabulary.ours for hit in known):
            return True
        if known:
            return signing
        lists = (read_common_forms(), self.vocabulary.topics, self.vocabulary.phrases)
        listed = any(word in words for words in lists)
        return not listed and (signing or word not in read_cities())

    def _means_something(self, word: str) -> bool:
        """Whether a word selects or asks for something, or is of a period."""
        return self.vocabulary.find_kind(word) in TELLING or word in WORDS

    def _is_apart(self, nr: int) -> bool:
        """Whether signs part a word from others, or a greeting stands before it: Hi June,"""
        greeted = self.spelt[nr - 1] in GREETINGS
        last = nr + 1 == len(self.words)
        return (last or self._stops(nr + 1)) and (greeted or bool(STOP.search(self._gap(nr))))

    def _is_first_name(self, nr: int) -> bool:
        """Whether a word is a first name, and nothing else."""
        word = self.words[nr].folded if nr < len(self.words) else ""
        return word in read_first_names() and not self._means_something(word)

    def _is_named(self, start: int, end: int) -> bool:
        """Whether words with their greeting are a title, or a person: Dag Hammarskjöld."""
        named = tuple(word.folded for word in self.words[start:end])
        if " ".join(named) in self.vocabulary.title_parts:
            return True
        hits = self.vocabulary.names.find(named, ("people",))
        return any(not hit.errors and hit.whole for hit in hits)

    def _match(self, phrases: frozenset[str], start: int) -> int:
        """Find where the longest of some phrases ends that begins at a place; 0 where none does."""
        ends = range(min(start + LONGEST, len(self.words)), start, -1)
        return next((end for end in ends if " ".join(self.spelt[start:end]) in phrases), 0)

    def _kind(self, start: int, end: int) -> str:
        """Give the kind of what words mean in a question."""
        return self.vocabulary.find_kind(" ".join(self.spelt[start:end]))

    def _gap(self, nr: int) -> str:
        """Give what stands between a word and the one before it."""
        end = self.words[nr].start if nr < len(self.words) else len(self.text)
        return self.text[self.words[nr - 1].end : end]

    def _stops(self, nr: int) -> bool:
        """Whether a sign stands before a place that parts it from what is before: no point of an
        initial or title.
        """
        gap = self._gap(nr)
        if len(self.words[nr - 1].folded) == 1 or self.words[nr - 1].folded in TITLES:
            gap = gap.replace(".", "", 1)
        return bool(STOP.search(gap))

    def _asks(self, nr: int) -> bool:
        """Whether the question itself begins with a word."""
        return nr < len(self.words) and self.words[nr].folded in ASKING

    def _ends(self, nr: int) -> bool:
        """Whether the text ends before a place, and no question with it."""
        return nr == len(self.words) and "?" not in self._gap(nr)

    def _mend(self, word: str) -> str:
        """Mend one typing error in a longer word of salutations, where it is no other word."""
        if word in SPELT or len(word) < SHORTEST_MENDED - 1 or not self._is_unknown(word):
            return word
        near = process.extractOne(word, MENDED, scorer=OSA.distance, score_cutoff=1)
        return str(near[0]) if near else word

    def _is_unknown(self, word: str) -> bool:
        known = word in self.vocabulary.phrases or word in self.vocabulary.topics
        return not (known or is_known(word) or word in read_common_forms())
