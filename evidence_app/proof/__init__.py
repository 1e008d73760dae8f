"""What a stranger needs to check a bundle, a receipt, a cosignature or a time stamp, and nothing else."""
