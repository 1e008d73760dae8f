"""A concern or instruction with what followed: steps, requests for a reply, what is due next, letters."""
