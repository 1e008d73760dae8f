"""Plans and profiles of bundles, as values and as JSON files."""
