"""Records as people keep them, turned into rows that the store accepts, or into a list of problems."""
