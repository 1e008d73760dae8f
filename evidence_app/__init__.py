"""Evidence Trail: a tamper-evident evidence trail for probation practitioners."""

VERSION = "0.1.0"
"""The program's version."""
