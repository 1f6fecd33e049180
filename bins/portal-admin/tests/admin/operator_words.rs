//! What the commands on accounts say, and what they refuse.

use crate::desk::Desk;
use crate::operator::{ANNA, create, listed};

#[test]
fn what_cannot_be_done_is_said() {
    let desk = Desk::new();
    create(&desk, ANNA, "superadmin");
    let new = |email: &str, name: &str| {
        desk.refusal(&[
            "operator", "create", "--email", email, "--name", name, "--role", "admin",
        ])
    };
    assert_eq!(
        new("ANNA@firm.example", "Anna"),
        "email: an account has that address already"
    );
    assert!(new("anna", "Anna").starts_with("email: an e-mail address is written as"));
    assert_eq!(new("ben@firm.example", " "), "name: a name is needed");
    for act in ["disable", "enable", "reset-password", "sign-out-everywhere"] {
        let words = desk.refusal(&["operator", act, "ben@firm.example"]);
        assert!(
            words.contains("no operator") && words.contains("`portal-admin operator list`"),
            "{words}"
        );
    }
    let words = desk.refusal(&["operator", "disable", ANNA]);
    assert!(words.contains("last superadmin"), "{words}");
    assert_eq!(listed(&desk).len(), 1);
}

#[test]
fn a_password_that_is_too_easy_is_refused_and_not_repeated() {
    let desk = Desk::new();
    create(&desk, ANNA, "superadmin");
    let given = |input: &[u8]| {
        let arguments = ["operator", "reset-password", ANNA, "--password-stdin"];
        desk.run_with(input, &arguments).failed(1, &arguments)
    };
    assert_eq!(
        given(b"hunter2\n"),
        "password: a password has 12 characters or more"
    );
    assert_eq!(given(b""), "password: a password has 12 characters or more");
    assert_eq!(
        given(b"Anna@firm.example\n"),
        "password: the e-mail address is no password"
    );
    assert_eq!(
        given(&[b'x'; 4000]),
        "password: a password has 1024 bytes at most"
    );
    assert_eq!(
        given(b"\xff\xfe correct horse\n"),
        "password: standard input is not text"
    );
}

#[test]
fn people_are_told_in_lines_and_shown_a_password_once() {
    let desk = Desk::new();
    let arguments = [
        "operator",
        "create",
        "--email",
        ANNA,
        "--name",
        "Anna Lind",
        "--role",
    ];
    let words = desk.text(&[&arguments[..], &["superadmin"]].concat());
    let lines: Vec<_> = words.lines().collect();
    assert_eq!(lines.len(), 3, "{words}");
    assert!(lines[0].starts_with("account   ") && lines[1] == format!("e-mail    {ANNA}"));
    assert!(lines[2].starts_with("password  ") && lines[2].ends_with(" (shown only now)"));
    create(&desk, "ben@firm.example", "operator");
    assert_eq!(
        desk.text(&["operator", "disable", "ben@firm.example"]),
        "ben@firm.example is let in no more, and every session is over\n"
    );
    let reset = desk.text(&["operator", "reset-password", "ben@firm.example"]);
    assert!(
        reset.ends_with(
            "the account is disabled: `portal-admin operator enable ben@firm.example`\n"
        ),
        "{reset}"
    );
    assert_eq!(
        desk.text(&["operator", "enable", "ben@firm.example"]),
        "ben@firm.example may sign in\n"
    );
    assert_eq!(
        desk.text(&["operator", "sign-out-everywhere", ANNA]),
        format!("every session of {ANNA} is over\n")
    );
    let list = desk.text(&["operator", "list"]);
    assert_eq!(
        list,
        "E-MAIL             NAME       ROLE        STATE   SECOND FACTOR  LAST SIGN-IN\n\
         anna@firm.example  Anna Lind  superadmin  active  off            -\n\
         ben@firm.example   Anna Lind  operator    active  off            -\n"
    );
}
