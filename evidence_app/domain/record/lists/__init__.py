"""Lists of words that policy changes, and the file in which changes to them are handed round. They import nothing else of `record`."""
