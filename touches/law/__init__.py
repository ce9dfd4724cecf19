"""What countries ask of hours, consent and do-not-call registers: dated data, a pure gate. No legal
advice."""
