"""The review as a Word document. Order of the modules: sources, stored ← passages ← report;
opening, styles, runs, footnotes ← controls ← document; refresh_document renews what document made.
"""
