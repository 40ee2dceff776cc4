"""Small real servers that speak an outside system's own protocol, for trials (MÔ PHỎNG), with faults to switch on."""
