"""What can go wrong with a job, in the two ways that matter."""


class JobFailed(Exception):  # read aloud: "raise JobFailed"
    """The work cannot succeed; the sentence is for the person who waits for it. No other attempt is made."""


class JobLost(Exception):
    """Another worker has taken this job over: stop, and leave its row alone."""
