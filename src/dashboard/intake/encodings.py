"""In which encoding a text file is written: what it says of itself, what somebody said, or what its
words show.

A CSV file does not say how its letters are written. One that is not UTF-8 is read in each of the
encodings in which spreadsheets have saved files; where one gives words and the others give none, it
is that one, and the words are shown as proof. Where two give words, or none does, it is a question:
a letter that was guessed would stay wrong for good.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import ftfy

from dashboard.intake.letter_plausibility import is_nonsense, score_letters
from dashboard.intake.limits import UnreadableFile
from dashboard.intake.messages import N_, _
from dashboard.intake.suggestions import list_known

TWICE = "utf-8-twice"


@dataclass(frozen=True)
class Encoding:
    """An encoding that can be chosen: the `codec` of Python, and the `name` by which people know
    it, said by `label`.
    """

    codec: str
    name: str

    @property
    def label(self) -> str:
        return str(_(self.name))


CHOICES: Mapping[str, Encoding] = {
    "utf-8": Encoding("utf-8-sig", N_("UTF-8")),
    "windows-1252": Encoding("cp1252", N_("Windows-1252 (Excel for Windows)")),
    "mac-roman": Encoding("mac_roman", N_("Mac Roman (older Excel for Mac)")),
    "dos-850": Encoding("cp850", N_("DOS 850 (Western Europe)")),
    "dos-437": Encoding("cp437", N_("DOS 437 (United States)")),
    "iso-8859-15": Encoding("iso8859_15", N_("ISO-8859-15 (Unix)")),
    "windows-1250": Encoding("cp1250", N_("Windows-1250 (Central Europe)")),
    "utf-16": Encoding("utf-16", N_("UTF-16 (Unicode text of Excel)")),
    TWICE: Encoding("utf-8-sig", N_("UTF-8 that was saved as UTF-8 twice (Ã© for é)")),
}
"""What can be chosen for a file, by the name that the command line and answers use."""
TRIED = ("windows-1252", "mac-roman", "dos-850", "dos-437", "iso-8859-15")
"""What is looked at where nothing says; the first is what most files are."""
CLEAR = 4
"""So much more plausible must a reading be than the next: more than one letter that only it makes
sense of.
"""
USUAL = 1
MAX_WORDS = 20_000
MAX_SAMPLE_WORDS = 8
NOT_UTF_8 = re.compile("[\udc80-\udcff]")
LAST_LATIN = "\u024f"
WORD, WORD_BYTES = re.compile(r'[^\s;,"]+'), re.compile(rb'[^\s;,"]+')
MAX_WORD = 100
BEGINNING = 100_000


@dataclass(frozen=True)
class Decoded:
    """The text of a file and the encoding in which it was read (a name of CHOICES; None where
    nothing depended on it).

    `chosen`: somebody said so. `rival` is the reading that is as good as this one, so that it is a
    question. `mixed`: the file is UTF-8 but for some bytes, which stand in the text as NOT_UTF_8
    finds them.
    """

    text: str
    encoding: str | None = None
    chosen: bool = False
    rival: str | None = None
    mixed: bool = False


@dataclass(frozen=True)
class Decoding:
    """How a file was read, for whoever chooses: `encoding` is a name of CHOICES, `sure` whether
    nothing was assumed, `words` what its first words beyond ASCII are in each encoding that can
    read them.
    """

    encoding: str | None
    sure: bool
    words: Mapping[str, str] = field(default_factory=dict)


def decode_beginning(data: bytes, chosen: str | None = None) -> str:
    """Decode the first BEGINNING bytes of a file well enough to find its header: in the encoding
    that was `chosen`, else in UTF-8 or UTF-16. Letters beyond ASCII may be wrong.
    """
    known = CHOICES[chosen].codec if chosen and chosen in CHOICES else ""
    marked = (
        "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else _wide(data)
    )
    codec = marked if known in ("", "utf-16") else known
    return data[:BEGINNING].decode(codec or "utf-8-sig", "replace").removeprefix("\ufeff")


def decode(data: bytes, chosen: str | None = None) -> Decoded:
    """Decode the text of a file. Raises UnreadableFile where it is not in the encoding that it or
    somebody says.
    """
    if chosen is not None:
        return Decoded(_as_chosen(data, chosen), chosen, chosen=True)
    if data.startswith(codecs.BOM_UTF8):
        return _as_utf_8(data)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(_strictly(data, "utf-16", N_("UTF-16")))
    if codec := _wide(data):
        return Decoded(_strictly(data, codec, N_("UTF-16")), "utf-16")
    if data.isascii():
        return Decoded(data.decode("ascii"))
    decoded = _as_utf_8(data)
    return _as_its_words_show(data) if decoded.mixed and not holds_utf_8(decoded.text) else decoded


def describe_decoding(data: bytes, decoded: Decoded) -> Decoding:
    """Describe what somebody needs to know who chooses an encoding for a file."""
    sure = decoded.chosen or (decoded.encoding is None and not decoded.mixed)
    sample = _beyond_ascii(data, MAX_SAMPLE_WORDS)
    words = {name: " ".join(read) for name in CHOICES if (read := _sample(data, sample, name))}
    return Decoding(
        decoded.encoding or ("utf-8" if sample else None), sure, words if sample else {}
    )


def _sample(data: bytes, words: list[bytes], name: str) -> list[str]:
    codec = CHOICES[name].codec
    if codec == "utf-16":
        return []
    read = _words(data, words, codec)
    return [ftfy.fix_encoding(word) for word in read] if name == TWICE else read


def decode_damaged(text: str) -> str:
    """Decode the bytes of a cell that are not UTF-8 (surrogates in `text`) as Windows text, which
    they mostly are: how the cell was probably meant.
    """
    data = text.encode("utf-8", "surrogateescape")
    return NOT_UTF_8.sub(lambda found: _one(found[0]), data.decode("utf-8", "surrogateescape"))


def decode_again(text: str, encoding: str, other: str) -> str:
    """Decode a text that was read in one encoding again, as another reads it."""
    return text.encode(CHOICES[encoding].codec).decode(CHOICES[other].codec, "replace")


def _one(escaped: str) -> str:
    return bytes([ord(escaped) - 0xDC00]).decode("cp1252", "replace")


def _as_utf_8(data: bytes) -> Decoded:
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    return Decoded(text, mixed=NOT_UTF_8.search(text) is not None)


def holds_utf_8(text: str) -> bool:
    """Return whether whole words beyond ASCII were read as UTF-8: other encodings make none by
    chance.
    """
    found = (word[0] for word in WORD.finditer(text))
    words = (word[:MAX_WORD] for word in found if not word.isascii() and not NOT_UTF_8.search(word))
    return any(
        score_letters(word) > 0 or sum(c.isalpha() for c in word if c > LAST_LATIN) > 1
        for word in words
    )


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec).removeprefix("\ufeff")
    except UnicodeError as error:
        row = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        message = _("the file is not {encoding}", encoding=_(name))
        mend = _("Choose another encoding, or save it as “CSV UTF-8” in the spreadsheet.")
        raise UnreadableFile(message, mend, row=row) from None


def _as_chosen(data: bytes, chosen: str) -> str:
    if chosen not in CHOICES:
        message = _("no encoding is called {name}", name=chosen)
        raise UnreadableFile(message, list_known(CHOICES))
    codec = CHOICES[chosen].codec
    wide = (
        _wide(data)
        if chosen == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        else ""
    )
    text = _strictly(data, wide or codec, CHOICES[chosen].name)
    return (
        "".join(map(ftfy.fix_encoding, text.splitlines(keepends=True))) if chosen == TWICE else text
    )


def _wide(data: bytes) -> str:
    """Recognise UTF-16 without a mark at its start: every other byte of most of its letters is
    zero.
    """
    start = data[:4096]
    first, second = start[::2].count(0), start[1::2].count(0)
    if max(first, second) * 4 < len(start) or min(first, second) * 4 > max(first, second):
        return ""
    return "utf-16-le" if second > first else "utf-16-be"


def _as_its_words_show(data: bytes) -> Decoded:
    """Choose the encoding in which the words beyond ASCII are words, if there is one; else with its
    rival. Where the usual one makes no nonsense, no other is taken in its place.
    """
    words = _beyond_ascii(data, MAX_WORDS)
    found: dict[str, list[str]] = {}
    for name in TRIED:
        read = _words(data, words, CHOICES[name].codec)
        if read and read not in found.values():
            found[name] = read
    score = {name: sum(map(score_letters, read)) for name, read in found.items()}
    usual = TRIED[0] if TRIED[0] in found and not any(map(is_nonsense, found[TRIED[0]])) else None
    best, *others = sorted(found, key=lambda name: -score[name])
    ahead = score[best] - (score[others[0]] if others else -CLEAR)
    clear = score[best] > 0 and (ahead >= USUAL if best == usual else ahead >= CLEAR and not usual)
    text = data.decode(CHOICES[best].codec)
    rival = next((name for name in others if name == usual), others[0] if others else TRIED[0])
    return Decoded(text, best, rival=None if clear else rival)


def _beyond_ascii(data: bytes, most: int) -> list[bytes]:
    """Find the first different words that hold more than ASCII."""
    different: dict[bytes, None] = {}
    if data.isascii():
        return []
    for found in WORD_BYTES.finditer(data):
        if not found[0].isascii():
            different[found[0][:MAX_WORD]] = None
            if len(different) == most:
                break
    return list(different)


def _words(data: bytes, words: list[bytes], codec: str) -> list[str]:
    """Decode the words in an encoding; none where the file cannot be in it."""
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return []
    return [word.decode(codec) for word in words]
