"""What each page draws that other pages do not, one module per page."""
