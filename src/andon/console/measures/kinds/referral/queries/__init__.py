"""What the pages of referrals read; no function here writes."""
