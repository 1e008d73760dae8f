"""External attestation: cards with public keys, cosignatures of witnesses, RFC 3161 time stamps.

Within `services` it may import `records` and `core`.
"""
