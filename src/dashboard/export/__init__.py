"""What people take along: files that hold exactly what the screen shows."""

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""Media types (MIME) of slides, workbooks and documents."""
