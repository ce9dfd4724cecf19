"""JSON Schema of a policy file, for editors: completion, descriptions and red lines while one types."""

from collections.abc import Mapping
from typing import Any

from policies.meanings import described_models, meanings
from policies.schema import Policy
from policies.schema.fields import PolicyModel
from policies.schema.news import FrontMatter

_ONE_OR_SEVERAL = frozenset({"stop_on", "pause_on", "expect", "same_as", "differs_from", "needs", "answers"})
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def policy_schema() -> dict[str, Any]:
    """The schema of a policy file. What it refuses `touches check` refuses too; `check` knows more."""
    return _titled(Policy.model_json_schema(), "A policy of Touches")


def front_matter_schema() -> dict[str, Any]:
    """The schema of the front matter of a news file."""
    return _titled(FrontMatter.model_json_schema(), "Front matter of a piece of news for Touches")


def _titled(schema: dict[str, Any], title: str) -> dict[str, Any]:
    return {"$schema": DIALECT, **_cleaned(_with_short_forms(_described(schema, described_models()))), "title": title}


def _described(schema: Any, models: Mapping[str, type[PolicyModel]]) -> Any:
    """With what each key means. The title of an object is the name of its model."""
    if isinstance(schema, list):
        return [_described(one, models) for one in schema]
    if not isinstance(schema, dict):
        return schema
    described = {key: _described(value, models) for key, value in schema.items()}
    model = models.get(str(schema.get("title"))) if "properties" in schema else None
    told = meanings(model) if model is not None else {}
    for name in told.keys() & described.get("properties", {}).keys():
        described["properties"][name] = {**described["properties"][name], "description": told[name]}
    return described


def _with_short_forms(schema: dict[str, Any]) -> dict[str, Any]:
    """A channel's hours may be `any`, and one entry may stand for a list of one."""
    properties = schema["properties"]
    if "hours" in properties:
        properties["hours"]["additionalProperties"] = {"anyOf": [{"const": "any"}, {"$ref": "#/$defs/Window"}]}
    for name in _ONE_OR_SEVERAL & set(properties):
        described = properties[name]
        several = {"type": "array", "items": described["items"]}
        properties[name] = {"anyOf": [described["items"], several], "description": described["description"]}
    return schema


def _cleaned(schema: Any) -> Any:
    """Without what only the models need: empty values, which files may not have, and titles made from names."""
    if isinstance(schema, list):
        return [_cleaned(one) for one in schema if one != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if not _is_noise(key, value)}
    cleaned = {key: _cleaned(value) for key, value in kept.items()}
    choices = cleaned.get("anyOf", [])
    return {**choices[0], **_without(cleaned, "anyOf")} if len(choices) == 1 else cleaned


def _is_noise(key: str, value: Any) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value in (None, "", [], {}))


def _without(schema: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in schema.items() if name != key}
