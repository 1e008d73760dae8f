"""External attestation: cards with public keys, cosignatures of witnesses, RFC 3161 time stamps."""
