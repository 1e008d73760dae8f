"""Notes, checkpoints, seal receipts and disclosures, and their verification: needs no store and no PDF."""
