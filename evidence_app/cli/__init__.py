"""The command line: one function per verb, which calls services and prints; no logic of its own.

May import `demo`, `services`, `store`, `bundle`, `mail`, `documents`, `domain`, `crypto` and `proof`, and the modules
beside the packages.
"""
