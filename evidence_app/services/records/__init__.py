"""Read the log: drafts, lists, threads, cases and people, index of mail, external attestations."""
