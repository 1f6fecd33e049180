//! What staff prove themselves with stands in no log, no record and no page.

use auth::Role;
use testkit::{House, Member, OperatorApp, Reply, Visitor, on_both_engines};

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

/// A superadmin at work, who writes down every secret that is shown.
struct Desk {
    visitor: Visitor,
    secrets: Secrets,
    shown: Vec<String>,
}

impl Desk {
    async fn of(app: &OperatorApp, member: &Member) -> Self {
        Self {
            visitor: Visitor::at(&app.url()).signed_in(member).await,
            secrets: Secrets::default(),
            shown: Vec::new(),
        }
    }

    /// Sends a form; what it made stands in these fields of the answer, one a line.
    async fn makes(&mut self, what: &str, path: &str, form: &[(&str, &str)], fields: &[&str]) {
        let reply = self.visitor.submit(path, form).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        for field in fields {
            for line in held(&reply.body, field).lines() {
                self.writes_down(what, line);
            }
        }
    }

    /// The same of a JSON route.
    async fn makes_json(&mut self, path: &str) {
        let reply = self.visitor.submit(path, &[]).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        for field in ["password", "link_url"] {
            if let Some(made) = reply.json()[field].as_str() {
                self.writes_down(path, made);
            }
        }
    }

    fn writes_down(&mut self, what: &str, text: &str) {
        // Of a link it is the end that is secret.
        let text = text.rsplit('/').next().unwrap();
        self.secrets.add(what, text);
        self.shown.push(text.to_owned());
    }
}

/// What a read-only field shows.
fn held(page: &str, field: &str) -> String {
    let (_, rest) = page
        .split_once(&format!(" id=\"{field}\""))
        .expect("a field");
    let (tag, rest) = rest.split_once('>').expect("a tag");
    let text = match tag.split_once("value=\"") {
        Some((_, value)) => value.split('"').next(),
        None => rest.split("</textarea>").next(),
    };
    text.expect("what it shows").to_owned()
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

    async fn no_secret_that_is_made_or_typed_at_work_is_logged(house: House) {
        log::collect();
        let (root, ada) = (house.data.member(Role::Superadmin), house.data.member(Role::Admin));
        let project = house.data.project("Harbour Tower");
        let app = closed(&house);
        let mut desk = Desk::of(&app, &root).await;

        let new = [("email", "bo@firm.example"), ("name", "Bo Ek"), ("role", "admin")];
        desk.makes("a new account's password", "/accounts/new", &new, &["password"]).await;
        desk.makes("a password that was reset", &format!("/accounts/{}/password", ada.id), &[], &["password"]).await;
        desk.makes("a portal's first", &format!("/projects/{project}/portal/open"), &[], &["password", "link"]).await;
        desk.makes("a portal's next", &format!("/projects/{project}/portal/password"), &[], &["password"]).await;
        for act in ["disable", "enable", "password", "rotate-link"] {
            desk.makes_json(&format!("/projects/{project}/portal-access/{act}")).await;
        }
        let proof = [("password", root.password.reveal())];
        desk.makes("the app's key", "/profile/second-factor", &proof, &["secret"]).await;
        let key = desk.shown.last().unwrap().replace(' ', "");
        desk.secrets.add("the app's key", key.as_str());
        let key = auth::TotpSecret::parse(&key).unwrap();
        let code = key.shown_in(auth::TotpSecret::step(domain::Clock::now(&**house.clock())));
        desk.secrets.add("a code", code.as_str());
        desk.makes("recovery codes", "/profile/second-factor/confirm", &[("code", &code)], &["codes"]).await;
        let (old, new, typed) = (root.password.reveal(), "one of my own, long", "mistyped but nearly");
        for wrong in [("/profile/password", typed), ("/profile/recovery-codes", typed), ("/profile/second-factor/off", typed)] {
            let form = [("password", wrong.1), ("new", new), ("again", new)];
            assert_eq!(desk.visitor.submit(wrong.0, &form).await.status, 422, "{wrong:?}");
        }
        desk.makes("recovery codes", "/profile/recovery-codes", &[("password", old)], &["codes"]).await;
        let form = [("password", old), ("new", new), ("again", new)];
        assert_eq!(desk.visitor.submit("/profile/password", &form).await.status, 303);
        let session = desk.visitor.cookie_of("operator_session").unwrap();
        let form = [("password", new)];
        assert_eq!(desk.visitor.submit("/profile/second-factor/off", &form).await.status, 303);
        for (what, text) in [("an old password", old), ("a new password", new), ("a mistyped one", typed), ("a session", &session)] {
            desk.secrets.add(what, text);
        }
        assert!(desk.secrets.names().len() >= 30, "{:?}", desk.secrets.names());

        for path in ["/", "/audit", "/audit.csv", "/system", "/profile", "/accounts"] {
            let reply = desk.visitor.get(path).await;
            assert_eq!(reply.status, 200, "{path}");
            desk.secrets.assert_absent(&reply, path);
        }
        log::assert_of_route_without("/profile/recovery-codes", &desk.secrets);
    }
}
