"""JSON Schema of a policy file, for editors: completion, descriptions and red lines while one types."""

from typing import Any

from policies.schema import Policy
from policies.schema.news import FrontMatter

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def policy_schema() -> dict[str, Any]:
    """The schema of a policy file. What it refuses `touches check` refuses too; `check` knows more."""
    return _titled(Policy.model_json_schema(), "A policy of Touches")


def front_matter_schema() -> dict[str, Any]:
    """The schema of the front matter of a news file."""
    return _titled(FrontMatter.model_json_schema(), "Front matter of a piece of news for Touches")


def _titled(schema: dict[str, Any], title: str) -> dict[str, Any]:
    return {"$schema": DIALECT, **_hours_without_defaults(schema), "title": title}


def _hours_without_defaults(schema: dict[str, Any]) -> dict[str, Any]:
    """Channels may be left out of `hours`, and a channel may be `any`."""
    hours = schema.get("properties", {}).get("hours")
    if hours is not None:
        hours["additionalProperties"] = {"anyOf": [{"const": "any"}, {"$ref": "#/$defs/Window"}]}
    return schema
