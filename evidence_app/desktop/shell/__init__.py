"""The program's frame: opening, first run, navigation, the places."""
