//! What was asked for by a session that was ended before it could be done.

use auth::Role;
use store_operator::{Asker, Authority, NewAccount, SecondFactorThen};
use testkit::{TestDatabase, cheap_hash, on_both_engines};

use crate::support::{code_now, come_in, conflict, is_live, with_app, wrong};

const ROOT: Authority = Authority::CommandLine;
const ENDED: &str = "you were signed out meanwhile: sign in again";

on_both_engines! {
    /// Else the answer would give whoever was just thrown out a session that lives.
    async fn ones_own_account_is_not_changed_by_it(test: TestDatabase) {
        let staff = test.operator();
        let anna = test.account("anna@firm.example", Role::Superadmin);
        test.account("zoe@firm.example", Role::Superadmin);
        let asker = Asker::of(&come_in(&test, &anna).await);
        let (secret, _) = with_app(&test, &anna);
        let hash = cheap_hash(&wrong(), &**test.random());
        staff.reset_password(ROOT, anna.id, &hash, SecondFactorThen::Kept).unwrap();
        let log = staff.audit_log(100).unwrap();
        let by = Authority::Account(asker);
        for refused in [
            conflict(staff.sign_out_everywhere(by, anna.id)),
            conflict(staff.rename_account(by, anna.id, "Mallory")),
            conflict(staff.remove_second_factor(by, anna.id)),
            conflict(staff.renew_recovery_codes(asker)),
            conflict(staff.change_own_password(asker, &hash, &hash)),
            conflict(staff.offer_second_factor(asker, &hash)),
            conflict(staff.offered_second_factor(asker)),
            conflict(staff.confirm_second_factor(asker, code_now(&test, &secret))),
        ] {
            assert_eq!(refused, ENDED);
        }
        assert_eq!(staff.audit_log(100).unwrap(), log);
        // What the session that lives asks for is done.
        staff.sign_out_everywhere(Authority::Account(test.asker(anna.id)), anna.id).unwrap();
    }

    async fn nobody_elses_account_is_changed_by_it(test: TestDatabase) {
        let staff = test.operator();
        let zoe = test.account("zoe@firm.example", Role::Superadmin);
        let ben = test.account("ben@firm.example", Role::Operator);
        let hash = cheap_hash(&wrong(), &**test.random());
        let new = NewAccount {
            email: "mole@firm.example".to_owned(),
            name: "Mole".to_owned(),
            role: Role::Superadmin,
        };
        let session = come_in(&test, &zoe).await;
        let by = Authority::Account(Asker::of(&session));
        staff.sign_out_everywhere(ROOT, zoe.id).unwrap();
        assert!(!is_live(&test, &session).await);
        let log = staff.audit_log(100).unwrap();
        for refused in [
            conflict(staff.create_account(by, &new, &hash)),
            conflict(staff.rename_account(by, ben.id, "X")),
            conflict(staff.set_role(by, ben.id, Role::Superadmin)),
            conflict(staff.disable_account(by, ben.id)),
            conflict(staff.enable_account(by, ben.id)),
            conflict(staff.end_lockout(by, ben.id)),
            conflict(staff.reset_password(by, ben.id, &hash, SecondFactorThen::Removed)),
            conflict(staff.remove_second_factor(by, ben.id)),
            conflict(staff.sign_out_everywhere(by, ben.id)),
        ] {
            assert_eq!(refused, ENDED);
        }
        assert_eq!(staff.audit_log(100).unwrap(), log);
    }

    /// The password is asked for where one's own is changed; here it would not be.
    async fn nobody_manages_their_own_account(test: TestDatabase) {
        let staff = test.operator();
        let zoe = test.account("zoe@firm.example", Role::Superadmin);
        test.account("anna@firm.example", Role::Superadmin);
        let hash = cheap_hash(&wrong(), &**test.random());
        let by = Authority::Account(test.asker(zoe.id));
        for refused in [
            conflict(staff.set_role(by, zoe.id, Role::Admin)),
            conflict(staff.disable_account(by, zoe.id)),
            conflict(staff.reset_password(by, zoe.id, &hash, SecondFactorThen::Removed)),
        ] {
            assert!(refused.contains("your own account"), "{refused}");
        }
        come_in(&test, &zoe).await;
    }
}
