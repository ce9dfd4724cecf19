"""A month of a small team's work, with everything that the dashboard shows: for looking at pages and judging them."""

from datetime import timedelta

from channels.recording import RecordingChannel
from channels.registry import channel_class
from tests.campaign import Campaign
from touches.care.complaint_clock import Harm
from touches.care.complaints import open_complaint
from touches.care.promises import add_promise
from touches.model.care import Activity, Interaction
from touches.model.states import TouchState
from touches.people.opt_out import opt_out
from touches.store.inbound import Arrival
from touches.store.touches import Move

POLICY = """
policy: new-lead
title: Seven touches to a decision
touches:
  - {id: welcome, day: 0, channel: email, news: any, ask: Reply with a time for a call.}
  - {id: hours, day: 2, channel: email, news: any, ask: Tell us which evening suits you.}
  - {id: case, day: 3, channel: email, news: any, ask: Read it and tell us what you think.}
  - {id: numbers, day: 5, channel: email, news: any, ask: Which of these matters to you?}
  - {id: visit, day: 8, channel: [sms, email], news: any, ask: Choose a day.}
  - {id: offer, day: 12, channel: email, news: any, ask: Say yes or tell us what is missing.}
  - {id: call, day: 14, channel: call, news: any, ask: Agree on a date.}
  - {id: seventh, day: 20, channel: email, news: any, ask: Decide by Friday.}
"""
WIN_BACK = """
policy: cafe-lapse
touches:
  - {id: ask-why, day: 0, channel: email, news: {kind: event}, ask: Tell us what was wrong.}
"""
NEWS = {
    "welcome-pack": "What happens in your first week with us, and whom to call when something is unclear.",
    "autumn-hours": "Support answers until ten in the evening from now on, on Saturdays as well.",
    "bakery-turku": "A bakery in Turku halved its complaints within a month of changing its opening hours.",
    "small-plan": "The small plan costs nineteen euros a month, and you can leave it any Friday.",
    "demo-days": "On Tuesdays and Thursdays we show the till in your own rooms, without a fee.",
    "new-structure": "Every customer has one person now who knows the whole story and decides.",
    "winter-school": "Three evenings in January teach how regular guests are won back.",
}
PEOPLE = (
    ("Aino", "Virtanen", "Kahvila Aalto"), ("Eero", "Mäkinen", "Leipomo Eero"), ("Liisa", "Korhonen", "Kahvila Helmi"),
    ("Mikko", "Nieminen", "Tori Oy"), ("Sofia", "Lindqvist", "Café Sofia"), ("Jan", "Krüger", "Backstube Krüger"),
    ("Maria", "Santos", "Panadería Santos"), ("Wei", "Chen", "Green Leaf Tea"), ("Olga", "Ivanova", "Pekarnya"),
    ("Noah", "O'Neill", "The Corner Cup"), ("Pia", "Hansen", "Kaffebar Pia"), ("Tuomas", "Laine", "Laine & Pojat"),
)  # fmt: skip
STRANGER = "<script>alert('x')</script> & \"friends\" 🎉"


