"""Signs that nobody sees in a text, and what is said of them."""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from dashboard.intake.messages import N_, Text, _, join_sentences

HIDDEN = (
    r"[\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{206a}-\x{206f}\x{2800}\x{3164}"
    r"\x{e000}-\x{f8ff}\x{fdd0}-\x{fdef}\x{fe00}-\x{fe0d}\x{ffa0}\x{fff0}-\x{ffff}\x{1bca0}-\x{1bca3}"
    r"\x{1d173}-\x{1d17a}\x{e0000}-\x{10ffff}]|(?:^|[^\p{So}\p{Sm}\x{203c}\x{2049}\x{2139}])[\x{fe0e}\x{fe0f}]"
)
"""Soft hyphens, fillers, variation selectors, tags, private and replacement characters. Those that
control, have no width or turn the direction are convert.INVISIBLE. After a symbol, a selector says
whether it is shown in colours.
"""
RARE = r"[^\x{00}-\x{24f}\x{2010}-\x{2027}\x{2030}-\x{205e}\x{20ac}]"
"""What is neither Latin nor a dash, a quotation mark or a euro: only there is what is no character."""
LINE_ENDS = r"[\n\r\x{0b}\x{0c}\x{85}\x{2028}\x{2029}]"
"""What ends a line, in some program."""
PICTURES = (0x1F000, 0x1FBFF)
"""Here stand pictures, of which every release of Unicode brings new ones that this program does not
know yet.
"""
COLOURS = "\ufe0e\ufe0f"
LOST, JOINER = "\ufffd", "\u200d"
NAMES = {
    "\u00ad": N_("soft hyphen"),
    "\ufffd": N_("replacement character: a letter was lost before"),
    "\u00a0": N_("space"),
    "\n": N_("line break"),
    "\r": N_("line break"),
    "\u0085": N_("line break"),
}
KINDS = {
    "Co": N_("a character of one font alone"),
    "Cc": N_("control character"),
    "Cs": N_("half of a character"),
}
NO_CHARACTER = N_("no character")
"""What characters without a name are called, by their category. Others have the name that Unicode
gives them, in English.
"""
UNWANTED = {
    "title": N_("the title holds what it may not: {sign}"),
    "note": N_("the note holds what it may not: {sign}"),
    "words": N_("the words holds what it may not: {sign}"),
    "author": N_("the author holds what it may not: {sign}"),
    "reason": N_("the reason holds what it may not: {sign}"),
    "label": N_("the label holds what it may not: {sign}"),
}
UNWANTED_TEXT = N_("the text holds what it may not: {sign}")
"""By what a text is, and of any other."""
SHOWN_BEFORE = 12
"""Characters before the sign that show where it stands."""


class UnwantedError(ValueError):
    """A text holds a character that it may not hold. The words name it and where it stands."""


def check_line(text: str, what: str) -> str:
    """Check that a text has one line and no sign that is not seen or is no character, and return
    it. `what` is what it is, of UNWANTED: "title". Raises UnwantedError. This is what titles,
    names, authors and reasons are, whoever types them.
    """
    return _without(text, what, one_line=True)


def check_lines(text: str, what: str) -> str:
    """Check that a text of several lines, such as a note, holds no sign that nobody sees, and return
    it. `what` is what it is, of UNWANTED. Raises UnwantedError.
    """
    return _without(text, what, one_line=False)


def _without(text: str, what: str, *, one_line: bool) -> str:
    pairs = enumerate(zip(text, f" {text}", strict=False))
    places = (
        at
        for at, (sign, before) in pairs
        if _unwanted(sign, before) or (one_line and sign in "\n\r")
    )
    if (place := next(places, None)) is not None:
        raise UnwantedError(_(UNWANTED.get(what, UNWANTED_TEXT), sign=_at(text, place)))
    return text


def _unwanted(sign: str, before: str) -> bool:
    """Return whether a sign may not stand in a text. What joins two pictures to one is seen, by
    what it makes of them.
    """
    return is_hidden(sign, before) and not (
        sign == JOINER and unicodedata.category(before) in ("So", "Sk", "Mn")
    )


def remove_invisible(text: str) -> str:
    """Put a text of somebody else on one line, without what may not stand there."""
    pairs = zip(text, f" {text}", strict=False)
    return " ".join("".join(sign for sign, before in pairs if not _unwanted(sign, before)).split())


def describe_line_break(value: str) -> Text:
    """Describe where a text that has to stand on one line ends one, and how to mend it."""
    place = next((at for at, sign in enumerate(value) if _LINE_ENDS.match(sign)), None)
    return _("Write it on one line.") if place is None else _at(value, place)


def describe_invisible(value: str) -> Text:
    """Describe which sign stands where in a text, and how to mend it."""
    pairs = zip(value, f" {value}", strict=False)
    place = next((i for i, (sign, before) in enumerate(pairs) if is_hidden(sign, before)), None)
    if place is None:
        return _("Type the text anew, or paste it as plain text.")
    return _at(value, place)


def _at(value: str, place: int) -> Text:
    """Say which sign stands at a place of a text, and how to mend it."""
    sign = value[place]
    before = "".join(c for c in value[:place] if c.isprintable())[-SHOWN_BEFORE:]
    code, name = f"U+{ord(sign):04X}", _name(sign)
    if before:
        found = _("{code} ({name}) stands after “{before}”.", code=code, name=name, before=before)
    else:
        found = _("{code} ({name}) stands at the beginning.", code=code, name=name)
    if sign == LOST:
        return join_sentences(found, _("Write the letter that was lost."))
    return join_sentences(found, _("Remove it, or type the text anew."))


def _name(sign: str) -> Text:
    if sign in NAMES:
        return _(NAMES[sign])
    if name := unicodedata.name(sign, "").lower():
        return name
    return _(KINDS.get(unicodedata.category(sign), NO_CHARACTER))


def is_hidden(sign: str, before: str = " ") -> bool:
    """Return whether nobody sees a character that stands after another, or sees only that one was
    lost.
    """
    if sign in COLOURS:
        return unicodedata.category(before) not in ("So", "Sm") and before not in "‼⁉ℹ"
    return bool(_PATTERN.match(sign)) or (
        unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Cn")
        and sign not in "\t\n\r"
        and not PICTURES[0] <= ord(sign) <= PICTURES[1]
    )


def _for_python(pattern: str) -> re.Pattern[str]:
    return re.compile(
        re.sub(r"\\x\{([0-9a-f]+)\}", lambda code: f"\\U{int(code[1], 16):08x}", pattern)
    )


_PATTERN, _LINE_ENDS = _for_python(HIDDEN.partition("|")[0]), _for_python(LINE_ENDS)


def _ranges(codes: Iterable[int]) -> Iterator[str]:
    """Write consecutive numbers as ranges of a class of characters."""
    start = end = -2
    for code in [*codes, sys.maxunicode + 2]:
        if code == end + 1:
            end = code
            continue
        if start >= 0:
            yield f"\\x{{{start:x}}}-\\x{{{end:x}}}"
        start = end = code


@cache
def list_unassigned() -> str:
    """List the numbers that are no character in the Unicode of this program, as a class of
    characters: some font may show anything there.
    """
    codes = (
        code
        for code in range(0x250, 0xE0000)
        if unicodedata.category(chr(code)) == "Cn" and not PICTURES[0] <= code <= PICTURES[1]
    )
    return f"[{''.join(_ranges(codes))}]"
