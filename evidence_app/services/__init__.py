"""Use cases, about one module per verb: the interface for the command line and the window.

May import `store`, `bundle`, `mail`, `documents`, `domain`, `crypto` and `proof`, and the modules beside the
packages. Its own layers, from the top: handover | safekeeping; bundles; members; mail | attestation; records; core.
"""
