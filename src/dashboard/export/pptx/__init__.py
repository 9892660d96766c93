"""Parts of slides. Order of the modules: opening ← template ← texts (with painting and markers) ←
canvas ← foot, tiles, tables, bar_chart, dumbbells, figure (with outlines) ← boards ← bodies; notes.
`deck` makes the slides of a view of these. marked_slides ← transfer_data
← transfer ← renew_slide give an earlier slide what a fresh one of `deck` says. Numbers that shapes
store come from `shown_values`.
"""


class DeckError(Exception):
    """A file of slides that cannot be used; the message says what is wrong with it and what to do."""
