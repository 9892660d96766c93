"""Parts of slides. Order of the modules: text_metrics, opening, template, markers, legacy_text,
edit_text, cells ← shapes ← numbers, bar_chart, tables, lists, notes; `deck` makes slides of these,
`refresh_deck` renews them with stale_numbers, refresh_job ← refresh_texts, refresh_numbers ←
refresh_data. Numbers that shapes store come from `shown_values`.
"""


class DeckError(Exception):
    """A file of slides that cannot be used; the message says what is wrong with it and what to do."""
