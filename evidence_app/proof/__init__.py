"""The verifier: bundles, seal receipts, cosignatures and time stamps. An auditor needs this package and nothing else.

It has no vocabulary of probation, no store, no drawing and no window, and imports only `errors` from the rest of the
program. The specifications are in docs/spec; `python -m evidence_app.proof FILE` verifies with 33 of its modules, about
3,500 lines, and five packages installed: cryptography, pikepdf, asn1crypto, rfc8785 and rfc3161-client (on Windows tzdata
too: the system has no time zones of its own).
"""
