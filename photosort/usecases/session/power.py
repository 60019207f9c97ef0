"""Tells whether the machine runs on battery."""

from __future__ import annotations

from photosort import log

_log = log.topic("library")


def on_battery() -> bool:
    """Whether the machine runs on its battery now; False where that cannot be told."""
    # Needed when a run begins, not to show the window.
    import psutil

    try:
        battery = psutil.sensors_battery()
    except (
        Exception
    ) as error:  # what a system without power information raises differs from one to the next
        _log.debug("no power information: %r", error)
        return False
    return battery is not None and battery.power_plugged is False
