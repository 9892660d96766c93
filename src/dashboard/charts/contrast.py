"""Text on a tint: which share of a colour to take, and which of two colours can be read on it."""

from dashboard.model.quantity import Kind

MINIMUM = 4.5
"""The least contrast of text, by WCAG 2.2 AA."""


def mix_colours(colour: str, ground: str, share: float) -> str:
    """Mix a share of a colour "#rrggbb" into the ground, as `color-mix(in srgb, …)` does."""
    pairs = zip(_read_channels(colour), _read_channels(ground), strict=True)
    return "#" + "".join(
        f"{round(over * share + under * (1 - share)):02x}" for over, under in pairs
    )


def tint_kinds(colour: str, ground: str) -> dict[Kind, str]:
    """Tint a colour by how well a number is known: what is not exact is lighter."""
    shares = {Kind.EXACT: 1, Kind.ABOUT: 0.45, Kind.AT_LEAST: 0.7, Kind.AT_LEAST_ABOUT: 0.45}
    return {kind: mix_colours(colour, ground, share) for kind, share in shares.items()}


def compute_contrast(one: str, other: str) -> float:
    """Compute the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((_compute_luminance(one), _compute_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def choose_tint(colour: str, ground: str, ink: str, share: float) -> tuple[float, bool]:
    """Choose the tint nearest to a share of the colour on which text can be read, and whether that is
    text in ink rather than in the colour of the ground. In the middle of the scale neither can.
    """
    steps = sorted(range(101), key=lambda step: (abs(step / 100 - share), step))
    for part in [share, *(step / 100 for step in steps)]:
        tint = mix_colours(colour, ground, part)
        on_ink, on_ground = compute_contrast(tint, ink), compute_contrast(tint, ground)
        if max(on_ink, on_ground) >= MINIMUM:
            return part, on_ink >= on_ground
    return 0.0, True


def _read_channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _compute_luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _read_channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
