"""The reader's language: which one it is, what the product says in it, and how numbers are written."""
