"""What is played: the published policies and news, or files that are not published yet."""

from pathlib import Path

from policies.loader import LoadedPolicy
from policies.news import NewsPool, news_classes
from touches.engine.library import Library, pool_of, worth_of
from touches.errors import FindingsError
from touches.store.catalog import PublishedNews
from touches.store.units import Unit
from touches.time.instants import at_second


class Script(Library):
    """A library in which files may take the place of what is published; `drafts` are their policies by name."""

    def __init__(self, unit: Unit, language: str = "en") -> None:
        """`language` is that of news without one in its file name."""
        super().__init__(language)
        self.refresh(unit)
        self._catalog = unit.catalog
        self._published = unit.catalog.news()
        self._worth = worth_of(unit)
        self.drafts: dict[str, int] = {}

    def take_policy(self, loaded: LoadedPolicy) -> str:
        """Play this file instead of the published version; its name. FindingsError when it has errors."""
        if loaded.policy is None:
            raise FindingsError("The policy cannot be played.", [str(finding) for finding in loaded.findings])
        name = loaded.policy.policy
        number = max((version.number for version in self._catalog.history(name)), default=0) + 1
        places = {key: list(place) for key, place in loaded.places.items()}
        self._versions[name, number] = (loaded.policy, {**places, "file": str(loaded.path)})
        self._current = {**self._current, name: number}
        self.drafts[name] = number
        return name

    def take_news(self, pool: NewsPool) -> None:
        """Let news files stand beside and instead of what is published."""
        published = {name: row for name, row in self._published.items() if name not in pool.items}
        classes = news_classes(pool)
        drafts = {
            item.id: PublishedNews(
                id=item.id,
                news_class=classes[item.id],
                document=item.model_dump_json(by_alias=True),
                digest="",
                author="",
                published_at=self._published[item.id].published_at if item.id in self._published else at_second(0),
            )
            for item in pool
        }
        self.pool = pool_of({**published, **drafts}, "drafts", self.language, self._worth)


def script_of(unit: Unit, *, policy: str, policies: Path, news: Path, language: str = "en") -> tuple[Script, str]:
    """The script, and the name of the one policy that leads enter ("" for all by their triggers).

    `policy` is a file or the name of a published policy. Where nothing is published, the workspace's files are played.
    """
    from policies.loader import load_policies, load_policy
    from policies.news_loader import load_news

    script = Script(unit, language)
    entered = ""
    if policy and policy in script.current:
        entered = policy
    elif policy:
        entered = script.take_policy(load_policy(Path(policy)))
    elif not script.current:
        for loaded in load_policies(policies):
            script.take_policy(loaded)
    if script.drafts:
        script.take_news(load_news(news)[0])
    return script, entered
