"""What lists are made of: rows of two lines, tables, chips, the icons of the kinds of record.

May import what lies beside it in `design`.
"""
