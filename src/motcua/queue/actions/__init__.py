"""Every change of the queue: tickets, windows, devices."""

from motcua.queue.actions.devices import close_device, open_device
from motcua.queue.actions.tickets import (
    call,
    come_back,
    finish,
    no_show,
    recall,
    release,
    start,
    take,
    transfer,
)
from motcua.queue.actions.windows import close_window, end_day, open_window

__all__ = [
    "call", "close_device", "close_window", "come_back", "end_day", "finish", "no_show", "open_device", "open_window",
    "recall", "release", "start", "take", "transfer",
]  # fmt: skip
