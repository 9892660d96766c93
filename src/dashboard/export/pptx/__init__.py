"""Parts of slides. Order of the modules: opening; markers ← shapes ← template ← canvas ← foot, tiles,
tables (← page_tables), bar_chart, plot (← figure) ← boards ← bodies; notes. `deck` makes the slides of
a view of these. marked_slides ← transfer_data ← transfer ← renew_slide give an earlier slide what a
fresh one of `deck` says. Lengths are points, but where a shape is made.
"""


class DeckError(Exception):
    """A file of slides that cannot be used; the message says what is wrong with it and what to do."""
