"""Statuses of events, trainings and projects: codes of the records, never words for readers."""

STATUSES = ("held", "planned", "cancelled")
"""Of events and trainings, in the order in which they are counted and drawn."""
UNDER_WAY = ("selected", "running", "completed")
"""Statuses of the projects and results that are counted; planned and stopped ones stand apart."""
