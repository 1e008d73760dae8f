"""The command line: one function per verb, which calls services and prints; no logic of its own."""
