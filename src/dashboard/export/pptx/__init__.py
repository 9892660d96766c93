"""Parts of slides. Order of the modules: fit, house, pieces, cells ← numbers, bars, grid, lists,
notes ← plan; `deck` makes slides of a plan, `refresh` renews them.
"""


class DeckError(Exception):
    """A file of slides that cannot be used; the message says what is wrong with it and what to do."""
