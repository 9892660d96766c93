"""What people take along: files that hold exactly what the screen shows."""

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""Media types (MIME) of slides and workbooks."""
