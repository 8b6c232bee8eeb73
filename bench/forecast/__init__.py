"""How well it is foreseen that a balance runs out, measured on drains that never were."""
