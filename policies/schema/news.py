"""The front matter of a piece of news, and the piece itself as it is stored when published."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from policies.schema.conditions import Conditions, all_match
from policies.schema.fields import DatesText, Flag, Identifier, PolicyModel, Text


def _one_or_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Ids = Annotated[tuple[Identifier, ...], BeforeValidator(_one_or_list)]
Concerns = Annotated[tuple[Text, ...], BeforeValidator(_one_or_list)]


class FrontMatter(PolicyModel):
    """What stands between the two `---` lines of `NAME.md`."""

    kind: Identifier
    """What sort of news it is: one of `[news] kinds` in `touches.toml`."""
    headline: Text
    """The news in one line."""
    subject: Text = ""
    """Subject line of a mail, a letter or a fax; the headline by default."""
    for_: Conditions = Field(default=(), alias="for")
    """Whom it concerns, e.g. `{segment: [cafe], country: FI}`; everybody by default."""
    valid: DatesText | None = None
    """The days on which it may be told, e.g. `2026-11-01..2027-01-31`; always by default."""
    same_as: Ids = ()
    """Items that say the same in other words: whoever was told one was told all."""
    differs_from: Ids = ()
    """Items that look alike and are not the same."""
    needs: Ids = ()
    """Items that a lead must have been told before."""
    answers: Concerns = ()
    """Concerns of leads that it meets, e.g. `[price]`."""
    urgent: Flag = False
    """true: makes one touch outside the cadence for those whom it concerns."""
    pinned: Flag = False
    """true: taken before all others that would fit."""


class VariantMatter(PolicyModel):
    """What stands between the two `---` lines of `NAME.LANG.md`: all else is the original's to say."""

    headline: Text
    """The news in one line, in this language."""
    subject: Text = ""
    """Subject line in this language; the headline by default."""


class NewsText(PolicyModel):
    """One language of a piece of news. `language` is empty for the original; `body_line` counts from 1."""

    language: str
    headline: str
    subject: str
    body: str
    path: str
    digest: str
    body_line: int
    changed_at: float = 0.0  # of the file, seconds since 1970 UTC; 0 when unknown


class NewsItem(PolicyModel):
    """One piece of news in all its languages. `texts` always holds the original under ""."""

    id: str
    kind: str
    texts: dict[str, NewsText]
    for_: Conditions = Field(default=(), alias="for")
    valid: DatesText | None = None
    same_as: tuple[str, ...] = ()
    differs_from: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    urgent: bool = False
    pinned: bool = False

    @property
    def original(self) -> NewsText:
        """The text of `NAME.md`."""
        return self.texts[""]

    @property
    def headline(self) -> str:
        """Of the original."""
        return self.original.headline

    @property
    def body(self) -> str:
        """Of the original: Markdown, with Jinja2."""
        return self.original.body

    @property
    def path(self) -> str:
        """Of the original's file."""
        return self.original.path

    def text_for(self, language: str) -> NewsText:
        """The text for a reader: of the language, of its base (`pt` for `pt-BR`), else the original."""
        wanted = language.casefold()
        for code in (wanted, wanted.partition("-")[0]):
            if code and code in self.texts:
                return self.texts[code]
        return self.original

    def concerns(self, facts: Mapping[str, object]) -> bool:
        """Whether it is for a lead of whom these facts are known."""
        return all_match(self.for_, facts)

    def has_ended(self, day: date) -> bool:
        """Whether its last day lies before that day."""
        return self.valid is not None and self.valid.is_before(day)
