"""Checking the store and files; witnesses; time stamps."""
