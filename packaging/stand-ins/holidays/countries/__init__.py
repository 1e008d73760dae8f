"""Stands in for the module that imports every country of the world: the working days here are those of England and Wales.

The library finds a country by its own module, so nothing is needed in this one.
"""
