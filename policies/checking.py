"""One look at all files of a workspace: what `touches check` shows."""

from dataclasses import replace
from pathlib import Path

from policies.findings import Finding
from policies.linter import LintContext, lint, lint_news
from policies.loader import load_policies
from policies.news_loader import load_news


def check_files(policy_folder: Path, news_folder: Path, context: LintContext | None = None) -> list[Finding]:
    """All findings of all files, sorted by place. The pool of the context is the one that is read here."""
    policies = load_policies(policy_folder)
    pool, findings = load_news(news_folder)
    known = replace(context or LintContext(), pool=pool)
    read = [finding for one in policies for finding in one.findings]
    return sorted({*read, *findings, *lint(policies, known), *lint_news(pool, known)})
