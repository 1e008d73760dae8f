"""What a rep owes: disposal of what is held about a member, a file of it for the member, and facility time.

It may import everything else in `services`.
"""
