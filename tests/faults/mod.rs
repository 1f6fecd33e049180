//! What breaks round the programs, and what they make of it.

mod killed;
