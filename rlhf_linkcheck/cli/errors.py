"""What somebody at the command line can get wrong."""


class UsageError(Exception):
    """A flag, a setting or an output file that cannot be used; its text is one line that says what to do."""
