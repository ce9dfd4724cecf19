"""The way back: bytes that came in (mail, SMS, callbacks) become values. Matching them is the engine's."""
