"""Questions to a version of the store: the seam to an engine, metrics and what is worked out of
rows.
"""
