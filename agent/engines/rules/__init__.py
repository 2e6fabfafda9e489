"""The rules engine: finds claims and weighs passages with word lists and arithmetic, no model and no key."""

from agent.engines.rules.engine import RulesEngine

__all__ = ["RulesEngine"]
