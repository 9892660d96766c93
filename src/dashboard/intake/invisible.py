"""Signs that nobody sees in a text, and what is said of them."""

import re
import unicodedata

HIDDEN = (
    r"[\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{206a}-\x{206f}\x{2800}\x{3164}"
    r"\x{e000}-\x{f8ff}\x{fdd0}-\x{fdef}\x{fe00}-\x{fe0d}\x{ffa0}\x{fff0}-\x{ffff}\x{1bca0}-\x{1bca3}"
    r"\x{1d173}-\x{1d17a}\x{e0000}-\x{10ffff}]|(?:^|[^\p{So}\p{Sm}\x{203c}\x{2049}\x{2139}])[\x{fe0e}\x{fe0f}]"
)
"""Soft hyphens, fillers, variation selectors, tags, private and replacement characters. Those that control, have no width or
turn the direction are convert.INVISIBLE. After a symbol, a selector says whether it is shown in colours."""
RULE = "the text holds signs that are not seen or were lost"
COLOURS = "\ufe0e\ufe0f"
LOST = "\ufffd"
NAMES = {"\u00ad": "soft hyphen", "\ufffd": "replacement character: a letter was lost before", "\u00a0": "space"}
SEEN = 12
"""Characters before the sign that show where it stands."""


def named(value: str) -> str:
    """Which sign stands where in a text, and how to mend it."""
    pairs = zip(value, f" {value}", strict=False)
    place = next((i for i, (sign, before) in enumerate(pairs) if is_hidden(sign, before)), None)
    if place is None:
        return "Type the text anew, or paste it as plain text."
    sign, before = value[place], "".join(c for c in value[:place] if c.isprintable())[-SEEN:]
    where = f"after “{before}”" if before else "at the beginning"
    name = NAMES.get(sign) or unicodedata.name(sign, "").lower() or _kind(sign)
    what = f"U+{ord(sign):04X} ({name}) stands {where}"
    mend = "Write the letter that was lost." if sign == LOST else "Remove it, or type the text anew."
    return f"{what}. {mend}"


def _kind(sign: str) -> str:
    return {"Co": "a character of one font alone", "Cc": "control character"}.get(
        unicodedata.category(sign), "no character"
    )


def is_hidden(sign: str, before: str = " ") -> bool:
    """Whether nobody sees a character that stands after another, or sees only that one was lost."""
    if sign in COLOURS:
        return unicodedata.category(before) not in ("So", "Sm") and before not in "‼⁉ℹ"
    return bool(_PATTERN.match(sign)) or (
        unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") and sign not in "\t\n\r"
    )


_PATTERN = re.compile(
    re.sub(r"\\x\{([0-9a-f]+)\}", lambda code: f"\\U{int(code[1], 16):08x}", HIDDEN.partition("|")[0])
)
