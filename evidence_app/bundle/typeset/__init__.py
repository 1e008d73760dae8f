"""Setting text on pages: lines, fonts, right-to-left text, tables, the tag tree."""
