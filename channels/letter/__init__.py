"""Letters: composed as PDF for a window envelope, put into a spool, printed where a printer is set up."""
