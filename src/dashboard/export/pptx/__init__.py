"""Parts of slides. Order of the modules: opening; markers ← shapes ← template ← canvas ← foot, tiles,
tables (← page_tables), bar_chart, plot (← figure) ← boards ← bodies; notes. `deck` makes the slides of
a view of these. marked_slides ← transfer_table, transfer_chart, transfer_drawing ← transfer give an
earlier slide what a fresh one says (`renew_slide`). Lengths are points, but where a shape is made.
"""


class DeckError(Exception):
    """A file of slides that cannot be used; the message says what is wrong with it and what to do."""
