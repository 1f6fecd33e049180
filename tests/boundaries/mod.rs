//! The walls of the house: who may depend on whom, and what must not compile.

mod compile_fail;
mod crates;
mod fuzz;
mod routes;
mod sources;
mod vendor;
