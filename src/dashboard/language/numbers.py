"""How numbers and amounts are written in the reader's language: 1,234; 1.234; €1.25 million; € 1,25
miljoen.
"""

from decimal import ROUND_HALF_UP, Decimal

from dashboard.language.messages import _, localize

Number = int | Decimal
MINUS = "\N{MINUS SIGN}"
MILLION, BILLION = 1_000_000, 1_000_000_000


def format_integer(number: int) -> str:
    """Write a whole number: 1,234; −1,234."""
    return f"{MINUS}{format_integer(-number)}" if number < 0 else localize(f"{number:,}")


def format_decimal(number: Number | float, digits: int = 1) -> str:
    """Write a number with so many digits after its mark: 12.5; in Dutch 12,5."""
    return localize(f"{number:,.{digits}f}")


def format_percent(share: float, digits: int = 0) -> str:
    """Write a share of 1 in percent: 12.5%; in Dutch 12,5 %."""
    return _("{number}%", number=format_decimal(share * 100, digits))


def format_number(value: Number | None) -> str:
    """Format a number as people write it: 1,234; −1,234; 3 million; 1.25 million; 3 billion."""
    if value is None:
        return _("unknown")
    if value < 0:
        return f"{MINUS}{format_number(-value)}"
    if value >= MILLION and not value % 10_000:
        return _format_millions(Decimal(value))
    return format_decimal(value, 2) if value % 1 else format_integer(int(value))


def format_euro(value: Number) -> str:
    """Format an amount for a card, of a million or more in three digits: €725,000; −€725,000; €1.23
    million; €1 billion; in Dutch € 1,23 miljoen. The exact one stands behind the number.
    """
    if value < 0:
        return f"{MINUS}{format_euro(-value)}"
    if value < MILLION:
        return put_euro_sign(format_number(value))
    digits = Decimal(value).adjusted() - 2
    rounded = (Decimal(value) / Decimal(10) ** digits).quantize(
        Decimal(1), ROUND_HALF_UP
    ) * Decimal(10) ** digits
    return put_euro_sign(_format_millions(rounded))


def put_euro_sign(number: str) -> str:
    """Write a number as an amount: €3 million; in Dutch € 3 miljoen."""
    return _("€{number}", number=number)


def _format_millions(value: Decimal) -> str:
    if value >= BILLION:
        return _("{number} billion", number=_write(value / BILLION))
    return _("{number} million", number=_write(value / MILLION))


def _write(value: Decimal) -> str:
    return localize(f"{value.normalize():,f}")
