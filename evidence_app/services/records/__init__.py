"""Reading what is sealed: drafts, lists, threads, cases and people, mail that is held, attestations."""
