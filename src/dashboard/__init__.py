"""Dashboard of a data science and AI programme in a university hospital."""
