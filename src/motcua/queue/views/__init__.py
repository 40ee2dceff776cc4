"""Pages of the queue: devices in the hall, the phone of whoever waits, figures and devices for who keeps them."""
