"""From policy files to checked policies, with every error of every file and its place."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

from policies.composing import read_yaml
from policies.explaining import validated
from policies.findings import Finding, Severity
from policies.reading import Document, KeyPath, Place, path_text, read_text_file
from policies.schema import Policy

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPolicy:
    """One file. `policy` is None exactly when a finding is an error of reading.

    `places` maps `touches[3].channel`, and `step:ID` for each step, to line and column from 1. `digest`
    is the BLAKE2b of the text in hex, for telling whether a file has changed.
    """

    path: Path
    policy: Policy | None = None
    findings: tuple[Finding, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    digest: str = ""
    text: str = ""

    def place(self, *names: str) -> Place:
        """The place of the first of these names that the file has; (1, 1) for none."""
        return next((self.places[name] for name in names if name in self.places), (1, 1))


def load_policy(path: Path) -> LoadedPolicy:
    """Read one policy file. Never raises for what stands in the file, nor for a file that cannot be read."""
    file = read_text_file(path)
    if file.finding is not None:
        return LoadedPolicy(path=path, findings=(file.finding,))
    return load_policy_text(file.text, path=path)


def load_policy_text(text: str, *, path: Path) -> LoadedPolicy:
    """Read a policy from text; `path` is what findings call it."""
    document = read_yaml(text, file=str(path))
    policy, findings = validated(Policy, document, file=str(path))
    return LoadedPolicy(
        path=path,
        policy=policy,
        findings=tuple(findings),
        places=_places(document),
        digest=digest_of(text),
        text=text,
    )


def digest_of(text: str) -> str:
    """BLAKE2b of the text, 16 bytes in hex."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def load_policies(folder: Path) -> list[LoadedPolicy]:
    """Read all `.yaml` and `.yml` files of a folder, by name. An empty or missing folder is one finding."""
    paths = _policy_files(folder)
    if not paths:
        return [LoadedPolicy(path=folder, findings=(_nothing_found(folder),))]
    return _with_duplicates([load_policy(path) for path in paths])


def _policy_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    entries = sorted(folder.iterdir())
    return [path for path in entries if path.suffix.lower() in SUFFIXES and not path.name.startswith(".")]


def _nothing_found(folder: Path) -> Finding:
    if folder.is_dir():
        told = "no policy here; write one as NAME.yaml, or let `touches init` make the starter policies"
        return Finding(str(folder), 1, 1, Severity.WARNING, "no-policies", told)
    told = "there is no such folder; `touches init` makes it"
    return Finding(str(folder), 1, 1, Severity.ERROR, "not-found", told)


def _places(document: Document) -> dict[str, Place]:
    places = {path_text(path): place for path, place in document.values.items() if path}
    steps = document.data.get("touches") if isinstance(document.data, dict) else None
    for index, step in enumerate(steps if isinstance(steps, list) else []):
        if isinstance(step, dict) and isinstance(step.get("id"), str):
            path: KeyPath = ("touches", index, "id")
            places.setdefault(f"step:{step['id']}", document.place(path))
    return places


def _with_duplicates(loaded: Sequence[LoadedPolicy]) -> list[LoadedPolicy]:
    by_name = defaultdict(list)
    for one in loaded:
        if one.policy is not None:
            by_name[one.policy.policy].append(one)
    return [_with_duplicate(one, by_name) for one in loaded]


def _with_duplicate(one: LoadedPolicy, by_name: Mapping[str, Sequence[LoadedPolicy]]) -> LoadedPolicy:
    if one.policy is None:
        return one
    others = [other for other in by_name[one.policy.policy] if other is not one]
    return replace(one, findings=(*one.findings, *(_duplicate(one, other) for other in others)))


def _duplicate(one: LoadedPolicy, other: LoadedPolicy) -> Finding:
    line, column = one.place("policy")
    there = ":".join(map(str, (other.path, *other.place("policy"))))
    name = one.policy.policy if one.policy else ""
    told = f'the policy "{name}" also stands at {there}; rename one of them'
    return Finding(str(one.path), line, column, Severity.ERROR, "duplicate-policy", told)
