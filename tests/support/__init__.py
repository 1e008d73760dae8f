"""What the tests share: the program as a subprocess, stores that cost little, and invented entries."""
