//! Members of staff: their accounts, and how they sign in.

use std::sync::atomic::{AtomicU32, Ordering};

use auth::{Password, RecoveryCode, Role, TotpCode, TotpSecret};
use domain::{Clock, OperatorUserId};
use store_operator::{Authority, NewAccount};

use crate::{House, OperatorApp, Reply, TestDatabase, Visitor, cheap_hash};

/// Somebody with an account, and what they know.
#[derive(Debug, Clone)]
pub struct Member {
    /// Their account.
    pub id: OperatorUserId,
    /// By which they sign in.
    pub email: String,
    /// Their password.
    pub password: Password,
}

/// What somebody's second factor consists of.
#[derive(Debug, Clone)]
pub struct Factor {
    /// What the app holds.
    pub secret: TotpSecret,
    /// What was shown once.
    pub recovery: Vec<RecoveryCode>,
}

impl Factor {
    /// What the app shows at this time, or so many half minutes later.
    pub fn code(&self, clock: &dyn Clock, later: i64) -> String {
        self.secret.shown_in(TotpSecret::step(clock.now()) + later)
    }
}

/// All of these panic where the store refuses.
impl TestDatabase {
    /// Somebody with an account of that role.
    pub fn member(&self, role: Role) -> Member {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let password = Password::generate(&**self.random()).expect("a password");
        let hash = cheap_hash(&password, &**self.random());
        let new = NewAccount {
            email: format!("{role}-{number}@firm.example"),
            name: format!("{role} number {number}"),
            role,
        };
        let id = self
            .operator()
            .create_account(Authority::CommandLine, &new, &hash)
            .expect("an account");
        Member {
            id,
            email: new.email,
            password,
        }
    }

    /// Turns a member's second factor on, with a code of the half minute before this.
    pub fn second_factor(&self, member: &Member) -> Factor {
        let operator = self.operator();
        let secret = operator
            .offer_second_factor(self.asker(member.id), &self.proven(member.id))
            .expect("a secret is offered");
        let before = secret.shown_in(TotpSecret::step(self.clock().now()) - 1);
        let code = TotpCode::parse(&before).expect("a code");
        let recovery = operator
            .confirm_second_factor(self.asker(member.id), code)
            .expect("the second factor is on");
        Factor { secret, recovery }
    }
}

impl Visitor {
    /// Sends the form of the sign-in.
    pub async fn sign_in(&self, email: &str, password: &str) -> Reply {
        self.submit("/login", &[("email", email), ("password", password)])
            .await
    }

    /// Signs in with a password alone.
    ///
    /// # Panics
    /// When that does not let them in.
    pub async fn signed_in(self, member: &Member) -> Self {
        let reply = self.sign_in(&member.email, member.password.reveal()).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert!(self.cookie_of("operator_session").is_some(), "no session");
        self
    }
}

impl House {
    /// Somebody new of that role, who has signed in there.
    pub async fn staff(&self, app: &OperatorApp, role: Role) -> Visitor {
        let member = self.data.member(role);
        Visitor::at(&app.url()).signed_in(&member).await
    }
}
