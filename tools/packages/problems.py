"""Why a package cannot be built, in one sentence."""


class CannotBuild(Exception):
    """A package cannot be built. The message is one sentence; nothing half made is left in dist/."""
