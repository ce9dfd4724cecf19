"""A small mail server for this machine: takes messages and hands them to a callback. For the demo, trials and tests.

It keeps to RFC 5321: only CRLF.CRLF ends a message, only CRLF ends a line. It delivers nothing.
"""

from channels.receiver.server import Receiver
from channels.receiver.values import ReceivedMail, ReceiverOptions, Stage

__all__ = ["ReceivedMail", "Receiver", "ReceiverOptions", "Stage"]
