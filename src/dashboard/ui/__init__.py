"""What a page is made of; with pages/ and app.py the only part that knows Streamlit."""
