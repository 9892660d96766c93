"""How things are said: dates, lists, counted nouns, labels, a selection and records in words."""
