"""The sections of `touches.toml`, one class each; the texts of the keys are the settings reference."""

from typing import Annotated, Literal

from pydantic import Field

from touches.settings.fields import (
    LISTED,
    Bytes,
    Connections,
    Count,
    Country,
    DatabaseUrl,
    Day,
    Elapsed,
    Host,
    InDoubt,
    LanguageTag,
    LikenessBy,
    Line,
    ListeningAddress,
    Mailbox,
    MailboxOrEmpty,
    Name,
    OneLine,
    Parts,
    Port,
    PostDays,
    Section,
    Security,
    Span,
    Text,
    WarmUp,
    WebAddress,
    WebAddressOrEmpty,
    Zone,
    key,
    required,
)


class WorkspaceSection(Section):
    """`[workspace]`"""

    name: Name = required("Whose workspace it is; shown in reports and on the web pages.")
    database: DatabaseUrl = key(
        "sqlite:///touches.db",
        "A SQLite file or `postgresql+psycopg://…`; `TOUCHES_DATABASE` overrides it.",
    )
    timezone: Zone = required("The zone of leads without one, and of `[schedule]`.")
    country: Country = required("Two letters; phone numbers and holidays of leads without a country go by it.")


class SenderSection(Section):
    """`[sender]`"""

    name: Name = required("The name in `From`.")
    email: Mailbox = required("The address in `From`.")
    postal_address: Text = required("Stands in the footer of every mail and on every letter.")
    reply_to: MailboxOrEmpty = key("", "Where answers go, if not to `email`.")
    phone: OneLine = key("", "Printed on letters and in call scripts.")


class EmailSection(Section):
    """`[channels.email]`: without it no mail leaves."""

    host: Host = key("localhost", "The mail server that takes our mail.")
    port: Port = key(25, "Its port.")
    security: Security = key("starttls", "`none`, `starttls` or `tls`.")
    username: OneLine = key("", "For servers that ask; empty: no login.")
    password_file: OneLine = key("", "A file with the password, or set `TOUCHES_EMAIL_PASSWORD`.")
    ca_file: OneLine = key("", "A PEM file of further authorities, for a server with a certificate of your own.")
    verify: bool | None = key(
        None, "Whether the server's certificate must be right. Without it: yes, but not for a server on this machine."
    )
    connections: Connections = key(8, "How many connections are kept at once.")
    per_minute: Count = key(0, "Mails a minute; 0 = no limit of ours.")
    per_day: Count = key(0, "Mails a day; 0 = no limit of ours.")
    in_doubt: InDoubt = key("hold", "When nobody knows whether it left: `hold`, `assume_sent` or `resend`.")
    log: OneLine = key(
        "", "The log of a Postfix on this machine, as `/var/log/mail.log`: what it proves settles doubts."
    )


class SmsSection(Section):
    """`[channels.sms]`: without it no SMS leaves."""

    provider: Literal["twilio", "kannel"] = required("`twilio` or `kannel`.")
    url: WebAddressOrEmpty = key("", "Instead of the provider's own address.")
    account: OneLine = key("", "The account or user name at the provider.")
    password_file: OneLine = key("", "A file with the password or token, or set `TOUCHES_SMS_PASSWORD`.")
    sender: OneLine = key("", "The number or name that it comes from.")
    messaging_service: OneLine = key("", "Twilio's SID of a messaging service, which chooses the number instead.")
    max_parts: Parts = key(6, "The most parts that one SMS may have; a longer one is not sent.")
    opt_out: dict[LanguageTag, Name] = key(
        {}, 'How to opt out, by language, as `{sv = "Avsluta: svara STOP"}`; `en` is the last resort.'
    )
    per_minute: Count = key(0, "Messages a minute; 0 = no limit of ours.")
    per_day: Count = key(0, "Messages a day; 0 = no limit of ours.")
    in_doubt: InDoubt = key("hold", "When nobody knows whether it left: `hold`, `assume_sent` or `resend`.")


class LetterSection(Section):
    """`[channels.letter]`"""

    spool: Name = key("outbox/letters", "A folder: one PDF for each letter, and a manifest.")
    printer: OneLine = key("", "An IPP address (`ipp://host/ipp/print`) prints them; empty: somebody does.")
    printer_verify: bool = key(True, "Whether an `ipps` printer's certificate must be right; many have none.")
    form: Literal["auto", "din", "us"] = key(
        "auto", "The window: `din` (DIN 5008 B), `us` (No. 10); `auto` by the reader's country."
    )
    post_days: PostDays = key(2, "Days in the post; a letter counts on the day it arrives.")


class CallSection(Section):
    """`[channels.call]`"""

    per_day: Count = key(40, "Calls a day and owner; the surplus moves to the next open day.")


class FaxSection(Section):
    """`[channels.fax]`: without a gateway no fax leaves."""

    gateway: OneLine = key("", 'An address as "{number}@fax.example": the letter\'s PDF goes there by mail.')


