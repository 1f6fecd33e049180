//! What SLMM says of a meter.
#![no_main]

fuzz::for_meter!(slmm::properties::status);
