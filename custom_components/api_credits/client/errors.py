"""What can go wrong between us and a provider.

The text of an error is ours alone (a status, a field's name, a kind of failure):
it is shown and logged, so it never holds anything a provider or a person wrote.
"""

from traceback import clear_frames
from typing import ClassVar


class ProviderError(Exception):
    """A request that brought no usable answer; `key` names its translations."""

    key: ClassVar[str]


class InvalidCredentialsError(ProviderError):
    """The provider does not know the credentials, or no longer."""

    key = "invalid_auth"


class ForbiddenError(ProviderError):
    """The credentials are good, but lack the right to read the balance."""

    key = "forbidden"


class NotAdminError(ForbiddenError):
    """The credentials are good, but only an administrator's key may read this."""

    key = "not_admin"


class RateLimitedError(ProviderError):
    """The provider wants a pause of `retry_after` seconds, or has not said how long."""

    key = "rate_limited"

    def __init__(self, message: str, retry_after: float | None) -> None:
        """Keep the pause beside the message."""
        super().__init__(message)
        self.retry_after = retry_after


class UsedUpError(ProviderError):
    """Nothing is left, and the provider tells no more than that."""

    key = "used_up"


class UnreachableError(ProviderError):
    """The provider did not answer, or something before it answered instead."""

    key = "cannot_connect"


class MalformedError(ProviderError):
    """The provider answered something other than it documents."""

    key = "unexpected_response"


class UnexpectedStatusError(MalformedError):
    """The provider answered with an HTTP status that has no meaning here."""

    def __init__(self, status: int) -> None:
        """Keep the status, which may tell a provider which of its variants to use."""
        super().__init__(f"HTTP {status}")
        self.status = status


class NotFoundError(UnexpectedStatusError):
    """The provider knows of no such thing."""


class InvalidUrlError(ProviderError):
    """What was entered is no address, or one of a kind that is not asked."""

    key = "invalid_url"


class HttpNotLocalError(ProviderError):
    """A secret would travel readable through the internet."""

    key = "http_not_local"


class UnverifiedNotLocalError(ProviderError):
    """Nobody could tell who answers somewhere in the internet."""

    key = "unverified_not_local"


class AddressRefusedError(UnreachableError):
    """The name leads to where an account of this kind does not go."""

    key = "address_refused"


class TlsError(UnreachableError):
    """The certificate is not trusted."""

    key = "tls"


class RedirectedError(UnreachableError):
    """The service sends elsewhere, which would take the secret along."""

    key = "redirected"


class PageNotFoundError(NotFoundError):
    """There is nothing at the address that a person entered."""

    key = "page_not_found"


class EmptyError(MalformedError):
    """A success that says nothing."""

    key = "empty"


class NotJsonError(MalformedError):
    """A page for people, maybe."""

    key = "not_json"


class TooLargeError(MalformedError):
    """More than is read."""

    key = "too_large"


class TooDeepError(MalformedError):
    """Lists within lists, further than is read."""

    key = "too_deep"


class SaysErrorError(MalformedError):
    """The service says that something is wrong, in the field that a person picked for that."""

    key = "says_error"


class NoNumbersError(MalformedError):
    """Nothing that could be a balance."""

    key = "no_numbers"


class HistoryGoneError(ProviderError):
    """The provider does not tell any more what was spent since it was last asked."""

    key = "history_gone"


class NoSpendLimitError(ProviderError):
    """There is no limit, of which something could be left."""

    key = "no_spend_limit"


class UnknownError(ProviderError):
    """A fault of ours."""

    key = "unknown"


def let_go(error: BaseException) -> None:
    """Have an error, and those that led to it, keep nothing that was at hand where it arose.

    An error keeps the frames that it came through, and with them a body, headers, and a key.
    """
    errors, seen = [error], set[int]()
    while errors:
        found = errors.pop()
        if id(found) not in seen:
            seen.add(id(found))
            clear_frames(found.__traceback__)
            errors += [other for other in (found.__cause__, found.__context__) if other]
