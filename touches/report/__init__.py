"""The look back: what touches achieved, by which number, channel, news; promises, complaints; as tables and charts."""
