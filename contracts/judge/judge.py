"""Every statement of a contract, put to a class.

Each check yields in words what is not as documented; nothing is yielded by a class that is right.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
import re
from typing import Any, Final

from custom_components.api_credits.client.declared import Identity as Found
from custom_components.api_credits.client.errors import MalformedError, ProviderError
from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.readings import Account, Reading

from ..form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample
from ..form.answer import at, dump, leaves, load, put, told, written
from ..form.contract import Value, fill
from .session import Asked, Reply, Session, as_documented

_NO_AMOUNTS: Final[tuple[Any, ...]] = (
    *map(Decimal, ("NaN", "Infinity", "-Infinity", "1e30")),
    *("NaN", "1e30", "9" * 5000, " ", "abc", "1,000.00", "1_000", "0x10", "$5", "٣"),
)
_STATUSES: Final = {
    302: Meaning.CANNOT_CONNECT,
    400: Meaning.UNEXPECTED_RESPONSE,
    401: Meaning.INVALID_AUTH,
    402: Meaning.UNEXPECTED_RESPONSE,
    403: Meaning.FORBIDDEN,
    404: Meaning.UNEXPECTED_RESPONSE,
    429: Meaning.RATE_LIMITED,
    500: Meaning.CANNOT_CONNECT,
    503: Meaning.CANNOT_CONNECT,
}
_NO_LISTS: Final[tuple[Any, ...]] = (None, {}, [])
_NO_WORDS: Final = ("", "<html>", "abc", "NaN", "1,000.00", "0x10")
_BALANCES: Final = tuple(
    map(Decimal, ("0", "12.5", "-3.25", "123456.78", "12.123456789012345678901234567891"))
)
_NOT_THERE: Final = "made-up-and-not-to-be-read"


class BrokenError(ProviderError):
    """A class that raises something else than it may."""

    key = "unknown"


@dataclass(frozen=True, kw_only=True)
class Case:
    """An account, reached in one way."""

    contract: Contract
    provider: type[Provider]
    credentials: Mapping[str, str]
    variant: str | None
    identity: Identity
    identities: tuple[Identity, ...]
    balance: Exchange
    readings: Mapping[str, Value]
    balances: tuple[Place, ...]
    whoami: Exchange | None
    samples: tuple[Sample, ...]
    before: Exchange | None

    @property
    def values(self) -> dict[str, str | None]:
        """Return what stands for the names in the requests of a poll."""
        return {**self.credentials, "account": self.identity.id}

    @property
    def asked(self) -> Asked:
        """Return the request of a poll."""
        return as_documented(self.balance, self.values)

    async def read(self, reply: Reply) -> tuple[Account | ProviderError, list[Asked]]:
        """Poll, and return what comes of it and what was asked."""
        session = Session([*self._before, (self.asked, reply)])
        config = {**self.credentials, "account": self.identity.id, "variant": self.variant}
        try:
            return await self.provider(session.transport, config).fetch(), self._beside(session)
        except ProviderError as err:
            return err, self._beside(session)
        except Exception as err:  # noqa: BLE001
            return BrokenError(f"{type(err).__name__} {err}"), self._beside(session)

    async def identify(
        self, *answers: tuple[Asked, Reply]
    ) -> tuple[list[Found] | ProviderError, list[Asked]]:
        """Ask who the credentials belong to, and return what comes of it and what was asked."""
        session = Session([*self._before, *answers])
        provider = self.provider(session.transport, self.credentials)
        try:
            return await provider.identify(), self._beside(session)
        except ProviderError as err:
            return err, self._beside(session)
        except Exception as err:  # noqa: BLE001
            return BrokenError(f"{type(err).__name__} {err}"), self._beside(session)

    @property
    def _before(self) -> list[tuple[Asked, Reply]]:
        """Return what is asked before each poll, and answered."""
        if self.before is None:
            return []
        return [(as_documented(self.before, self.values), Reply(body=self.before.answer))]

    def _beside(self, session: Session) -> list[Asked]:
        """Return what was asked beside that."""
        before = [asked for asked, _ in self._before]
        return [asked for asked in session.log if asked not in before]


def cases(contract: Contract, provider: type[Provider]) -> Iterator[Case]:
    """Yield each way to an account, then each host, then each further account."""
    first = Case(
        contract=contract,
        provider=provider,
        credentials=contract.credentials,
        variant=contract.variant,
        identity=contract.identities[0],
        identities=contract.identities,
        balance=contract.balance,
        readings=contract.readings,
        balances=contract.balances,
        whoami=contract.whoami,
        samples=contract.samples,
        before=contract.before,
    )
    yield first
    for subject in contract.subjects:
        yield replace(
            first,
            credentials={**contract.credentials, **subject.credentials},
            identity=subject.identity,
            identities=(subject.identity,),
            balance=subject.balance,
            readings=subject.readings,
            balances=subject.balances,
            whoami=subject.whoami,
            samples=subject.samples,
        )
    for way in contract.ways:
        yield replace(
            first,
            variant=way.variant,
            balance=way.balance,
            readings=way.readings,
            balances=way.balances,
            whoami=way.whoami or contract.whoami,
            samples=way.samples,
        )
    for elsewhere in contract.elsewhere:
        yield replace(
            first,
            credentials={**contract.credentials, **elsewhere.credentials},
            balance=_moved(contract.balance, elsewhere.host),
            readings=_in_unit(contract.readings, elsewhere.unit),
            whoami=contract.whoami and _moved(contract.whoami, elsewhere.host),
            samples=(),
        )
    for identity in contract.identities[1:]:
        yield replace(first, identity=identity, samples=())


def _moved(exchange: Exchange, host: str) -> Exchange:
    """Return an exchange with another host of the provider."""
    request = re.sub("(https://)[^/]+", rf"\g<1>{host}", exchange.request)
    return replace(exchange, request=request)


def _in_unit(readings: Mapping[str, Value], unit: str | None) -> dict[str, Value]:
    """Return readings in another unit."""
    return {
        key: f"{value.partition(' ')[0]} {unit}"
        if unit and isinstance(value, str) and re.fullmatch(r"-?[\d.]+ \S+", value)
        else value
        for key, value in readings.items()
    }


def shown(reading: Reading) -> Value:
    """Return a reading as a contract writes it."""
    match reading.value:
        case Decimal() as amount:
            return f"{_plain(amount)} {reading.unit or ''}".strip()
        case datetime() as when:
            return when.isoformat()
        case value:
            return value


def _plain(amount: Decimal) -> str:
    """Return an amount without zeros that say nothing."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _expected(readings: Mapping[str, Value]) -> dict[str, Value]:
    """Return readings of a contract, their amounts without zeros that say nothing."""
    return {
        key: re.sub(r"^-?\d+\.\d+", lambda match: _plain(Decimal(match[0])), value)
        if isinstance(value, str) and re.fullmatch(r"-?\d+\.\d+( \S+)?", value)
        else value
        for key, value in readings.items()
    }


