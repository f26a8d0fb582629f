"""What was known of a customer on a day, by name: usage, voice, people, care and progress, never from later."""

from __future__ import annotations

from cslab.measure.signals.asked import Asked, Signal
from cslab.measure.signals.known import SIGNALS, lacking, possible, signals, unknown_signal
from cslab.measure.signals.voice import REPLY

__all__ = ["REPLY", "SIGNALS", "Asked", "Signal", "lacking", "possible", "signals", "unknown_signal"]
