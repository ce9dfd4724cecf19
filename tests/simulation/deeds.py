"""What people do, each deed by the use case that its command, page or mailbox calls, in a transaction of its own."""

from collections.abc import Callable, Mapping

from tests.simulation.acting import BY, Acting
from tests.simulation.desk_deeds import DeskDeeds
from tests.simulation.lead_deeds import LeadDeeds
from tests.simulation.nature import Deed
from tests.simulation.ways_back import WaysBack
from tests.simulation.world import World
from touches.engine.outbox import resolve_by_hand
from touches.errors import TouchesError
from touches.model.states import TouchState
from touches.tokens import Purpose


class Deeds(Acting):
    """Carries deeds out; what a rule refuses is no deed."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        back, leads, desk = WaysBack(world), LeadDeeds(world), DeskDeeds(world)
        self._doing: Mapping[Deed, Callable[[], bool]] = {
            Deed.OPT_OUT: leads.opt_out,
            Deed.UNSUBSCRIBE: lambda: back.mail(back.answers.click),
            Deed.STOP_SMS: back.stop_sms,
            Deed.OPT_IN: leads.opt_in,
            Deed.REPLY: lambda: back.mail(back.answers.reply),
            Deed.ANSWER: desk.answer,
            Deed.AWAY: lambda: back.mail(back.answers.away),
            Deed.PURCHASE: leads.purchase,
            Deed.BOUNCE: back.bounce,
            Deed.SPAM: lambda: back.report(back.answers.complaint),
            Deed.COMPLAINT: leads.complain,
            Deed.SOLVE: leads.solve,
            Deed.MERGE: leads.merge,
            Deed.ERASE: leads.erase,
            Deed.PUBLISH: desk.publish,
            Deed.WITHDRAW: desk.withdraw,
            Deed.NEWS: desk.news,
            Deed.PAUSE_ALL: lambda: desk.switch("paused", "stop everything"),
            Deed.GO_ON: lambda: desk.switch("paused", ""),
            Deed.RELEASE: desk.release,
            Deed.PAUSE_ONE: leads.pause_one,
            Deed.RESUME_ONE: leads.resume_one,
            Deed.STOP_ONE: leads.stop_one,
            Deed.RETURN: back.return_letter,
            Deed.CALLS: desk.calls,
            Deed.RESOLVE: self._resolve,
            Deed.PROMISE: desk.promise,
            Deed.NEWCOMER: leads.newcomer,
            Deed.TELL: leads.tell,
        }

    def look_around(self) -> None:
        """Everybody does what they want now."""
        for deed in Deed:
            if self._world.nature.wants(deed):
                self.do(deed)

    def some(self) -> None:
        """One deed of somebody, in the middle of the engine's work."""
        wanted = sorted(self._world.nature.wanted - {Deed.GO_ON})
        self.do(self._world.dice.choice(wanted))

    def do(self, deed: Deed) -> None:
        """Do it now."""
        try:
            done = self._doing[deed]()
        except TouchesError as error:
            self._world.note(f"refused {deed}: {type(error).__name__}")
            return
        if done:
            self._world.nature.did(deed)
            self._world.note(f"did {deed}")

    def _resolve(self) -> bool:
        """Somebody rings the other side up and hears what is true."""
        with self._office.store.write() as unit:
            doubts = unit.touches.in_states([TouchState.IN_DOUBT])
            if not doubts:
                return False
            touch = self._world.dice.choice(doubts)
            key = self._office.signer.token(Purpose.TOUCH, touch.id)
            arrived = any(one.key == key for one in self._world.network.taken)
            now = self._world.clock.now()
            resolve_by_hand(unit, [touch.id], arrived=arrived, because="asked", actor=BY, at=now)
        return True
