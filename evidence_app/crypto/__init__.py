"""Key derivation and wrapping, age encryption, cards and the PDF signing certificate. No input or output but one word list.

May import `proof`, and the modules beside the packages.
"""
