//! What everything is measured against.

use std::net::SocketAddr;
use std::sync::mpsc;

use actix_web::{App, HttpResponse, HttpServer, web};

use crate::routes::WORKERS;

/// The body of the bare answer, as long as an answer of the live route.
pub const BODY: &str = r#"{"location":{"id":"01a1fd87-c675-7142-82c2-d7a61d83877d","name":"North gate"},"state":"measuring","measuring_since":"2026-11-20T12:00:00Z","age_s":1.4,"remembered":false,"reading":{"at":"2026-11-21T04:00:02Z","lp":65.2,"leq":68.4,"lmax":82.1,"lpeak":89.5,"ln1":77.0,"ln2":70.3}}"#;

/// A bare server, running to the end of the process.
pub struct Bare(SocketAddr);

impl Bare {
    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://{}", self.0)
    }
}

/// Starts it in a thread of its own.
pub fn start() -> Bare {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        actix_rt::System::new().block_on(async move {
            let answer = || async {
                HttpResponse::Ok()
                    .content_type("application/json")
                    .body(BODY)
            };
            let server = HttpServer::new(move || App::new().route("/bare", web::get().to(answer)))
                .workers(WORKERS)
                .bind("127.0.0.1:0")
                .expect("a free port");
            tell.send(server.addrs()[0]).expect("the main thread waits");
            server.run().await.expect("the bare server runs");
        });
    });
    Bare(told.recv().expect("the bare server starts"))
}
