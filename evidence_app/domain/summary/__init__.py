"""Many records at once: what was raised and answered, workload, counts, filtered lists."""
