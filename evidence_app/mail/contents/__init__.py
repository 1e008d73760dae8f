"""What a mail holds: its words, a reaction, an invitation, a signature.

May import the modules of `mail` that read headers and parts, `documents` and `proof`.
"""
