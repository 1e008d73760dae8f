"""PDF objects: assembling, importing, tags, character maps, limits for foreign pages."""
