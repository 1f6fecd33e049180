//! A trail of SLMM.
#![no_main]

fuzz::for_meter!(slmm::properties::history);
