"""Media types of files, and text extraction from them."""
