"""Helpers of the tests: the program as a subprocess, cheap stores, and invented entries."""
