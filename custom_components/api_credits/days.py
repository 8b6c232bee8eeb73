"""UTC days, by which providers report what was spent."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

DAY: Final = timedelta(days=1)


def day_of(at: datetime) -> date:
    """Return the UTC day of a moment."""
    return at.astimezone(UTC).date()


def start_of(day: date) -> datetime:
    """Return when a UTC day begins."""
    return datetime.combine(day, time(tzinfo=UTC))
