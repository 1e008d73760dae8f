"""Plans, profiles, review, export, preview and printing."""
