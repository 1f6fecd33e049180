//! A live frame of SLMM.
#![no_main]

fuzz::for_meter!(slmm::properties::frame);
