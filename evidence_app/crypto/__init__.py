"""Keys and their wrapping, the Merkle tree, salted commitments, signing: no input or output."""
