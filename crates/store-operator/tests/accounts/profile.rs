//! One's own password.

use auth::{OperatorSession, Password, Role};
use store_operator::{Asker, Authority, SignInStart};
use testkit::{TestDatabase, cheap_hash, on_both_engines};

use crate::support::{Answer, come_in, conflict, is_live, knock, wrong};

on_both_engines! {
    async fn a_password_is_changed_by_who_knows_the_old_one(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Operator);
        let (own, elsewhere) = (come_in(&test, &anna).await, come_in(&test, &anna).await);
        let staff = test.operator();
        let SignInStart::Check(proof) = staff.begin_proof(anna.id).unwrap() else { panic!() };
        staff.proof_given(&proof).unwrap();
        let chosen = Password::candidate("correct horse battery".to_owned()).unwrap();
        let new = cheap_hash(&chosen, &**test.random());
        let proven = proof.password_hash().unwrap();
        let valid_from = staff.change_own_password(Asker::of(&own), &proven, &new).unwrap();
        assert!(!is_live(&test, &own).await && !is_live(&test, &elsewhere).await);
        assert!(is_live(&test, &OperatorSession { valid_from, ..own }).await);
        assert!(matches!(knock(&test, &anna.email, &chosen).await, Answer::In(_)));
        assert!(matches!(knock(&test, &anna.email, &anna.password).await, Answer::Wrong { .. }));

        let again = staff.change_own_password(test.asker(anna.id), &proven, &new);
        assert!(conflict(again).contains("meanwhile"), "the proof is of a password that was replaced");
    }

    async fn wrong_proofs_are_counted_with_the_wrong_passwords_at_the_door(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Operator);
        let staff = test.operator();
        for failures in 1..=5 {
            let SignInStart::Check(proof) = staff.begin_proof(anna.id).unwrap() else { panic!() };
            assert_eq!(proof.locks_until().is_some(), failures == 5);
        }
        assert!(matches!(staff.begin_proof(anna.id).unwrap(), SignInStart::Locked { .. }));
        assert!(matches!(knock(&test, &anna.email, &anna.password).await, Answer::Locked { .. }));
    }

    async fn a_disabled_account_changes_nothing_any_more(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Operator);
        let staff = test.operator();
        let SignInStart::Check(proof) = staff.begin_proof(anna.id).unwrap() else { panic!() };
        let asker = test.asker(anna.id);
        staff.disable_account(Authority::CommandLine, anna.id).unwrap();
        let new = cheap_hash(&wrong(), &**test.random());
        conflict(staff.change_own_password(asker, &proof.password_hash().unwrap(), &new));
    }
}
