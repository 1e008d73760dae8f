"""What members handed over to a rep, as it stands."""
