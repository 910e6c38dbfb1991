"""What goes wrong with a report, as one plain sentence for the person who asked for it."""


class ReportError(Exception):
    """The report cannot be made; the message is a sentence that a person can act on."""
