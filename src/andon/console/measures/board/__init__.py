"""What waits for whom; many measures of one decision."""
