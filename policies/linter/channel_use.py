"""Rules on channels: variety, paper, and what is set up."""

from collections.abc import Iterator

from policies.findings import Finding
from policies.linter.audience import targeted_segments
from policies.linter.context import Case
from policies.schema import PREFERRED, Channel


def channel_three_times(case: Case) -> Iterator[Finding]:
    """The third step in a row that can only use one and the same channel."""
    run = 0
    previous: tuple[str, ...] = ()
    for index, step in enumerate(case.policy.touches):
        run = run + 1 if step.channel == previous and len(step.channel) == 1 else 1
        previous = step.channel
        if run == 3:
            told = (
                f'"{step.id}" is the third touch in a row by {step.channel[0]}; people take things in by different ways'
            )
            yield case.warning("channel-three-times", told, *case.step_place(index, "channel"))


def no_paper(case: Case) -> Iterator[Finding]:
    """Leads over 50 in a segment, and neither a letter nor a rule that would send one."""
    leads = case.context.leads
    offered = {name for step in case.policy.contacts for name in step.channel}
    offered |= {name for rule in case.policy.channel_rules for name in rule.use}
    if leads is None or offered & {Channel.LETTER, Channel.FAX}:
        return
    for segment in targeted_segments(case):
        over = leads.over_50.get(segment, 0)
        if over:
            of_whom = f'of "{segment}"' if segment else "without a segment"
            told = (
                f"{over} of {leads.segments.get(segment, over)} leads {of_whom} are over 50 and nothing comes on paper;"
                ' add a letter, or a channel rule: {when: {age: "> 50"}, use: letter}'
            )
            yield case.warning("no-paper", told, "channel_rules", "touches")


def channel_not_set_up(case: Case) -> Iterator[Finding]:
    """A step for which no channel is set up: it would be held."""
    ready = case.context.channels
    if ready is None:
        return
    for index, step in enumerate(case.policy.contacts):
        if PREFERRED not in step.channel and not ready & set(step.channel):
            names = " or ".join(step.channel)
            told = f'{names} is not set up in {case.context.settings_file}; the step "{step.id}" would be held'
            yield case.warning("channel-not-set-up", told, *case.step_place(index, "channel"))
