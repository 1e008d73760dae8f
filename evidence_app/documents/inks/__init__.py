"""The colours of printing inks, for files that name inks without saying which. May import the standard library alone."""
