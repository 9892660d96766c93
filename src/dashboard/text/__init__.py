"""How things are said: dates, numbers, lists, plurals, and a selection in words."""
