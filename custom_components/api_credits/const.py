"""Constants for API Credits."""

from typing import Final

from homeassistant.const import Platform

DOMAIN: Final = "api_credits"
PLATFORMS: Final = [
    Platform.SENSOR,
    Platform.EVENT,
    Platform.NUMBER,
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
]

CONF_ACCOUNT: Final = "account"
CONF_BALANCE_OF: Final = "balance_of"
CONF_DASHBOARD: Final = "dashboard"
CONF_LOCAL: Final = "local"
CONF_BALANCE_NOW: Final = "balance_now"
CONF_LOW_BALANCE: Final = "low_balance"
CONF_LOW_BALANCES: Final = "low_balances"
CONF_NOTES: Final = "notes"
CONF_PROVIDER: Final = "provider"
CONF_REGION: Final = "region"
CONF_RUNWAY_DAYS: Final = "runway_days"
CONF_UNREADABLE_AFTER: Final = "unreadable_after"
CONF_UPDATE_INTERVAL: Final = "update_interval"
CONF_URL: Final = "url"
CONF_VARIANT: Final = "variant"
CONF_VERIFY_SSL: Final = "verify_ssl"
