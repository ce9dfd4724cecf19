"""All of `touches.toml` as one frozen value, with what depends on the folder and the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr

from touches.settings import sections
from touches.settings.fields import Country, Section
from touches.settings.secret import Secret, read_secret

PasswordOf = Literal["email", "sms", "inbound"]

PASSWORD_VARIABLES: Mapping[PasswordOf, str] = {
    "email": "TOUCHES_EMAIL_PASSWORD",
    "sms": "TOUCHES_SMS_PASSWORD",
    "inbound": "TOUCHES_INBOUND_PASSWORD",
}


class Settings(Section):
    """What the file says, checked. A section that is `None` is not set up: no such way out or in."""

    workspace: sections.WorkspaceSection
    sender: sections.SenderSection
    channels: sections.ChannelsSection = sections.ChannelsSection()
    owners: dict[str, sections.OwnerSection] = Field(default_factory=dict)
    departments: dict[str, sections.DepartmentSection] = Field(default_factory=dict)
    pacing: sections.PacingSection = sections.PacingSection()
    calendar: sections.CalendarSection = sections.CalendarSection()
    news: sections.NewsSection = sections.NewsSection()
    alerts: sections.AlertsSection = sections.AlertsSection()
    marketing: sections.MarketingSection = sections.MarketingSection()
    complaints: sections.ComplaintsSection = sections.ComplaintsSection()
    schedule: sections.ScheduleSection = sections.ScheduleSection()
    law: sections.LawSection = sections.LawSection()
    dnc: dict[Country, sections.DncSection] = Field(default_factory=dict)
    limits: sections.LimitsSection = sections.LimitsSection()
    inbound: sections.InboundSection = sections.InboundSection()
    web: sections.WebSection | None = None

    _root: Path = PrivateAttr(default=Path())
    _passwords: dict[str, Secret] = PrivateAttr(default_factory=dict)

    def model_post_init(self, context: Any) -> None:
        """`context` may hold `root` (the workspace's folder) and `environment`."""
        if context:
            self._root = context["root"]
            for section, variable in PASSWORD_VARIABLES.items():
                if text := context["environment"].get(variable, ""):
                    self._passwords[section] = Secret(text)

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        return ZoneInfo(self.workspace.timezone)

    @property
    def database_url(self) -> str:
        """The address for SQLAlchemy; a relative SQLite file is taken from the workspace's folder."""
        url = self.workspace.database
        if not url.startswith("sqlite:///"):
            return url
        file, mark, query = url.removeprefix("sqlite:///").partition("?")
        return f"sqlite:///{self.path(file)}{mark}{query}"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None where a server is used."""
        if not self.workspace.database.startswith("sqlite:///"):
            return None
        return self.path(self.workspace.database.removeprefix("sqlite:///").partition("?")[0])

    def path(self, text: str) -> Path:
        """A path of the settings; a relative one is taken from the workspace's folder."""
        return self._root / Path(text).expanduser()

    def password(self, of: PasswordOf) -> Secret:
        """From the environment, else from `password_file`, else empty.

        Read when asked for, so that people without access to the file can do everything that sends nothing.
        Raises SettingsError where the file cannot be read.
        """
        if of in self._passwords:
            return self._passwords[of]
        file = self.password_file(of)
        return read_secret(file, setting=f"[{_TABLES[of]}] password_file") if file else Secret("")

    def password_file(self, of: PasswordOf) -> Path | None:
        """Where the password lies, if the settings name a file."""
        section = {"email": self.channels.email, "sms": self.channels.sms, "inbound": self.inbound.imap}[of]
        return self.path(section.password_file) if section and section.password_file else None


_TABLES: Mapping[PasswordOf, str] = {
    "email": "channels.email",
    "sms": "channels.sms",
    "inbound": "inbound.imap",
}
