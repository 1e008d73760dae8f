"""What kind a file is and what words it holds."""
