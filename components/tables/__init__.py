"""Tables that a visitor brings: checked at the door, before anything else sees them."""
