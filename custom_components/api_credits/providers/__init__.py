"""The providers: by key, the name by which people know each."""

from typing import Final

from ..client.registry import Registry

PROVIDERS: Final = Registry(
    __name__,
    {
        "agenttoolkit": "AgentToolkit",
        "brevo": "Brevo",
        "clicksend": "ClickSend",
        "deepseek": "DeepSeek",
        "elks46": "46elks",
        "gatewayapi": "GatewayAPI",
        "hyperstack": "Hyperstack",
        "messagebird": "MessageBird",
        "openrouter": "OpenRouter",
        "plivo": "Plivo",
        "pushover": "Pushover",
        "sendgrid": "SendGrid",
        "seven_io": "seven.io",
        "sms_works": "The SMS Works",
        "smsapi": "SMSAPI",
        "stability_ai": "Stability AI",
        "telnyx": "Telnyx",
        "twilio": "Twilio",
        "voipms": "VoIP.ms",
        "vonage": "Vonage",
    },
)
