"""What a number is here: a value with its n and interval, or the reason there is none."""
