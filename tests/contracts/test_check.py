"""A contract that is incomplete, or contradicts itself, is told so in plain words."""

from dataclasses import replace
from typing import Any

import pytest

from contracts import load_contract
from contracts.form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample
from contracts.form.check import problems_of

RIGHT = Contract(
    name="Made Up",
    keys_url="https://example.com/keys",
    certainty="A",
    sources=("its documents",),
    balance=Exchange(
        request="GET https://api.example.com/v1/credit",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"credit":{"left":12.5,"owner":"someone@example.com"}}',
        required=("credit.left",),
    ),
    readings={"balance": "12.50 USD"},
    balances=(Place(at="credit.left"),),
    refusals=(Refusal("bad key", 401, "{}", Meaning.INVALID_AUTH),),
)


def test_complete() -> None:
    """A short contract can be complete."""
    assert problems_of(RIGHT) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": "TODO"}, "CONTRACT.name: still to be filled in"),
        ({"name": " "}, "name: empty"),
        ({"keys_url": "http://example.com"}, "keys_url: no https address"),
        ({"certainty": "E"}, "certainty: none of A, B, C, D"),
        ({"certainty": "C"}, "unsure: a certainty of C leaves something unsure: say what"),
        ({"sources": ()}, "sources: none"),
        ({"credentials": {"token": "x"}}, "credentials: the secret is always api_key"),
        (
            {"credentials": {"api_key": "made-up", "account_id": "x"}},
            "balance: the credential account_id is not in its request",
        ),
        ({"readings": {"used": "12.5 USD"}}, "balance: no reading is a balance"),
        ({"readings": {"balance": "12.5 Dollars"}}, "neither a currency code nor in small letters"),
        ({"readings": {"balance": "13 USD"}}, "credit.left says 12.5, but balance is 13"),
        ({"balances": ()}, "no place says where the balance stands"),
        ({"balances": (Place(at="credit.left", scale="0.01"),)}, "says 0.125, but balance is 12.5"),
        ({"balances": (Place(at="credit.owner"),)}, "credit.owner holds no number"),
        ({"balances": (Place(at="credit.left", scope="EUR"),)}, "balance_eur, which is no reading"),
        ({"dates": ("credit.until",)}, "dates: the answer has no credit.until"),
        ({"identities": ()}, "identities: none"),
        ({"identities": (Identity(id="1"),)}, "nothing says where 1 comes from"),
        ({"identities": (Identity(id="1", id_at="id"),)}, "identity: the answer has no id"),
        (
            {"identities": (Identity(id="1", id_at="credit.left"),)},
            "identity: credit.left is 12.5, not 1",
        ),
        (
            {"identities": (Identity(id="someone@example.com", id_at="credit.owner"),)},
            "an e-mail address is personal and no identity",
        ),
        ({"identities": (Identity(id="made-up-key"),)}, "the secret is no identity"),
        ({"refusals": ()}, "refusals: none says what a bad key gets"),
        ({"rights": "billing"}, "none says what a key without billing gets"),
        (
            {"refusals": (*RIGHT.refusals, Refusal("missing right", 403, "", Meaning.FORBIDDEN))},
            "a right can be missing, but none is named",
        ),
        ({"refusals": RIGHT.refusals * 2}, "'bad key' is there twice"),
        (
            {"refusals": (Refusal("bad key", 403, "", Meaning.FORBIDDEN),)},
            "refusal 'bad key': means something else",
        ),
        ({"samples": (Sample(shows="x", answer="{}"),)}, "it needs readings or the path"),
    ],
)
def test_incomplete(changes: dict[str, Any], problem: str) -> None:
    """What is missing or contradicts the rest is named."""
    assert any(problem in found for found in problems_of(replace(RIGHT, **changes)))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"request": "PUT https://api.example.com/v1/credit"}, "neither GET nor POST"),
        ({"request": "GET http://api.example.com/v1/credit"}, "no plain https address"),
        ({"headers": {}}, "carries no api_key"),
        ({"headers": {"X": "{api_key}{user}"}}, "user is no credential"),
        ({"required": ("credit.right",)}, "its answer has no credit.right"),
        ({"required": ()}, "no path is required"),
        ({"optional": ("credit.left",)}, "required and optional at once: credit.left"),
        ({"answer": '{"credit":{"left":12.5},"k":"sk-abcdefgh"}'}, "looks like a secret"),
        ({"answer": '{"credit":{"left":12.5},"k":"ab12cd34ef56gh78"}'}, "looks like a secret"),
        ({"answer": '{"credit":{"left":12.5},"k":"me@elsewhere.org"}'}, "an e-mail address"),
    ],
)
def test_incomplete_exchange(changes: dict[str, Any], problem: str) -> None:
    """What is wrong with a request or its answer is named."""
    contract = replace(RIGHT, balance=replace(RIGHT.balance, **changes))
    assert any(problem in found for found in problems_of(contract))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"credentials": {"flavour": "team"}}, "subject team: flavour is no credential"),
        ({"readings": {"balance": "3 USD"}}, "says 2.952, but balance is 3"),
        ({"identity": Identity(id="1", id_at="info.id")}, "identity: the answer has no info.id"),
        ({"samples": (Sample(shows="x", answer="{}"),)}, "it needs readings or the path"),
    ],
)
def test_incomplete_choice(changes: dict[str, Any], problem: str) -> None:
    """What is wrong with another balance that can be chosen is named."""
    contract = load_contract("litellm")
    subjects = (replace(contract.subjects[-1], **changes),)
    assert any(problem in found for found in problems_of(replace(contract, subjects=subjects)))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"request": "PUT {url}/api/status"}, "neither GET nor POST"),
        ({"required": ("data.quota",)}, "its answer has no data.quota"),
        ({"optional": ("data.price",)}, "before: something is named that need not be there"),
        ({"answer": '{"data":{"quota_per_unit":1,"k":"sk-abcdefgh"}}'}, "looks like a secret"),
    ],
)
def test_incomplete_before(changes: dict[str, Any], problem: str) -> None:
    """What is wrong with what is asked first is named."""
    contract = load_contract("new_api")
    assert contract.before
    wrong = replace(contract, before=replace(contract.before, **changes))
    assert any(problem in found for found in problems_of(wrong))


def test_digest() -> None:
    """An id that may be personal is kept as a digest of what is answered."""
    contract = load_contract("litellm")
    subject = contract.subjects[0]
    wrong = replace(subject, identity=replace(subject.identity, digest_of="somebody"))
    assert any(
        "identity: user_id is someone" in found
        for found in problems_of(replace(contract, subjects=(wrong,)))
    )


def test_way_without_its_refusal() -> None:
    """Another way is tried after a refusal that the contract knows."""
    contract = load_contract("openrouter")
    way = replace(contract.ways[0], after="a whim")
    assert "way_key: no refusal is called 'a whim'" in problems_of(replace(contract, ways=(way,)))
