//! Everything that SLMM answers staff.
#![no_main]

fuzz::for_meter!(slmm_operator::properties::answers);
