"""Files with one defect each, and files without one, made from the documents alone.

Who writes a check does not read this folder to write it, and who writes here does not read the
checks: what is right stands in data/README.md and docs/user-guide.md. What is caught is said by
`python -m tests.intake.corpus.run`.
"""
