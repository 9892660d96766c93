"""How plausible the letters beyond ASCII of a word are, for telling encodings apart.

Statistical detectors (charset-normalizer among them) need more text than a table of titles has: of
“Café met Zoë” in Mac Roman they make “CafŽ met Zo‘”. What tells them apart is where a character
stands: no word goes on with a capital behind a small letter, and no currency sign, quotation mark
or line of a box stands within one.
"""

NONSENSE, ALONE, NEUTRAL, SELDOM, LESS, OFTEN, MARK = -4.0, -1.0, 0.0, 1.0, 1.5, 3.0, 4.0
COMMON = set("éëïöüèçáóäêà")
OTHERS = set("øåñíâôûúæœî")
LETTERS = COMMON | OTHERS | set("ßãìðòõùýþÿšž")
CAPITALS = {letter.upper() for letter in LETTERS - {"ß"}}
BEGINS = set("ÉÖÄÜØÅÇŠŽ")
LOOSE = set("•§©®™±×½¼¾²³µ°«»¿¡…")
"""Signs that stand alone, or beside a number or word, but not within a word."""
SPACE = "\u00a0"


def score_letters(word: str) -> float:
    """Score how plausible the characters beyond ASCII of a word are, as the sum of their scores:
    above 0 where they may well stand where they do, below 0 where they hardly can; 0 without any.
    """
    return sum(
        _of(char, word[:i], word[i + 1 :]) for i, char in enumerate(word) if not char.isascii()
    )


def is_nonsense(word: str) -> bool:
    """Return whether a character stands where none such can stand."""
    marks = ((char, word[:i], word[i + 1 :]) for i, char in enumerate(word) if not char.isascii())
    return any(_of(*mark) == NONSENSE for mark in marks)


def _of(char: str, before: str, after: str) -> float:
    last, following = before[-1:], after[:1]
    if char in LETTERS:
        return _small(char, before, after)
    if char in CAPITALS:
        return _capital(char, last, before + after)
    if char in "’‘“”–—€´":
        return _mark(char, last, following)
    if char in LOOSE:
        within = last.isalpha() and following.isalpha()
        return NONSENSE if within else NEUTRAL if char == "…" and following.isalpha() else SELDOM
    return NEUTRAL if char == SPACE else NONSENSE


def _small(char: str, before: str, after: str) -> float:
    """Score a small letter, which does not stand among capitals, and hardly alone or first."""
    letters = [c for c in before + after if c.isascii() and c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return NONSENSE
    if not any(c.isalpha() for c in before + after):
        return NEUTRAL if char == "à" else ALONE
    if after[:1].isascii() and after[:1].isupper():
        return ALONE
    if not before[-1:].isalpha():
        return OFTEN - 1 if char == "é" else SELDOM
    return OFTEN if char in COMMON else LESS if char in OTHERS else SELDOM


def _capital(char: str, last: str, rest: str) -> float:
    """Score a capital, which begins a word or stands among capitals."""
    letters = [c for c in rest if c.isalpha()]
    if not letters:
        return ALONE
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return OFTEN if char.lower() in COMMON else SELDOM
    return NONSENSE if last.isalpha() else SELDOM if char in BEGINS else NEUTRAL


def _mark(char: str, last: str, following: str) -> float:
    """Score a quotation mark, dash or currency sign, where it belongs."""
    match char:
        case "’":
            return MARK if last.isalnum() else SELDOM if following.isalnum() else NONSENSE
        case "´":
            return SELDOM if last.isalpha() and following == "s" else NONSENSE
        case "‘" | "“":
            return MARK if not last.isalnum() and following.isalnum() else NONSENSE
        case "”":
            return MARK if last != "" and not following.isalnum() else NONSENSE
        case "€":
            return NONSENSE if last.isalpha() or following.isalpha() else OFTEN
        case _:
            return SELDOM + 1 if last.isalpha() == following.isalpha() else NONSENSE
