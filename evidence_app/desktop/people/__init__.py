"""Cases and people, workload, members and what they handed over."""
