"""Pages for cases and people, workload, and a rep's members with their hand-overs."""
