"""The contract of the records: schema.sql and derive.sql, read as Python values, and the forms of
its values.
"""
