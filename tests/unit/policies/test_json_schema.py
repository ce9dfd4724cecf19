import json
from collections.abc import Iterator
from typing import Any

from policies.json_schema import front_matter_schema, policy_schema
from policies.schema import Policy
from policies.schema.news import FrontMatter


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


def test_the_schema_has_every_key_as_files_write_it_with_a_description() -> None:
    for schema, model in ((policy_schema(), Policy), (front_matter_schema(), FrontMatter)):
        names = {field.alias or name for name, field in model.model_fields.items()}
        assert set(schema["properties"]) == names
        assert all(schema["properties"][name].get("description") for name in names)


def test_the_schema_is_json_and_all_its_references_lead_somewhere() -> None:
    schema = json.loads(json.dumps(policy_schema()))
    references = [one["$ref"] for one in objects(schema) if "$ref" in one]
    assert references
    assert all(reference.removeprefix("#/$defs/") in schema["$defs"] for reference in references)


def test_unknown_keys_are_refused_everywhere() -> None:
    models = [one for one in objects(policy_schema()) if "properties" in one]
    assert len(models) > 10
    assert all(one.get("additionalProperties") is False for one in models)


def test_nothing_may_be_empty() -> None:
    assert not [one for one in objects(policy_schema()) if one.get("type") == "null"]


def test_short_forms_are_allowed() -> None:
    schema = policy_schema()
    assert {"const": "any"} in schema["properties"]["hours"]["additionalProperties"]["anyOf"]
    assert {"type": "string"} in schema["$defs"]["NewsSpec"]["anyOf"]
    assert {"type": "integer"} in schema["$defs"]["Variant"]["anyOf"]
