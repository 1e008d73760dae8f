"""The window: the only package that imports Qt (PySide6).

May import `demo`, `services`, `store`, `bundle`, `mail`, `documents`, `domain`, `crypto` and `proof`, and the modules
beside the packages. Its own layers, from the top: shell; bundles | casework | checking | people | safekeeping |
timeline; writing; design; system.
"""
