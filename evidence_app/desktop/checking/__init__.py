"""Pages for verification: check of the store and of files, witnesses, time stamps."""