def play(campaign: Campaign, *, leads: int = 36) -> None:
    """Enroll people over some days, let a month pass, and let all sorts of things happen."""
    campaign.use(email=RecordingChannel("email"), sms=RecordingChannel("sms"), call=channel_class("call")())
    campaign.publish(POLICY, WIN_BACK, news=NEWS)
    made: list[int] = []
    for day in range(24):
        for number in range(day * leads // 24, (day + 1) * leads // 24):
            made.append(_person(campaign, number))
            campaign.enroll(made[-1], policy="new-lead")
        campaign.pass_days(1, every=timedelta(hours=8))
        _buy(campaign, made, day)
    for lead_id in made[3:7]:
        campaign.enroll(lead_id, policy="cafe-lapse")
    campaign.tick()
    _trouble(campaign, made)
    _care(campaign, made)


def _person(campaign: Campaign, number: int) -> int:
    first, last, company = PEOPLE[number % len(PEOPLE)]
    if number == 5:
        first, last, company = STRANGER, "", STRANGER
    domain = ("gmail.test", "kahvila.test", "outlook.test", "posti.test")[number % 4]
    return campaign.lead(
        f"K-{1000 + number}",
        email=f"person{number}@{domain}",
        phone=f"+3584012345{number:02d}",
        first_name=first,
        last_name=last,
        company=f"{company} {number // len(PEOPLE) or ''}".strip(),
        segment=("cafe", "bakery")[number % 2],
        owner=("aino", "mikko", "sofia")[number % 3],
    )


def _buy(campaign: Campaign, made: list[int], day: int) -> None:
    if day % 3 == 2:
        now = campaign.clock.now()
        with campaign.store.write() as unit:
            buyer = made[(day * 2) % len(made)]
            unit.activities.add([Activity(lead_id=buyer, kind="purchase", at=now, source="shop")])


def _trouble(campaign: Campaign, made: list[int]) -> None:
    now = campaign.clock.now()
    with campaign.store.write() as unit:
        waiting = unit.touches.in_states([TouchState.PLANNED, TouchState.READY], kind="touch", limit=12)
        for touch, state, reason in zip(
            waiting,
            (TouchState.QUARANTINED, TouchState.QUARANTINED),
            ("the template has no value for “city”", "the address cannot be written in a header"),
            strict=False,
        ):
            unit.touches.move([Move(touch_id=touch.id, old=touch.state, new=state, values={"reason": reason})])
        sent = unit.touches.in_states([TouchState.SENT], kind="touch", limit=12)
        mails = [touch for touch in sent if touch.channel == "email"]
        for touch in mails[2:5]:
            values = {"reason": "550 5.1.1 no such user <b>here</b>", "finished_at": now}
            unit.touches.move([Move(touch_id=touch.id, old=touch.state, new=TouchState.BOUNCED, values=values)])
        for touch in waiting[2:4]:
            steps = (TouchState.CLAIMED, TouchState.PREPARED, TouchState.COMMITTING, TouchState.IN_DOUBT)
            old = touch.state
            for new in steps:
                owner = "" if new is TouchState.IN_DOUBT else "gone:1:1"
                lease = "" if old in (TouchState.PLANNED, TouchState.READY) else "gone:1:1"
                values = {"lease_owner": owner, "reason": "the connection broke after the last byte", "claimed_at": now}
                unit.touches.move([Move(touch_id=touch.id, old=old, new=new, lease=lease, values=values)])
                old = new
        unit.inbound.add(
            Arrival(
                source="mail",
                source_id="<1@somewhere.test>",
                kind="unmatched",
                because="nobody known",
                sender="info@kahvila.test",
                subject=f"Re: opening hours {STRANGER}",
                body="Hello, this came to our shared mailbox.\nWho is it for?",
                at=now,
                received_at=now,
                handled="to review: nobody known",
            )
        )
        unit.inbound.add(
            Arrival(
                source="mail",
                source_id="<2@somewhere.test>",
                kind="human_reply",
                because="our signed mark in its address",
                sender="person7@posti.test",
                subject="Re: About small-plan",
                body=f"Sounds good, but does it work with two tills? {STRANGER}",
                at=now - timedelta(hours=20),
                received_at=now,
                lead_id=made[7],
                handled="opened a conversation",
            )
        )
        opt_out(unit, campaign.office.signer, made[9], "email", "mail", at=now)


def _care(campaign: Campaign, made: list[int]) -> None:
    office = campaign.office
    start = campaign.clock.now()
    with campaign.store.write() as unit:
        people = unit.leads.by_ids(made)
        office.library.refresh(unit)
        open_complaint(
            unit, office, people[made[1]], "The till stood still all Saturday and nobody answered.", actor="aino",
            harm=Harm.HIGH,
        )  # fmt: skip
        add_promise(
            unit, office, people[made[7]], "Answer about two tills at one counter", by=start + timedelta(hours=9),
            actor="mikko",
        )  # fmt: skip
        add_promise(
            unit, office, people[made[2]], "Send the offer with the winter price", by=start + timedelta(days=9),
            actor="sofia",
        )  # fmt: skip
        note = Interaction(
            lead_id=made[7],
            at=start,
            who="mikko",
            channel="call",
            direction="out",
            minutes=14,
            said="They want to know about two tills before they decide.",
            told="The small plan and what it costs.",
            agreed="We call back on Friday at ten.",
            outcome="reached",
        )
        unit.interactions.add(note, digest=lambda text: office.signer.digest("interaction", text))
    campaign.pass_days(4, every=timedelta(hours=12))
    with campaign.store.write() as unit:
        people = unit.leads.by_ids(made)
        open_complaint(
            unit,
            office,
            people[made[4]],
            f"Two letters came to the wrong shop. {STRANGER}",
            actor="lead",
            harm=Harm.LOW,
        )
