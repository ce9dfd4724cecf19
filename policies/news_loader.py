"""From news files to the pool, with every error of every file and its place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from policies.composing import read_yaml
from policies.explaining import validated
from policies.findings import Finding, Severity, did_you_mean
from policies.loader import digest_of
from policies.news import UNWRITTEN, NewsItem, NewsPool, NewsText, cycles_of_needs, news_classes
from policies.reading import Document, Place, read_text_file
from policies.schema.news import FrontMatter, VariantMatter
from policies.variables import template_use

_NAME = re.compile(r"(\w[\w-]{0,63})(?:\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))?")
_FENCE = "---"


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewsFile:
    """One file, read. `matter` is None when a finding says why."""

    path: Path
    item: str
    language: str
    matter: FrontMatter | VariantMatter | None = None
    text: NewsText | None = None
    findings: tuple[Finding, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)


def load_news(folder: Path) -> tuple[NewsPool, list[Finding]]:
    """Read all `.md` files of a folder. Items with an error are left out of the pool and named in its `broken`."""
    if not folder.is_dir():
        told = "there is no such folder; `touches init` makes it"
        return NewsPool(), [_error(folder, (1, 1), "not-found", told)]
    files = [_read(path) for path in sorted(folder.iterdir()) if _is_news(path)]
    findings = [finding for file in files for finding in file.findings]
    if not files:
        told = "no news here; write one as NAME.md, or let `touches news new` begin it"
        findings.append(Finding(str(folder), 1, 1, Severity.WARNING, "no-news", told))
    pool = _pool(files)
    return pool, sorted({*findings, *_orphans(files), *_wrong_links(pool)})


def _is_news(path: Path) -> bool:
    return path.suffix.lower() == ".md" and not path.name.startswith(".")


def _read(path: Path) -> _NewsFile:
    name = _NAME.fullmatch(path.stem)
    if name is None:
        told = f'"{path.stem}" is no name for news (write NAME.md or NAME.LANG.md, e.g. autumn-hours.fi.md)'
        return _NewsFile(path=path, item="", language="", findings=(_error(path, (1, 1), "bad-news-name", told),))
    empty = _NewsFile(path=path, item=name[1], language=(name[2] or "").casefold())
    file = read_text_file(path)
    if file.finding is not None:
        return replace(empty, findings=(file.finding,))
    return _parsed(empty, file.text.replace("\r\n", "\n"))


def _parsed(file: _NewsFile, text: str) -> _NewsFile:
    lines = text.split("\n")
    ends = [index for index, line in enumerate(lines) if line.rstrip() == _FENCE]
    if len(ends) < 2 or ends[0] != 0:
        told = 'no front matter; begin with a line "---", then kind: and headline:, then another "---"'
        return replace(file, findings=(_error(file.path, (1, 1), "no-front-matter", told),))
    body = "\n".join(lines[ends[1] + 1 :])
    first_line = ends[1] + 2 + len(body) - len(body.lstrip("\n"))
    body = body.strip("\n") + "\n" if body.strip() else ""
    document = read_yaml("\n".join(lines[1 : ends[1]]), file=str(file.path), first_line=2)
    document.data = {} if document.data is None and not document.findings else document.data
    matter, findings = _matter(document, file)
    findings += _faults_of_body(file.path, body, first_line)
    if matter is None:
        return replace(file, findings=tuple(findings))
    findings += _faults_of_lines(file.path, matter, document)
    wording = _wording(file, matter, body=body, first_line=first_line, text=text)
    places = {str(path[0]): place for path, place in document.values.items() if len(path) == 1}
    taken = None if findings else matter
    return replace(file, matter=taken, text=wording, findings=tuple(findings), places=places)


def _matter(document: Document, file: _NewsFile) -> tuple[FrontMatter | VariantMatter | None, list[Finding]]:
    if file.language:
        return validated(VariantMatter, document, file=str(file.path))
    return validated(FrontMatter, document, file=str(file.path))


def _wording(
    file: _NewsFile, matter: FrontMatter | VariantMatter, *, body: str, first_line: int, text: str
) -> NewsText:
    return NewsText(
        language=file.language,
        headline=matter.headline,
        subject=matter.subject or matter.headline,
        body=body,
        path=str(file.path),
        digest=digest_of(text),
        body_line=first_line,
        changed_at=file.path.stat().st_mtime if file.path.exists() else 0.0,
    )


def _faults_of_body(path: Path, body: str, first_line: int) -> Iterator[Finding]:
    if not body:
        yield _error(path, (first_line, 1), "empty-news", "no text below the second ---; write what is new")
    if body.strip() == UNWRITTEN:
        yield _error(path, (first_line, 1), "unwritten-news", "the text is still that of a new file; write what is new")
    for fault in template_use(body).faults:
        yield _error(path, (first_line + fault.line - 1, 1), fault.code, fault.message)


def _faults_of_lines(path: Path, matter: FrontMatter | VariantMatter, document: Document) -> Iterator[Finding]:
    if not matter.headline:
        yield _error(
            path, document.place(("headline",)), "empty-value", "headline: no value; write the news in one line"
        )
    for key, source in (("headline", matter.headline), ("subject", matter.subject)):
        for fault in template_use(source).faults:
            yield _error(path, document.place((key,)), fault.code, f"{key}: {fault.message}")


def _pool(files: Iterable[_NewsFile]) -> NewsPool:
    files = list(files)
    items = {file.item: _item(file, files) for file in files if isinstance(file.matter, FrontMatter)}
    broken = {file.item for file in files if file.item and not file.language} - set(items)
    places = {
        f"{file.item}:{key}": place
        for file in files
        if file.item in items and not file.language
        for key, place in file.places.items()
    }
    return NewsPool(items=items, places=places, broken=frozenset(broken))


def _item(file: _NewsFile, files: Iterable[_NewsFile]) -> NewsItem:
    matter = file.matter
    texts = {other.language: other.text for other in files if other.item == file.item and other.text and other.matter}
    given = {} if matter is None else {name: value for name, value in matter if name not in {"headline", "subject"}}
    return NewsItem(id=file.item, texts=texts, **given)


def _orphans(files: Iterable[_NewsFile]) -> Iterator[Finding]:
    files = list(files)
    originals = {file.item for file in files if not file.language}
    for file in files:
        if file.item and file.item not in originals:
            told = f'a translation without its original; write "{file.item}.md", which all other readers get'
            yield _error(file.path, (1, 1), "no-original", told)


def _wrong_links(pool: NewsPool) -> Iterator[Finding]:
    classes = news_classes(pool)
    for item in pool:
        yield from _unknown_links(item, pool)
        for other in item.differs_from:
            if other in pool.items and classes[other] == classes[item.id]:
                told = f'"{other}" is declared to differ and, by same_as, to be the same; delete one of the two'
                yield _error_at(pool, item, "differs_from", "same-and-different", told)
        for other in item.needs:
            if other != item.id and other in pool.items and classes[other] == classes[item.id]:
                told = f'needs "{other}", which is the same news by same_as: whoever was told it is never told this one'
                yield _error_at(pool, item, "needs", "needs-the-same", told)
    for cycle in cycles_of_needs(pool.items):
        circle = " → ".join((*cycle, cycle[0]))
        told = f"these items need each other, so none can ever be told: {circle}"
        yield _error_at(pool, pool.items[cycle[0]], "needs", "circular-needs", told)


def _unknown_links(item: NewsItem, pool: NewsPool) -> Iterator[Finding]:
    for key, others in (("same_as", item.same_as), ("differs_from", item.differs_from), ("needs", item.needs)):
        for other in others:
            if other == item.id and key != "needs":
                yield _error_at(pool, item, key, "unknown-news", f"{key}: the item names itself; delete it")
            elif other not in pool.items and other not in pool.broken:
                told = f'{key}: there is no news "{other}"{did_you_mean(other, pool.items)}'
                yield _error_at(pool, item, key, "unknown-news", told)


def _error_at(pool: NewsPool, item: NewsItem, key: str, code: str, told: str) -> Finding:
    return _error(Path(item.path), pool.place(item.id, key), code, told)


def _error(path: Path, place: Place, code: str, message: str) -> Finding:
    return Finding(str(path), place[0], place[1], Severity.ERROR, code, message)
