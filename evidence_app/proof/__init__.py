"""What a stranger needs to check a bundle, a seal receipt, a cosignature or a time stamp, and nothing else.

It knows no vocabulary of probation, no store, no drawing and no window, and imports of the program only `errors`. The specifications are in
docs/spec; `python -m evidence_app.proof FILE` verifies with five packages installed: cryptography, pikepdf,
asn1crypto, rfc8785 and rfc3161-client (on Windows tzdata too: the system has no time zones of its own).
"""
