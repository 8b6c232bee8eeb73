"""The dashboard of the demo: what an owner of prepaid accounts wants to see at one glance."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from .news import ACTIVITY
from .watch import DOMAIN, States, View, Watched

URL_PATH: Final = "api-credits"
TITLE: Final = "API Credits"
ICON: Final = "mdi:wallet"

DAYS_SHOWN: Final = 14

type Card = dict[str, Any]

_BY_DEVICE: Final = [{"type": "device"}]

_COLORS: Final = ("teal", "blue", "purple", "cyan", "indigo", "pink")

# Sorted by what runs out first, which no card does by itself.
_RUNS_OUT_FIRST: Final = """\
{%- set ns = namespace(rows=[]) -%}
{%- for id in integration_entities('DOMAIN') if '_runs_out' in id and has_value(id) -%}
  {%- set name = device_attr(id, 'name_by_user') or device_attr(id, 'name') -%}
  {%- set until = as_datetime(states(id)) -%}
  {%- set rate = states(id | replace('_runs_out', '_burn_rate'), True, True) -%}
  {%- set ns.rows = ns.rows + [{'name': name, 'until': until, 'rate': rate}] -%}
{%- endfor -%}
<table width="100%">
<tr><th align="left">Account</th><th align="right">Burn rate</th><th align="right">Lasts</th></tr>
{% for row in ns.rows | sort(attribute='until') -%}
{%- set hours = ((row.until - now()).total_seconds() / 3600) | int -%}
<tr><td>{{ row.name }}</td><td align="right">{{ row.rate }}</td><td align="right">\
{{ hours ~ ' hours' if hours < 48 else (hours // 24) ~ ' days' }}</td></tr>
{% endfor %}
</table>"""


def dashboard(view: View) -> Card:
    """Return the configuration of the dashboard."""
    accounts, states = view.accounts, view.states
    return {
        "views": [
            {
                "title": TITLE,
                "path": "overview",
                "icon": ICON,
                "type": "sections",
                "max_columns": 2,
                "badges": [*_badges(accounts)],
                "sections": [
                    _left(accounts),
                    _runs_out(),
                    *_spend(accounts, states),
                    _activity(accounts),
                    _limits(accounts, states),
                ],
            }
        ]
    }


def _badges(accounts: Sequence[Watched]) -> Iterator[Card]:
    """Yield a badge for each alert, which is there only while it holds."""
    for account in accounts:
        for key, color in (("low_balance", "red"), ("running_out", "amber")):
            entity_id = account.entities[key]
            yield {
                "type": "entity",
                "entity": entity_id,
                "name": [{"type": "device"}, {"type": "entity"}],
                "show_state": False,
                "show_name": True,
                "color": color,
                "visibility": [_is(entity_id, "on")],
            }


def _left(accounts: Sequence[Watched]) -> Card:
    """Return what is left of each balance, in the colour of the worst alert."""
    cards = [_heading("Left to spend", ICON)]
    for account in accounts:
        low, running_out = account.entities["low_balance"], account.entities["running_out"]
        for key in account.balances:
            balance = account.entities[key]
            cards += [
                _tile(balance, "red", _is(low, "on")),
                _tile(balance, "amber", _is(low, "off"), _is(running_out, "on")),
                _tile(balance, "green", _is(low, "off"), _is(running_out, "off")),
            ]
    cards.append({"type": "repairs", "hide_empty": True, "grid_options": {"columns": 12}})
    return _section(cards)


def _runs_out() -> Card:
    """Return a list of the accounts by when they run out."""
    content = _RUNS_OUT_FIRST.replace("DOMAIN", DOMAIN)
    return _section(
        [
            _heading("Runs out first", "mdi:calendar-alert"),
            {"type": "markdown", "content": content},
        ]
    )


def _spend(accounts: Sequence[Watched], states: States) -> Iterator[Card]:
    """Yield what is spent a day: a graph for each unit, every account in a colour of its own."""
    graphs: dict[str, list[Card]] = {}
    for account, color in zip(accounts, _COLORS, strict=False):
        for key in account.balances:
            spent = account.figure("spent", key)
            unit = states[spent]["attributes"]["unit_of_measurement"]
            bars = graphs.setdefault(unit, [])
            bars.append({"entity": spent, "name": _BY_DEVICE, "color": color})
    for unit, bars in graphs.items():
        graph = {
            "type": "statistics-graph",
            "chart_type": "bar-stack",
            "period": "day",
            "stat_types": ["change"],
            "days_to_show": DAYS_SHOWN,
            "entities": bars,
            "grid_options": {"columns": 12, "rows": 5},
        }
        yield _section([_heading(f"Spend per day in {unit}", "mdi:chart-bar"), graph])


def _activity(accounts: Sequence[Watched]) -> Card:
    """Return what has happened lately."""
    logbook = {
        "type": "logbook",
        "target": {"entity_id": [account.entities[ACTIVITY] for account in accounts]},
        "hours_to_show": 24 * 7,
        "name_detail": "device",
        "grid_options": {"columns": 12, "rows": 4},
    }
    return _section([_heading("Recent activity", "mdi:bell-outline"), logbook])


def _limits(accounts: Sequence[Watched], states: States) -> Card:
    """Return when to be warned, and whether at all, to be set right here."""
    cards = [_heading("Warn me below", "mdi:gauge-low")]
    cards += [
        {
            "type": "tile",
            "entity": account.entities["low_balance_threshold"],
            "name": _BY_DEVICE,
            "grid_options": {"columns": 6},
        }
        for account in accounts
    ]
    cards += [
        {
            "type": "tile",
            "entity": entity_id,
            "features": [{"type": "toggle"}],
            "features_position": "inline",
            "grid_options": {"columns": 12},
        }
        for entity_id in states
        if entity_id.startswith("automation.")
    ]
    return _section(cards)


def _heading(text: str, icon: str) -> Card:
    return {"type": "heading", "heading": text, "icon": icon}


def _section(cards: list[Card]) -> Card:
    return {"type": "grid", "cards": cards}


def _tile(entity_id: str, color: str, *conditions: Card) -> Card:
    return {
        "type": "tile",
        "entity": entity_id,
        "name": _BY_DEVICE,
        "color": color,
        "visibility": list(conditions),
        "grid_options": {"columns": 6},
    }


def _is(entity_id: str, state: str) -> Card:
    return {"condition": "state", "entity": entity_id, "state": state}
