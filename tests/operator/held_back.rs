//! A body that is held back keeps nobody in whose session has ended meanwhile.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use auth::Role;
use testkit::{House, OperatorApp, Visitor, on_both_engines};

use super::sessions::{ENDINGS, looks};
use super::sign_in::closed;

/// A form that is on its way, all but its last byte.
struct HeldBack {
    connection: TcpStream,
    last: String,
}

impl HeldBack {
    /// Sends the head and all of the body but the end.
    fn begin(app: &OperatorApp, visitor: &Visitor, body: &str) -> Self {
        let host = app.url().replace("http://", "");
        let mut connection = TcpStream::connect(&host).unwrap();
        connection
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let cookie = visitor.cookie_of("operator_session").unwrap();
        let head = format!(
            "POST /projects/new HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
             Cookie: operator_session={cookie}\r\nConnection: close\r\nExpect: 100-continue\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        connection.write_all(head.as_bytes()).unwrap();
        // The server says that it is about to answer.
        let mut told = [0; 25];
        connection.read_exact(&mut told).unwrap();
        assert_eq!(&told, b"HTTP/1.1 100 Continue\r\n\r\n");
        let (most, last) = body.split_at(body.len() - 1);
        connection.write_all(most.as_bytes()).unwrap();
        Self {
            connection,
            last: last.to_owned(),
        }
    }

    /// Sends the end: the head of the answer.
    fn ends(mut self) -> String {
        self.connection.write_all(self.last.as_bytes()).unwrap();
        let mut answer = String::new();
        self.connection.read_to_string(&mut answer).unwrap();
        answer.split("\r\n\r\n").next().unwrap().to_lowercase()
    }
}

fn projects(house: &House) -> i64 {
    house.data.raw().number("SELECT count(*) FROM projects")
}

on_both_engines! {
    async fn what_is_revoked_while_a_body_is_held_back_is_revoked(house: House) {
        let app = closed(&house);
        let control = house.staff(&app, Role::Admin).await;
        let form = "name=Harbour+Tower&number=&client=&address=&time_zone=America%2FNew_York";
        let made = HeldBack::begin(&app, &control, form).ends();
        assert!(made.starts_with("http/1.1 303") && made.contains("location: /projects/"), "{made}");
        assert_eq!(projects(&house), 1);
        for (name, end) in ENDINGS {
            let member = house.data.member(Role::Admin);
            let visitor = Visitor::at(&app.url()).signed_in(&member).await;
            let held = HeldBack::begin(&app, &visitor, &form.replace("Harbour", "Other"));
            // Long enough for the server to have looked at the head, if it looked at it alone.
            for _ in 0..4 {
                assert_eq!(looks(&visitor).await.status, 200, "{name}");
            }
            end(&house, &house.data.operator(), &member);
            let answer = held.ends();
            let to_login = answer.starts_with("http/1.1 303") && answer.contains("location: /login");
            assert!(to_login, "{name}: {answer}");
            assert_eq!(projects(&house), 1, "{name}");
        }
    }

    async fn more_than_a_form_can_be_is_not_read(house: House) {
        let app = closed(&house);
        let staff = house.staff(&app, Role::Admin).await;
        let own = [("sec-fetch-site", "same-origin")];
        for path in ["/projects/new", "/logout", "/nowhere"] {
            let reply = staff.post(path, "x".repeat(64 * 1024 + 1), &own).await;
            assert_eq!(reply.status, 413, "{path}");
            assert_eq!(reply.header("x-frame-options"), "DENY", "{path}");
        }
        assert_eq!(staff.post("/logout", "x".repeat(64 * 1024), &own).await.status, 303);
    }
}
