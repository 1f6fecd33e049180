//! What staff prove themselves with stands in no log, no record and no page.

use auth::Role;
use testkit::{House, Reply, Visitor, on_both_engines};

use super::sign_in::closed;
use crate::leak::log;
use crate::leak::secrets::Secrets;

/// Somebody who signs in, keeping every answer.
struct Watched {
    visitor: Visitor,
    replies: Vec<Reply>,
}

impl Watched {
    async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) {
        let reply = self.visitor.submit(path, fields).await;
        self.replies.push(reply);
    }

    async fn get(&mut self, path: &str) {
        let reply = self.visitor.get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        self.replies.push(reply);
    }
}

on_both_engines! {
    async fn no_secret_of_a_sign_in_is_told(house: House) {
        log::collect();
        let member = house.data.member(Role::Superadmin);
        let factor = house.data.second_factor(&member);
        let app = closed(&house);
        let mut secrets = Secrets::default();
        let mut watched = Watched { visitor: Visitor::at(&app.url()), replies: Vec::new() };
        let (email, password) = (member.email.as_str(), member.password.reveal());
        let code = factor.code(&**house.clock(), 0);
        let recovery = factor.recovery[0].reveal();
        let wrong = "wrong-but-nearly-right";

        watched.submit("/login", &[("email", email), ("password", wrong)]).await;
        for shown in [("code", "987654"), ("recovery", "aaaaa-bbbbb-ccccc-ddddd"), ("code", &code), ("recovery", recovery)] {
            watched.submit("/login", &[("email", email), ("password", password)]).await;
            let due = watched.visitor.cookie_of("operator_second_factor").unwrap();
            secrets.add("the first of two steps", due);
            watched.submit("/login/code", &[shown]).await;
            if let Some(session) = watched.visitor.cookie_of("operator_session") {
                secrets.add("a session", session);
            }
        }
        for path in ["/login/welcome", "/", "/audit", "/system", "/audit.csv"] {
            watched.get(path).await;
        }
        for (what, text) in [("the password", password), ("a wrong password", wrong), ("a code", &code), ("a wrong code", "987654"), ("a recovery code", recovery)] {
            secrets.add(what, text);
        }
        secrets.add("the secret of the app", factor.secret.to_base32());
        secrets.add("a digest", factor.recovery[1].digest().as_str());

        let log_of_acts = &watched.replies.last().unwrap().body;
        assert!(log_of_acts.contains("operator.sign-in"), "{log_of_acts}");
        for reply in &mut watched.replies {
            // A cookie is told to whom it is given.
            reply.headers.remove("set-cookie");
            secrets.assert_absent(reply, "an answer");
        }
        log::assert_of_route_without("/login/code", &secrets);
    }
}
