"""An open store, its settings, and sealing: what every other use case needs."""
