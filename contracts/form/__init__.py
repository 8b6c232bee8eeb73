"""The form of a contract: what is documented of a provider, and by which its class is judged."""

from .contract import (
    MADE_UP_KEY,
    Certainty,
    Contract,
    Elsewhere,
    Exchange,
    Identity,
    Meaning,
    Place,
    Refusal,
    Sample,
    Subject,
    Way,
)

__all__ = [
    "MADE_UP_KEY",
    "Certainty",
    "Contract",
    "Elsewhere",
    "Exchange",
    "Identity",
    "Meaning",
    "Place",
    "Refusal",
    "Sample",
    "Subject",
    "Way",
]
