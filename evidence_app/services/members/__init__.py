"""Members of a rep and the records received from them: lists, hand-over log, collective counts.

Within `services` it may import `mail`, `attestation`, `records` and `core`.
"""
