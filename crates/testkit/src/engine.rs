//! One test body, two engines.

/// The engine on which a test runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A server.
    PostgreSql,
}

/// What a test of both engines may ask for: something that can be made on each.
pub trait OnEngine {
    /// Makes it.
    fn on(engine: Engine) -> Self;
}

impl OnEngine for Engine {
    fn on(engine: Engine) -> Self {
        engine
    }
}

/// Makes two tests of each body, `name::sqlite` and `name::postgresql`:
///
/// ```ignore
/// testkit::on_both_engines! {
///     async fn an_unknown_project_has_no_scope(test: TestDatabase) {
///         assert!(test.database().check_session(&nobody()).await.is_ok());
///     }
/// }
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$attribute:meta])* async fn $name:ident($made:ident: $type:ty) $body:block)+) => {$(
        $(#[$attribute])*
        mod $name {
            use super::*;

            async fn body($made: $type) $body

            #[test]
            fn sqlite() {
                $crate::engine::run(body, $crate::Engine::Sqlite);
            }

            #[test]
            fn postgresql() {
                $crate::engine::run(body, $crate::Engine::PostgreSql);
            }
        }
    )+};
}

/// Runs a body on a runtime of its own, what it asks for having been made before.
///
/// # Panics
/// When the body does, or there is no runtime to be had.
pub fn run<T: OnEngine, F: Future<Output = ()>>(body: impl FnOnce(T) -> F, engine: Engine) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(body(T::on(engine)));
}
