"""What a person decides about a bundle: plans and profiles, as values and as JSON."""