class ChannelsSection(Section):
    """`[channels]`: how a touch leaves."""

    email: EmailSection | None = None
    sms: SmsSection | None = None
    letter: LetterSection = LetterSection()
    call: CallSection = CallSection()
    fax: FaxSection = FaxSection()


class OwnerSection(Section):
    """`[owners.NAME]`: a colleague whose leads these are."""

    name: Name = required("The full name, as customers see it.")
    email: Mailbox = required("Where tasks and digests go; also `Reply-To` of their touches.")
    phone: OneLine = key("", "Printed on their letters.")
    per_day: Count | None = key(None, "Calls a day, if not `[channels.call] per_day`.")
    absent: Annotated[tuple[Span, ...], LISTED] = key([], 'Days away, as "2027-07-01..2027-07-28".')


class DepartmentSection(Section):
    """`[departments.NAME]`: whom a promise may need."""

    email: Mailbox = required("Where their part of a promise is announced and reminded of.")


class PacingSection(Section):
    """`[pacing]`: all off unless set."""

    min_gap: Elapsed = key("0 hours", "The least time between two touches to one lead.")
    warm_up: WarmUp = key("", 'A ramp as "50 per day, doubling weekly"; never towards a smarthost\'s own queue.')


class CalendarSection(Section):
    """`[calendar]`"""

    closed: Annotated[tuple[Day, ...], LISTED] = key([], "Own days without business.")


class NewsSection(Section):
    """`[news]`"""

    held_for: Elapsed = key("7 days", "A touch held for longer becomes a task of the owner: find a reason.")
    kinds: Annotated[tuple[Name, ...], LISTED, Field(min_length=1)] = key(
        ["schedule", "structure", "case-study", "price", "event", "education", "product"],
        "The kinds that news may be of.",
    )
    likeness: LikenessBy = key(
        "stems",
        "How `check` and `log` find the same news in other words: by `stems`, or by meaning with `semantic`.",
    )
    language: Name = key("en", "The language of news without one in its file name: greetings and footers go by it.")


class AlertsSection(Section):
    """`[alerts]`"""

    to: Annotated[tuple[Mailbox, ...], LISTED] = key([], "Who is told when sending is in trouble.")


class MarketingSection(Section):
    """`[marketing]`"""

    digest_to: Annotated[tuple[Mailbox, ...], LISTED] = key([], "Who gets the weekly digest.")


class ComplaintsSection(Section):
    """`[complaints]`"""

    contact: OneLine = key("", "How a customer complains; stands in every footer and letter.")


class ScheduleSection(Section):
    """`[schedule]`: the daemon's jobs, in the workspace's zone."""

    email: Line = key("every 5 seconds", "Mails that are due.")
    sms: Line = key("every 5 seconds", "SMS that are due.")
    letter: Line = key("mon-fri 14:00", "The letter run.")
    calls: Line = key("mon-fri 06:30", "The day's lists.")
    inbound: Line = key("every 30 seconds", "What came back.")
    lapse: Line = key("daily 03:00", "Who has gone quiet.")
    digest: Line = key("mon 07:30", "The marketers' digest.")


class LawSection(Section):
    """`[law]`"""

    enforce: Annotated[tuple[Country, ...], LISTED] = key(
        [], "Countries whose consent and do-not-call rules refuse touches; elsewhere they warn."
    )


class DncSection(Section):
    """`[dnc.COUNTRY]`: a copy of that country's do-not-call register, for leads there."""

    snapshot: Name = required("A file with one number a line, with `+` or as dialled in that country.")
    date: Day = required("The day it was fetched; too old a list is no list.")


class LimitsSection(Section):
    """`[limits]`"""

    free_space: Bytes = key("200 MB", "Below it nothing is claimed; opt-outs are still stored.")
    ask_above: Count = key(1000, "Changes that touch more people than this need `--yes`.")


class ImapSection(Section):
    """`[inbound.imap]`: the mailbox that answers and bounces arrive in."""

    host: Host = key("localhost", "The IMAP server.")
    port: Port = key(993, "Its port.")
    security: Security = key("tls", "`none`, `starttls` or `tls`.")
    username: OneLine = key("", "The mailbox's login.")
    password_file: OneLine = key("", "A file with the password, or set `TOUCHES_INBOUND_PASSWORD`.")
    folder: Name = key("INBOX", "The folder that is read.")


class InboundSection(Section):
    """`[inbound]`: what comes back."""

    address: MailboxOrEmpty = key(
        "", "Bounces and opt-outs by mail come to `local+token@domain` of it; empty: the sender's address."
    )
    imap: ImapSection | None = None


class WebSection(Section):
    """`[web]`: without it mails carry a `mailto:` opt-out alone."""

    base_url: WebAddress = required("The address under which we are reached.")
    bind: ListeningAddress = key("127.0.0.1:8080", "Where `serve` listens.")
    callbacks: WebAddressOrEmpty = key("", "The address that providers call back to, if not `base_url`.")
