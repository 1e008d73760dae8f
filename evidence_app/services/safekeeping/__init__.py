"""Create, unlock, check, back up, restore and rescue stores; verify files."""
