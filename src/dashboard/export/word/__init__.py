"""The review as a Word document. Order of the modules: passages ← report; opening, marks ← document;
refresh_document renews what document made. review.dotx holds our styles: how a document looks.
"""
