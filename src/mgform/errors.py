"""The errors that are reported as one sentence, each with the exit status that it gives."""


class MgformError(Exception):
    """The base of every error that is reported as one sentence: ``str(error)``."""

    status = 1


class DataError(MgformError):
    """The table is missing, unreadable or invalid, or the output cannot be written."""


class CallError(MgformError):
    """The call asks for what does not exist: a form, a level, a field, an option."""

    status = 2


class UnknownNameError(CallError):
    """No form is called ``asked``, or anything like it."""

    def __init__(self, sentence: str, asked: str) -> None:
        super().__init__(sentence)
        self.asked = asked
