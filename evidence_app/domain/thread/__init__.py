"""A concern or instruction with what followed: steps, requests for a reply, what is due next, letters.

Within `domain` it may import `settings`, `people`, `record`, `text`, `time` and `scheduling`.
"""
