"""Page layout of a bundle, one module for each part."""
