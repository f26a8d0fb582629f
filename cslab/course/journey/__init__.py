"""The journey map on paper: what a customer is given, what hangs on the wall, what a workshop needs."""

from cslab.course.journey.customer_page import Stand, customer_page
from cslab.course.journey.kit import GUIDE, kit, write_kit
from cslab.course.journey.votes import Round, rounds
from cslab.course.journey.written import drawn, put

__all__ = ["GUIDE", "Round", "Stand", "customer_page", "drawn", "kit", "put", "rounds", "write_kit"]
