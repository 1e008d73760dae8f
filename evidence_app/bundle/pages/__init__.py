"""Page layout of a bundle, one module for each part.

Within `bundle` it may import `exhibits`, `manifest_writer`, `leak_search`, `plan`, `pdf` and `typeset`.
"""
