"""PDF objects: assembly and signing of bundles, import of foreign pages, tags, character maps, resource limits.

Within `bundle` it may import `typeset`.
"""
