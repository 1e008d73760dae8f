"""Records, kinds and vocabularies, working days, identifiers: frozen values, no input or output."""
