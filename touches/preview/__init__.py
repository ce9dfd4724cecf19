"""What publishing would do to those inside, before it is done; and the move itself."""
