"""New data on its way in: joined with what is served, compared with it, and its consequences said."""
