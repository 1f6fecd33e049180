//! Who may change whose account.

use auth::Role;
use domain::Clock;
use store_operator::{Asker, Authority, NewAccount, SecondFactorThen};
use testkit::{TestDatabase, cheap_hash, on_both_engines};

use crate::support::{conflict, wrong};

const ROOT: Authority = Authority::CommandLine;
const WORDS: &str = "only a superadmin manages accounts";

on_both_engines! {
    async fn only_superadmins_manage_accounts(test: TestDatabase) {
        let staff = test.operator();
        let hash = cheap_hash(&wrong(), &**test.random());
        let zoe = test.account("zoe@firm.example", Role::Superadmin);
        let gone = test.account("gone@firm.example", Role::Superadmin);
        let ben = test.account("ben@firm.example", Role::Operator);
        staff.disable_account(ROOT, gone.id).unwrap();
        let new = NewAccount {
            email: "mole@firm.example".to_owned(),
            name: "Mole".to_owned(),
            role: Role::Superadmin,
        };
        let others = [
            test.account("anna@firm.example", Role::Admin).id,
            test.account("carl@firm.example", Role::Operator).id,
            gone.id,
            domain::OperatorUserId::from_bytes([1; 16]),
        ];
        let asker = |id| match id {
            // Nobody has that one.
            id if id == domain::OperatorUserId::from_bytes([1; 16]) => Asker { account: id, valid_from: test.clock().now() },
            id => test.asker(id),
        };
        let log = staff.audit_log(100).unwrap();
        for by in others.map(|id| Authority::Account(asker(id))) {
            for refused in [
                conflict(staff.create_account(by, &new, &hash)),
                conflict(staff.rename_account(by, ben.id, "X")),
                conflict(staff.set_role(by, ben.id, Role::Admin)),
                conflict(staff.disable_account(by, ben.id)),
                conflict(staff.enable_account(by, gone.id)),
                conflict(staff.reset_password(by, ben.id, &hash, SecondFactorThen::Kept)),
                conflict(staff.remove_second_factor(by, ben.id)),
                conflict(staff.sign_out_everywhere(by, ben.id)),
            ] {
                assert_eq!(refused, WORDS);
            }
        }
        assert_eq!(staff.audit_log(100).unwrap(), log);
        let by = Authority::Account(test.asker(zoe.id));
        staff.create_account(by, &new, &hash).unwrap();
        staff.set_role(by, ben.id, Role::Admin).unwrap();
        staff.disable_account(by, ben.id).unwrap();
    }

    async fn nobody_raises_themselves(test: TestDatabase) {
        test.account("zoe@firm.example", Role::Superadmin);
        for role in [Role::Operator, Role::Admin] {
            let account = test.account(&format!("{role}@firm.example"), role);
            let by = Authority::Account(test.asker(account.id));
            for wanted in Role::ALL {
                assert_eq!(conflict(test.operator().set_role(by, account.id, wanted)), WORDS);
            }
            assert_eq!(test.operator().account(account.id).unwrap().role, role);
        }
    }

    async fn everybody_may_change_their_own_name_and_leave(test: TestDatabase) {
        let staff = test.operator();
        let ben = test.account("ben@firm.example", Role::Operator);
        let by = || Authority::Account(test.asker(ben.id));
        staff.rename_account(by(), ben.id, "Ben").unwrap();
        staff.sign_out_everywhere(by(), ben.id).unwrap();
        staff.remove_second_factor(by(), ben.id).unwrap();
        staff.disable_account(ROOT, ben.id).unwrap();
        assert!(conflict(staff.rename_account(by(), ben.id, "Benjamin")).contains("signed out meanwhile"));
    }
}
