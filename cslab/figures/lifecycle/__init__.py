"""Pictures of the lifecycle: where customers stand and are stuck, how long a phase takes, how they flow on."""

from cslab.figures.lifecycle.flow import flow
from cslab.figures.lifecycle.lasting import time_in_phase
from cslab.figures.lifecycle.stuck import stuck

__all__ = ["flow", "stuck", "time_in_phase"]
