//! People with accounts.

use auth::{EmailAddress, Password, PasswordHash, Role, Signer, Token, TotpCode, TotpSecret};
use domain::OperatorUserId;
use store_operator::{
    Authority, NewAccount, Operator, SecondFactor, SecondStep, SignIn, SignInStart,
};
use testkit::{House, SeededRandom, cheap_hash};

use super::staff::Staff;

/// Somebody with an account.
pub(super) struct Person {
    pub(super) id: OperatorUserId,
    pub(super) email: String,
    pub(super) password: String,
}

impl Person {
    /// Makes an account, as the command line does.
    pub(super) fn with(house: &House, email: &str, role: Role) -> Self {
        let password = format!("the password of {email}");
        let new = NewAccount {
            email: email.to_owned(),
            name: format!("Who is {email}"),
            role,
        };
        let operator = house.data.operator();
        let hash = hash(&password);
        let id = operator.create_account(Authority::CommandLine, &new, &hash);
        Self {
            id: id.expect("an account"),
            email: email.to_owned(),
            password,
        }
    }

    /// Signs in at a browser of its own of the same app.
    pub(super) fn at(&self, house: &House, app: &Staff) -> Staff {
        let attempt = self.attempt(&house.data.operator());
        let SignIn::SignedIn(session) = attempt else {
            panic!("{attempt:?}");
        };
        let signer = Signer::new(&testkit::apps::test_key(), &[]);
        app.colleague("operator_session", &session.seal(&signer))
    }

    /// Whether a code signs in, after the password.
    pub(super) fn is_let_in_by(&self, house: &House, shown: &SecondFactor) -> bool {
        let operator = house.data.operator();
        let attempt = self.attempt(&operator);
        let SignIn::SecondFactorDue(due) = attempt else {
            panic!("{attempt:?}");
        };
        let step = operator.second_step(&due, shown).expect("a step");
        matches!(step, SecondStep::SignedIn { .. })
    }

    fn attempt(&self, operator: &Operator) -> SignIn {
        match self.knock(operator) {
            SignInStart::Check(attempt) => operator.sign_in_succeeded(&attempt, None).expect("in"),
            locked @ SignInStart::Locked { .. } => panic!("{locked:?}"),
        }
    }

    /// Begins a sign-in, which counts as a failure if nothing follows.
    pub(super) fn knock(&self, operator: &Operator) -> SignInStart {
        let email = EmailAddress::parse(&self.email).expect("an address");
        operator.begin_sign_in(&email).expect("a beginning")
    }

    /// Turns the second factor on, past the pages.
    pub(super) fn turns_second_factor_on(&self, house: &House) {
        let operator = house.data.operator();
        let secret = operator
            .offer_second_factor(house.data.asker(self.id), &house.data.proven(self.id))
            .expect("an offer");
        let code = code_of(house, &secret);
        operator
            .confirm_second_factor(house.data.asker(self.id), code)
            .expect("on");
    }
}

/// What an app shows now for a secret.
pub(super) fn code_of(house: &House, secret: &TotpSecret) -> TotpCode {
    let now = domain::Clock::now(&**house.clock());
    let shown = secret.shown_in(TotpSecret::step(now));
    TotpCode::parse(&shown).expect("six digits")
}

fn hash(password: &str) -> PasswordHash {
    let password = Password::candidate(password.to_owned()).expect("a password");
    cheap_hash(&password, &SeededRandom::new(5))
}
