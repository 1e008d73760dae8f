"""Use cases, one module per verb: the only thing that the command line and the window call."""
