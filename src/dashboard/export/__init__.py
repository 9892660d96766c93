"""What people take along: files that hold exactly what the screen shows."""
