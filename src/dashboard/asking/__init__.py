"""Questions in words: what is understood of them, and the answer that the filters would have given."""
