"""Posts, assessments and campaigns as stored."""