def _differences(account: Account, readings: Mapping[str, Value]) -> list[str]:
    """Return in words how readings differ from what they have to be."""
    found = {key: shown(reading) for key, reading in account.readings.items()}
    expected = _expected(readings)
    return [
        f"{key} is {found.get(key, 'not there')}, not {expected.get(key, 'to be there')}"
        for key in sorted(found.keys() | expected.keys())
        if found.get(key, ...) != expected.get(key, ...)
    ]


async def _answer(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check that a poll is one request, the documented one, and that its answer becomes right."""
    for case in cases(contract, provider):
        outcome, log = await case.read(Reply(body=case.balance.answer))
        if len(log) != 1:
            yield f"a poll is {len(log)} requests"
        for asked in log:
            for difference in asked.differences(case.asked):
                yield f"{case.balance.request}: {difference}"
        if isinstance(outcome, ProviderError):
            yield f"{case.balance.request}: {type(outcome).__name__} {outcome}"
        else:
            for difference in _differences(outcome, case.readings):
                yield f"{case.balance.request}: {difference}"


async def _samples(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check what further answers become."""
    for case in cases(contract, provider):
        for sample in case.samples:
            told = _told_before(case, sample.before) if sample.before else case
            outcome, _ = await told.read(Reply(status=sample.status, body=sample.answer))
            if sample.readings is None:
                for problem in _wrong_error(outcome, sample.means, sample.names):
                    yield f"{sample.shows}: {problem}"
            elif isinstance(outcome, ProviderError):
                yield f"{sample.shows}: {type(outcome).__name__} {outcome}"
            else:
                for difference in _differences(outcome, sample.readings):
                    yield f"{sample.shows}: {difference}"


def _told_before(case: Case, answer: str) -> Case:
    """Return a case in which something else is answered before."""
    return replace(case, before=replace(case.before, answer=answer) if case.before else None)


def _wrong_error(outcome: object, means: Meaning, names: str | None = None) -> Iterator[str]:
    """Yield how an outcome differs from an error."""
    if not isinstance(outcome, ProviderError):
        yield f"read as if it were right, not {means}"
        return
    # What is wrong with the answer of a service of one's own is told in more detail.
    detail = means is Meaning.UNEXPECTED_RESPONSE and isinstance(outcome, MalformedError)
    if outcome.key != means and not detail:
        yield f"{outcome.key} ({outcome}), not {means}"
    if names and not str(outcome).startswith((f"{names}:", f"{names}.")):
        yield f"{outcome}: does not name {names}"


async def _identity(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check whom the credentials are found to belong to, and what is asked for that."""
    for case in cases(contract, provider):
        way = next((each for each in contract.ways if each.variant == case.variant), None)
        steps = _steps(case)
        answers = list(steps)
        if way:
            refusal = next(each for each in contract.refusals if each.when == way.after)
            before = next(cases(contract, provider))
            refused = [asked for asked, _ in _steps(before)]
            answers += [
                (asked, Reply(status=refusal.status, body=refusal.body)) for asked in refused
            ]
            expected_log = refused + [asked for asked, _ in steps]
        else:
            expected_log = [asked for asked, _ in steps]
        outcome, log = await case.identify(*answers)
        expected = [
            Found(id=identity.id, title=identity.title, variant=case.variant)
            for identity in case.identities
        ]
        if isinstance(outcome, ProviderError):
            yield f"identify: {type(outcome).__name__} {outcome}"
        elif outcome != expected:
            yield f"identify: {outcome}, not {expected}"
        if [each for each in log if each not in expected_log] or len(log) != len(expected_log):
            yield f"identify: asks {log}, not {expected_log}"


def _steps(case: Case) -> list[tuple[Asked, Reply]]:
    """Return what has to be asked to find out who the credentials belong to."""
    if case.whoami:
        step = case.whoami
    elif case.variant or any(identity.id_at for identity in case.identities):
        step = case.balance
    else:
        return []
    return [(as_documented(step, case.credentials), Reply(body=step.answer))]


async def _refusals(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check what each refusal is taken for, when polled and when asked who it is."""
    case = next(cases(contract, provider))
    for refusal in contract.refusals:
        reply = Reply(status=refusal.status, body=refusal.body)
        if refusal.to != "whoami":
            outcome, log = await case.read(reply)
            for problem in _wrong_error(outcome, refusal.means):
                yield f"{refusal.when}: {problem}"
            if len(log) != 1:
                yield f"{refusal.when}: a poll that is refused is {len(log)} requests"
        if contract.ways and refusal.when == "bad key":
            refused = [
                (asked, reply) for each in cases(contract, provider) for asked, _ in _steps(each)
            ]
            identified, _ = await case.identify(*refused)
            for problem in _wrong_error(identified, refusal.means):
                yield f"{refusal.when}, in whichever way: {problem}"
        for each in (case, *_of_subjects(contract, provider)):
            if refusal.to != "balance" and _steps(each):
                async for problem in _refused_identity(each, refusal, reply):
                    yield problem


def _of_subjects(contract: Contract, provider: type[Provider]) -> list[Case]:
    """Return the cases in which a person has chosen another balance."""
    chosen = [each.balance for each in contract.subjects]
    return [case for case in cases(contract, provider) if case.balance in chosen]


async def _faults(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check that a status of which the contract says nothing means what it means everywhere."""
    case = next(cases(contract, provider))
    told = {refusal.status for refusal in contract.refusals}
    for status, means in _STATUSES.items():
        if status in told:
            continue
        reply = Reply(status=status, body='{"error":"made up"}')
        outcome, _ = await case.read(reply)
        for problem in _wrong_error(outcome, means):
            yield f"HTTP {status}: {problem}"
        if steps := [(asked, reply) for asked, _ in _steps(case)]:
            identified, _ = await case.identify(*steps)
            for problem in _wrong_error(identified, means):
                yield f"HTTP {status}: identify: {problem}"
    for body in ("", "<html>", "null", "[]", "1", '"text"'):
        outcome, _ = await case.read(Reply(body=body))
        for problem in _wrong_error(outcome, Meaning.UNEXPECTED_RESPONSE):
            yield f"{body!r}: {problem}"


async def _refused_identity(case: Case, refusal: Refusal, reply: Reply) -> AsyncIterator[str]:
    """Check what becomes of an identity that is refused."""
    if refusal.when in {way.after for way in case.contract.ways}:
        return
    steps = [(asked, reply) for asked, _ in _steps(case)]
    outcome, log = await case.identify(*steps)
    if refusal.harmless:
        if outcome != [Found(variant=case.variant)]:
            yield f"{refusal.when}: {outcome!r}, not an account without an identity"
    else:
        for problem in _wrong_error(outcome, refusal.means):
            yield f"{refusal.when}: identify: {problem}"
    if len(log) != len(steps):
        yield f"{refusal.when}: identify makes {len(log)} requests"


async def _required(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check that an answer without a field that it must have is of no use, and says which."""
    for case in cases(contract, provider):
        for path, outcome, how in await _varied(case, case.balance.required, (None, ...)):
            for problem in _wrong_error(outcome, Meaning.UNEXPECTED_RESPONSE, path):
                yield f"{path} {how}: {problem}"
        for path in _lists(case):
            for no_list in _NO_LISTS:
                identified = await _identified(case, {path: no_list})
                for problem in _wrong_error(identified, Meaning.UNEXPECTED_RESPONSE, path):
                    yield f"the list of identities as {no_list!r}: {problem}"
        for path in _identity_paths(case)[0]:
            for new, how in ((None, "null"), (..., "absent"), ([], "a list"), ("", "empty")):
                identified = await _identified(case, {path: new})
                for problem in _wrong_error(identified, Meaning.UNEXPECTED_RESPONSE, path):
                    yield f"identity's {path} {how}: {problem}"


def _identity_paths(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what an answer must have, and what it may have, to tell an identity."""
    if case.whoami:
        return case.whoami.required, case.whoami.optional
    required: list[str] = []
    optional: list[str] = []
    for identity in case.identities:
        (optional if identity.may_lack else required).extend(filter(None, [identity.id_at]))
        if identity.title_at and identity.title_at != identity.id_at:
            optional.append(identity.title_at)
    return tuple(required), tuple(optional)


def _lists(case: Case) -> set[str]:
    """Return where lists of identities stand."""
    paths = [identity.id_at or "" for identity in case.identities]
    return {match[1] for path in paths if (match := re.match(r"(.+?)\.\d+\.", path))}


async def _identified(case: Case, changes: Mapping[str, Any]) -> list[Found] | ProviderError:
    """Return what comes of an identity's answer with something else at these paths."""
    whoami = case.whoami or case.balance
    changed = load(whoami.answer)
    for path in reversed(list(changes)):
        changed = put(changed, path, changes[path])
    body = dump(changed)
    way = next((each for each in case.contract.ways if each.variant == case.variant), None)
    answers = [(as_documented(whoami, case.credentials), Reply(body=body))]
    if way:
        refusal = next(each for each in case.contract.refusals if each.when == way.after)
        before = next(cases(case.contract, case.provider))
        answers += [
            (asked, Reply(status=refusal.status, body=refusal.body)) for asked, _ in _steps(before)
        ]
    outcome, _ = await case.identify(*answers)
    return outcome


async def _varied(
    case: Case, paths: Iterable[str], values: Iterable[Any]
) -> list[tuple[str, Account | ProviderError, str]]:
    """Return what comes of the answer with other values at these paths, one at a time."""
    answer = load(case.balance.answer)
    outcomes = []
    for path in paths:
        for value in values:
            body = dump(put(answer, path, value))
            outcome, _ = await case.read(Reply(body=body))
            how = "absent" if value is ... else "null" if value is None else f"as {value!r:.20}"
            outcomes.append((path, outcome, how))
    return outcomes


async def _optional(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check that a field that is left out makes unknown what hangs on it, and nothing else."""
    for case in cases(contract, provider):
        for path, outcome, how in await _varied(case, case.balance.optional, (None, ...)):
            for problem in _not_just_unknown(case, outcome):
                yield f"{path} {how}: {problem}"
        for path in _identity_paths(case)[1]:
            for new in (None, ...):
                found = await _identified(case, {path: new})
                if isinstance(found, ProviderError):
                    yield f"identity's {path}: {found}, though it is optional"
                elif found == await _identified(case, {}):
                    yield f"identity's {path}: nothing hangs on it, so it is not read"
        async for problem in _titles(case):
            yield problem


async def _titles(case: Case) -> AsyncIterator[str]:
    """Check that an account without a title is the same account, and that a title is a text."""
    whole = await _identified(case, {})
    for identity in case.identities:
        path = identity.title_at
        if path is None or path == identity.id_at or isinstance(whole, ProviderError):
            continue
        expected = [replace(each, title=None) if each.id == identity.id else each for each in whole]
        for new, how in ((None, "null"), (..., "absent"), ("", "empty"), (" ", "blank")):
            if (found := await _identified(case, {path: new})) != expected:
                yield f"identity's {path} {how}: {found}, not {expected}"
        for problem in _wrong_error(
            await _identified(case, {path: []}), Meaning.UNEXPECTED_RESPONSE, path
        ):
            yield f"identity's {path} a list: {problem}"


def _not_just_unknown(case: Case, outcome: Account | ProviderError) -> Iterator[str]:
    """Yield what follows from a field that is left out, and should not."""
    if isinstance(outcome, ProviderError):
        yield f"{outcome}, though it is optional"
        return
    expected = _expected(case.readings)
    found = {key: shown(reading) for key, reading in outcome.readings.items()}
    changed = sorted(key for key, value in expected.items() if found.get(key) != value)
    if not changed:
        yield "no reading hangs on it: it is not read, or it is of the identity alone"
    yield from (f"{key} is {found[key]}, not unknown" for key in changed if found.get(key))
    yield from (f"{key} is there" for key in sorted(found.keys() - expected.keys()))


async def _parts(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check that what is added up counts as far as it is there, and that some of it has to be."""
    for case in cases(contract, provider):
        expected = _expected(case.readings)
        for path, outcome, how in await _varied(case, case.balance.parts, (None, ...)):
            if isinstance(outcome, ProviderError):
                yield f"{path} {how}: {outcome}, though it is only a part"
                continue
            found = {key: shown(reading) for key, reading in outcome.readings.items()}
            if found == expected or None in found.values():
                yield f"{path} {how}: does not make a known amount another"
        if case.balance.parts:
            without = load(case.balance.answer)
            for path in case.balance.parts:
                without = put(without, path, ...)
            outcome, _ = await case.read(Reply(body=dump(without)))
            for problem in _wrong_error(
                outcome, Meaning.UNEXPECTED_RESPONSE, case.balance.parts[0]
            ):
                yield f"without all parts: {problem}"


async def _junk(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check that nothing is believed that is not what it has to be."""
    for case in cases(contract, provider):
        answer = load(case.balance.answer)
        if isinstance(answer, str):
            bodies = (*_NO_WORDS, *(case.balances[0].text.format(word) for word in _NO_WORDS))
            for body in bodies:
                outcome, _ = await case.read(Reply(body=body))
                for problem in _wrong_error(outcome, Meaning.UNEXPECTED_RESPONSE):
                    yield f"{body!r}: {problem}"
        for path in case.balance.read:
            values = _junk_for(at(answer, path), is_date=path in contract.dates)
            for _, outcome, how in await _varied(case, [path], values):
                for problem in _wrong_error(outcome, Meaning.UNEXPECTED_RESPONSE, path):
                    yield f"{path} {how}: {problem}"


def _junk_for(documented: Any, *, is_date: bool) -> list[Any]:
    """Return values that cannot stand where the documented one does."""
    values: list[Any] = [[], {}, [1]]
    values += ["yes", Decimal(1)] if isinstance(documented, bool) else [True, False]
    if _is_amount(documented) and not is_date:
        values += [*_NO_AMOUNTS, ""]
    return values


def _is_amount(value: Any) -> bool:
    """Return whether a value is a number, or a text that holds one."""
    return isinstance(value, Decimal) or (
        isinstance(value, str) and re.fullmatch(r"[+-]?\d+(\.\d+)?", value) is not None
    )


async def _before(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check that of what is asked before, all that is named is needed, and nothing else is read."""
    if contract.before is None:
        return
    documented = load(contract.before.answer)
    reply = Reply(body=contract.balance.answer)
    case = next(cases(contract, provider))
    for path in contract.before.required:
        for junk in (None, ..., Decimal(0), *_junk_for(at(documented, path), is_date=False)):
            outcome, _ = await _told_before(case, dump(put(documented, path, junk))).read(reply)
            for problem in _wrong_error(outcome, Meaning.UNEXPECTED_RESPONSE):
                yield f"{path} as {junk!r:.20}: {problem}"
    others = [path for path in leaves(documented) if path not in contract.before.read]
    values: tuple[Any, ...] = (_NOT_THERE, [], ...)
    for value in values:
        changed = documented
        for path in reversed(others):
            changed = put(changed, path, value)
        outcome, _ = await _told_before(case, dump(changed)).read(reply)
        if isinstance(outcome, ProviderError):
            yield f"what is not named is read: {outcome}"
        else:
            for difference in _differences(outcome, case.readings):
                yield f"what is not named is read: {difference}"


async def _unread(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check that what a contract does not name is not read: names of people, keys, and so on."""
    for case in cases(contract, provider):
        read = {*case.balance.read}
        if not case.whoami:
            read |= {
                path for each in case.identities for path in (each.id_at, each.title_at) if path
            }
        answer = load(case.balance.answer)
        others = [path for path in leaves(answer) if path not in read and path]
        values: tuple[Any, ...] = (_NOT_THERE, [], ...)
        for value in values:
            changed = answer
            for path in reversed(others):
                changed = put(changed, path, value)
            outcome, _ = await case.read(Reply(body=dump(changed)))
            if isinstance(outcome, ProviderError):
                yield f"what neither required nor optional names is read: {outcome}"
            else:
                for difference in _differences(outcome, case.readings):
                    yield f"what neither required nor optional names is read: {difference}"
        if case.whoami:
            read = {*case.whoami.read}
            others = [path for path in leaves(load(case.whoami.answer)) if path not in read]
            for value in values:
                identities = await _identified(case, dict.fromkeys(others, value))
                if identities != await _identified(case, {}):
                    yield f"what an identity does not name is read: {identities}"


async def _balances(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check that a balance that is written where it stands is read as that balance."""
    for case in cases(contract, provider):
        answer = load(case.balance.answer)
        for place in case.balances:
            if place.above is not None or place != next(
                each for each in case.balances if each.scope == place.scope
            ):
                continue
            key = f"balance_{place.scope.lower()}" if place.scope else "balance"
            for balance in _BALANCES:
                known = told(answer, place, balance)
                body = dump(written(answer, case.balances, {place.scope: known}))
                outcome, _ = await case.read(Reply(body=body))
                if isinstance(outcome, ProviderError):
                    yield f"a {key} of {known:f}: {outcome}"
                elif (found := outcome.readings.get(key)) is None or found.value != known:
                    yield f"a {key} of {known:f} is read as {found and found.value}"


async def _words(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check what people are told of the provider, and how often it is asked."""
    if provider.name != contract.name:
        yield f"name: {provider.name}, not {contract.name}"
    if provider.keys_url != contract.keys_url:
        yield f"keys_url: {provider.keys_url}, not {contract.keys_url}"
    rights = provider.rights.word if provider.rights else None
    if rights != contract.rights:
        yield f"rights: {rights}, not {contract.rights}"
    asked = {credential.key for credential in provider.asked() if not credential.is_flag}
    expected = {*contract.credentials, *(n for e in contract.elsewhere for n in e.credentials)}
    if asked != expected:
        yield f"credentials: {sorted(asked)}, not {sorted(expected)}"
    for words in contract.pasted:
        pasted = f" {fill(words, contract.credentials)}\n"
        try:
            cleaned = provider.clean({**contract.credentials, "api_key": pasted})["api_key"]
        except ProviderError as err:
            cleaned = str(err)
        if cleaned != contract.credentials["api_key"]:
            yield f"pasted as {words!r}, the secret is taken for {cleaned!r}"
    if provider.may_owe is not contract.may_owe:
        yield f"may_owe: {provider.may_owe}, not {contract.may_owe}"
    if provider.min_interval < timedelta(minutes=contract.min_minutes):
        yield f"min_interval: shorter than {contract.min_minutes} minutes"


async def _echo(contract: Contract, provider: type[Provider]) -> AsyncIterator[str]:
    """Check that an answer that repeats the secret does not get it shown or told."""
    for case in cases(contract, provider):
        secret = case.credentials["api_key"]
        for status in (200, 400, 401, 403, 404, 429, 500):
            for body in (f'{{"error":"{secret}","{secret}":1}}', secret):
                outcome, _ = await case.read(Reply(status=status, body=body))
                if secret in repr(outcome) or secret in str(outcome):
                    yield f"HTTP {status}: the secret is told"


type Check = Callable[[Contract, type[Provider]], AsyncIterator[str]]

CHECKS: Final[dict[str, Check]] = {
    "words": _words,
    "answer": _answer,
    "identity": _identity,
    "samples": _samples,
    "refusals": _refusals,
    "faults": _faults,
    "balances": _balances,
    "required": _required,
    "optional": _optional,
    "parts": _parts,
    "before": _before,
    "unread": _unread,
    "junk": _junk,
    "echo": _echo,
}


async def problems(contract: Contract, provider: type[Provider]) -> list[str]:
    """Return everything in which a class is not as its contract says."""
    return [
        f"{name}: {problem}"
        for name, check in CHECKS.items()
        async for problem in check(contract, provider)
    ]


async def is_right(contract: Contract, provider: type[Provider]) -> bool:
    """Return whether a class is as its contract says; no more is looked at than that takes."""
    for check in CHECKS.values():
        if [problem async for problem in check(contract, provider)]:
            return False
    return True
