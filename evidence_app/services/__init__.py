"""Use cases, about one module per verb: the interface for the command line and the window."""
