"""What forms are made of: the grid of their fields, groups that fold out, text that grows.

May import what lies beside it in `design`.
"""
