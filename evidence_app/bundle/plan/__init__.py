"""The plan of a bundle, resolved with the records of a store: what is shown, what is left out, what is withheld.

Within `bundle` it may import `typeset`.
"""
