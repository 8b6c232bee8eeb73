"""Photoroom: images that are left, those of a month's plan, and what it is called."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Photoroom",
    keys_url="https://app.photoroom.com/api-dashboard",
    certainty="A",
    sources=(
        "docs.photoroom.com/getting-started/how-can-i-check-my-api-usage, …/pricing",
        "a copy of the API reference (v1: available is what is left)",
        "ten programs for the refusals",
    ),
    unsure="When the images of a plan come back. What a key with sandbox_ before it is answered.",
    balance=Exchange(
        request="GET https://image-api.photoroom.com/v2/account",
        headers={"x-api-key": "{api_key}"},
        answer='{"images":{"available":83,"subscription":100},"plan":"basic"}',
        required=("images.available",),
        optional=("images.subscription", "plan"),
    ),
    readings={"balance": "83 images", "limit": "100 images", "plan": "basic"},
    balances=(Place(at="images.available"),),
    samples=(
        Sample(
            shows="a fifth of an image, which removing a background costs on the larger plan",
            answer='{"images":{"available":82.8,"subscription":100},"plan":"plus"}',
            readings={"balance": "82.8 images", "limit": "100 images", "plan": "plus"},
        ),
        Sample(
            shows="the answer of version 1",
            answer='{"credits":{"available":100,"subscription":100}}',
            names="images.available",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":{"message":"Invalid API key"}}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "not allowed",
            403,
            '{"error":{"message":"Forbidden"}}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "too often",
            429,
            '{"error":{"message":"Too many requests"}}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
