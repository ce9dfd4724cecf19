"""From an outgoing message to the pages of a letter, for the spool and for the fax."""

from channels.errors import UnsendableError
from channels.letter.content import letter_content, texts_of
from channels.letter.fonts import characters
from channels.letter.glyphs import refuse_unset
from channels.letter.typeset import Typesetter, page_count
from channels.protocol import Outgoing


class LetterComposer:
    """`home`, `form` and `max_pages` as in `LetterSettings`. CPU only; may be called from several threads."""

    def __init__(self, *, home: str, form: str, max_pages: int) -> None:
        self._home = home
        self._form = form
        self._max_pages = max_pages
        self._typesetter = Typesetter()

    def compose(self, outgoing: Outgoing) -> tuple[bytes, int]:
        """The PDF and its number of pages; the same input gives the same bytes.

        Raises UnsendableError: "no postal address", "address too long", "address too wide", "script cannot be
        set", "letter too long", "empty text", and what rendering raises.
        """
        content = letter_content(outgoing, home=self._home, form=self._form)
        refuse_unset(texts_of(content), characters())
        pdf = self._typesetter.pdf(content, outgoing.date)
        pages = page_count(pdf)
        if pages > self._max_pages:
            raise UnsendableError("letter too long", f"{pages} pages, at most {self._max_pages}")
        return pdf, pages
