"""The log and what was received as files that outlive the program: tiles, receipts, and an archive of hand-overs.

May import members, attestation, records and core.
"""
