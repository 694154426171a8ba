"""Paper and pictures made from core's records."""
