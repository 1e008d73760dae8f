"""Handing records over and receiving them."""
