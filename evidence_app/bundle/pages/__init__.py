"""What stands on each page of a bundle, one module a part of it."""
