//! Programs that must not compile stand in `cases/`; the test `boundaries::compile_fail` asks the
//! compiler for the reason of each. They depend on what the public portal depends on.
