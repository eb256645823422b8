"""The errors a user may see. Everything else that escapes is a bug."""


class UserError(Exception):
    """A problem the user can act on.

    The message is one Chinese sentence or two: what happened, and what to do. It is shown as it is, in the
    window or as one line by a command, and never with a traceback.
    """


class ConflictError(UserError):
    """A change was made to something that has changed meanwhile; nothing was written."""


class CancelledError(Exception):
    """Work was cancelled by the user; nothing was written."""
