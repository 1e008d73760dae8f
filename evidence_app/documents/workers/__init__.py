"""Processes that open foreign files, so that a file which breaks a library takes nothing else down (docs/decisions/0029-foreign-files-in-workers.md).

`sessions.py` is the door: a file is opened in a worker and asked. `worker.py` is what runs there. May import the other modules of `documents`.
"""
