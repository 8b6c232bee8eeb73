"""What becomes of what is remembered of an account, at each look. Plain functions."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from .alerts import Alert, Limits, Moment, Standing, evaluate, moments, that_count
from .days import DAY
from .forecast import LONGEST_RUNWAY
from .ledger import Ledger, days_left, renews_first, runway, seen_for
from .observation import Observation, observe, risen
from .purses import main_purse, purse_of
from .readings import DAYS_UNTIL_RENEWAL, RENEWS_AT, Account, Reading
from .records import Announcement, Memory, Unread

FORGOTTEN_AFTER: Final = timedelta(days=90)
"""For how long a balance that is not reported any more is remembered."""
UNWATCHED_AFTER: Final = timedelta(days=3)
"""From so long between two looks on, nothing follows from the time between them."""
_RENEWAL: Final = Reading(kind=RENEWS_AT, value=None)


def recall(memory: Memory, *, may_owe: bool = False) -> Account | None:
    """Return an account as it was when it was last read; None if it never was.

    Of the values, balances alone are remembered.
    """
    if not memory.shape:
        return None
    return Account(
        readings={
            reading.key: replace(reading, value=ledger.balance)
            if (ledger := memory.ledgers.get(reading.key))
            else reading
            for reading in memory.shape
        },
        may_owe=may_owe,
        notes=memory.notes,
    )


def advance(memory: Memory, account: Account, at: datetime, limits: Limits) -> Memory:
    """Return the memory after a poll."""
    seen = look(memory, account, at)
    rose = {key for key, ledger in seen.ledgers.items() if risen(memory.ledgers.get(key), ledger)}
    fell = {
        key
        for key, ledger in seen.ledgers.items()
        if key in memory.ledgers and ledger.balance <= 0 < memory.ledgers[key].balance
    }
    return judge(seen, account, at, limits, rose=rose, fell=fell)


def look(memory: Memory, account: Account, at: datetime) -> Memory:
    """Return the memory with what was seen, but nothing concluded from it.

    A balance that is unknown, or no longer reported, keeps its ledger until it returns, or for
    three months in which others are reported.
    """
    pending = list(memory.pending)
    if memory.is_unreadable:
        pending.append(Announcement(moment=Moment.READABLE, at=at))
    seen = {each.key: each for each in account.balances if each.amount is not None}
    ledgers = _kept(memory.ledgers, seen, at)
    for key, reading in seen.items():
        before = memory.ledgers.get(key)
        ledgers[key] = ledger = observe(
            before,
            Observation(
                balance=reading.amount or Decimal(0),
                unit=reading.unit,
                at=at,
                renews_at=_renews_at(account, reading.scope, at),
                spending=reading.spending,
            ),
        )
        top_up = ledger.top_up
        is_new = reading.spending is not None or (top_up is not None and top_up.at == at)
        if before and top_up and is_new and top_up != before.top_up:
            pending.append(
                Announcement(
                    moment=Moment.TOPPED_UP,
                    at=at,
                    balance=ledger.balance,
                    unit=ledger.unit,
                    scope=reading.scope,
                    amount=top_up.amount,
                    days_left=days_left(ledger),
                )
            )
    shape = tuple(
        replace(reading, value=None, spending=None) for reading in account.readings.values()
    )
    return replace(
        memory,
        ledgers=ledgers,
        pending=tuple(pending),
        unread=None,
        shape=shape,
        notes=account.notes,
    )


def judge(
    memory: Memory,
    account: Account,
    at: datetime,
    limits: Limits,
    *,
    rose: Collection[str] = (),
    fell: Collection[str] = (),
) -> Memory:
    """Return the memory with the alerts that hold now, and what is to be told of the change.

    An alert may hold on a little longer than it would begin, but not where the person has moved
    its limit since, nor in a purse of which a balance `rose`: these are judged afresh.
    A provider that does not serve is told of the purse that matters most. Any other purse has
    alerts once it is in use: since it is watched something was spent of it or paid into it, or a
    person has set a threshold for it. A pool that never had anything is not exhausted, and nor is
    an account that may owe something where no balance `fell` to zero.
    """
    alerts: dict[str, frozenset[Alert]] = {}
    pending = list(memory.pending)
    main = _main(memory, account)
    for purse, ledgers in _purses(memory, account, main).items():
        own = limits.of(purse, main=main)
        before = memory.alerts.get(purse, frozenset())
        moved = _moved(memory.limits and memory.limits.of(purse, main=main), own)
        held = frozenset() if ledgers.keys() & rose else before - moved
        standings = {key: _standing(ledger) for key, ledger in ledgers.items()}
        owes = account.may_owe and not (own.low_balance or Alert.EXHAUSTED in before)
        if owes and not ledgers.keys() & fell and _is_empty(ledgers.values()):
            alerts[purse] = frozenset()
        elif purse == main or own.low_balance or _in_use(ledgers.values()):
            blocked = account.blocked and purse == main
            alerts[purse] = evaluate(standings.values(), own, blocked=blocked, held=held)
        else:
            alerts[purse] = frozenset()
        if told := moments(before, alerts[purse]):
            best = _best(standings, own)
            ledger = ledgers.get(best)
            reading = account.readings.get(best)
            pending.extend(
                Announcement(
                    moment=moment,
                    at=at,
                    balance=ledger.balance if ledger else None,
                    unit=ledger.unit if ledger else None,
                    scope=reading.scope if reading else None,
                    low_balance=own.low_balance,
                    days_left=days_left(ledger) if ledger else None,
                )
                for moment in told
            )
    return replace(memory, alerts=alerts, pending=tuple(pending), limits=limits, main=main)


def miss(memory: Memory, at: datetime, *, refused: bool, after: timedelta) -> Memory:
    """Return the memory after a poll that failed; `refused` if the key is.

    It is announced once: at once if the key is refused, else when nothing could be read for that
    long. No single poll shows more than half of that, however far the clock jumps.
    """
    unread = memory.unread or Unread(since=at, at=at)
    gone_by = max((at - unread.at).total_seconds(), 0.0)
    lasting = unread.lasting + min(gone_by, after.total_seconds() / 2)
    tell = not unread.told and (refused or (lasting > 0 and lasting >= after.total_seconds()))
    pending = memory.pending
    if tell:
        pending = (*pending, Announcement(moment=Moment.UNREADABLE, at=at))
    unread = replace(unread, at=at, lasting=lasting, told=unread.told or tell)
    return replace(memory, pending=pending, unread=unread)


def acknowledge(memory: Memory, announcements: Collection[Announcement]) -> Memory:
    """Return the memory without what need not be told again."""
    return replace(
        memory,
        pending=tuple(told for told in memory.pending if told not in announcements),
    )


def _kept(ledgers: dict[str, Ledger], seen: Collection[str], at: datetime) -> dict[str, Ledger]:
    """Return the ledgers without those that have not been seen for so long that they are forgotten.

    Time in which nobody looked does not count, nor that of a clock which was ahead.
    """
    looks = [ledger.seen_at for ledger in ledgers.values() if ledger.seen_at <= at]
    gap = at - max(looks, default=at)
    unwatched = gap if seen and gap > UNWATCHED_AFTER else timedelta(0)
    kept = {}
    for key, ledger in ledgers.items():
        seen_at = min(ledger.seen_at, at - unwatched) + unwatched
        if key in seen:
            kept[key] = ledger
        elif at - seen_at <= FORGOTTEN_AFTER:
            kept[key] = replace(ledger, seen_at=seen_at)
    return kept


def _main(memory: Memory, account: Account) -> str:
    """Return the purse that matters most: the one that did, as long as it is remembered."""
    remembered = {purse_of(key, ledger.unit) for key, ledger in memory.ledgers.items()}
    return memory.main if memory.main in remembered else main_purse(account.balances)


def _in_use(ledgers: Collection[Ledger]) -> bool:
    """Return whether anything was spent of balances or paid into them since they are watched."""
    return any(ledger.spent or ledger.top_up for ledger in ledgers)


def _is_empty(ledgers: Collection[Ledger]) -> bool:
    """Return whether there are balances, and nothing in any."""
    return bool(ledgers) and all(ledger.balance <= 0 for ledger in ledgers)


def _purses(memory: Memory, account: Account, main: str) -> dict[str, dict[str, Ledger]]:
    """Return the ledgers by purse: those of balances that were reported within the last day.

    So a response that leaves one out is no alarm, and a balance that is gone for good does not
    stand in for the others. An account that is blocked has a purse even if it reports none.
    """
    latest = max((ledger.seen_at for ledger in memory.ledgers.values()), default=None)
    purses: dict[str, dict[str, Ledger]] = {main: {}} if account.blocked else {}
    for key, ledger in memory.ledgers.items():
        if latest is None or latest - ledger.seen_at <= DAY:
            purses.setdefault(purse_of(key, ledger.unit), {})[key] = ledger
    return purses


def _standing(ledger: Ledger) -> Standing:
    """Return how a balance stands."""
    return Standing(
        balance=ledger.balance,
        unit=ledger.unit,
        runway=runway(ledger),
        watched=seen_for(ledger),
        spend=ledger.spend_now,
        renews_first=renews_first(ledger),
    )


def _best(standings: dict[str, Standing], limits: Limits) -> str:
    """Return the key of the best-off balance among those that count."""
    count = that_count(standings.values(), limits)
    keys = [key for key, standing in standings.items() if standing in count]
    return max(keys, key=lambda key: standings[key].balance, default="")


def _moved(before: Limits | None, after: Limits) -> set[Alert]:
    """Return the alerts whose limit a person has moved."""
    moved = set()
    if before and before.low_balance != after.low_balance:
        moved.add(Alert.LOW)
    if before and before.runway_days != after.runway_days:
        moved.add(Alert.RUNNING_OUT)
    return moved


def _renews_at(account: Account, scope: str | None, at: datetime) -> datetime | None:
    """Return when the period of a scope or of the account ends, at the latest; None without one."""
    for each in (replace(_RENEWAL, scope=scope), _RENEWAL):
        renews_at = account.readings.get(each.key)
        if renews_at and isinstance(renews_at.value, datetime):
            return renews_at.value
    days = account.readings.get(DAYS_UNTIL_RENEWAL.key)
    if days and isinstance(days.value, Decimal):
        return at + timedelta(days=max(0.0, min(float(days.value), LONGEST_RUNWAY.days)) + 1)
    return None
