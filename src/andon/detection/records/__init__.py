"""Files and streams in, batches of posts out: opening, splitting, and the scan that does not parse."""
