"""Advice and refusals over policies and news that could be read: one small pure function for each rule."""

from policies.linter.context import STARTER_KINDS, LeadFacts, Likeness, LintContext
from policies.linter.running import NEWS_RULES, POLICY_RULES, lint, lint_news

__all__ = ["NEWS_RULES", "POLICY_RULES", "STARTER_KINDS", "LeadFacts", "Likeness", "LintContext", "lint", "lint_news"]
