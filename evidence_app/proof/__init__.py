"""The verifier: bundles, seal receipts, cosignatures and time stamps. An auditor reads this package and nothing else.

It has no vocabulary of probation, no store, no drawing and no window, and imports only `errors` from the rest of the
program. The specifications are in docs/spec; `python -m evidence_app.proof FILE` verifies with five packages installed:
cryptography, pikepdf, asn1crypto, rfc8785 and rfc3161-client (on Windows tzdata too: the system has no time zones of its own).
"""
