"""What is wrong here: one small function for each question, each answering with values. Changes nothing."""
