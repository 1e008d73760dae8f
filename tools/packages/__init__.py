"""Builds what people install: for Windows from Debian, and for Linux. `python3 dev.py package` runs it; packaging/README.md says how it works."""
