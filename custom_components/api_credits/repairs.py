"""Repairs that a person makes right here: to say what is left."""

from typing import Any, override

import probatio

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.core import HomeAssistant
