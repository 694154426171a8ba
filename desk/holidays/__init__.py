"""The days on which the office is closed, and declaring one more."""
