"""What only those see who publish: the page of new data."""
