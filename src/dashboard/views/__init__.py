"""What a link means, and what its page holds."""
