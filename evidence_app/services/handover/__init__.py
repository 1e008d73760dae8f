"""Hand-overs: send records to a union rep, receive them, exchange receipts (docs/spec/exchange.md, sections 7 and 8).

Within `services` it may import `bundles`, `members`, `mail`, `attestation`, `records` and `core`.
"""
