//! Clients.

use domain::ClientId;
use store_operator::{ClientEdit, OperatorError};
use testkit::{TestDatabase, on_both_engines};

use crate::support::{done, field, idle, refused, words};

fn edit(name: &str, email: Option<&str>) -> ClientEdit {
    ClientEdit {
        name: name.to_owned(),
        contact_email: email.map(str::to_owned),
    }
}

on_both_engines! {
    async fn a_client_is_said_anew_and_keeps_its_slug(test: TestDatabase) {
        let client = test.client("Harbour");
        let anew = edit(" Harbour & Sons ", Some("anna@harbour.example"));
        let (record, noticed) = done(&test, |staff| staff.edit_client(client, &anew));
        assert_eq!(words(&record), (
            "client.edit",
            client.to_string().as_str(),
            Some(r#"name="Harbour"; email=none"#),
            Some(r#"name="Harbour & Sons"; email="anna@harbour.example""#),
        ));
        assert!(noticed.is_empty());
        let listed = test.operator().list_clients().unwrap().remove(0);
        assert_eq!((listed.name.as_str(), listed.slug.as_str()), ("Harbour & Sons", "harbour"));
        assert_eq!((listed.contact_email.as_deref(), listed.active), (Some("anna@harbour.example"), true));
        idle(&test, |staff| staff.edit_client(client, &anew));

        // What is left out is taken away.
        let (record, _) = done(&test, |staff| {
            staff.edit_client(client, &edit("Harbour & Sons", Some(" ")))
        });
        assert_eq!(record.after.as_deref(), Some("email=none"));
        assert_eq!(test.operator().list_clients().unwrap()[0].contact_email, None);
    }

    async fn a_client_goes_out_of_work_and_comes_back(test: TestDatabase) {
        let (client, other) = (test.client("Harbour"), test.client("Mill"));
        let (record, _) = done(&test, |staff| staff.archive_client(client));
        assert_eq!((record.action.as_str(), record.after.as_deref()), ("client.archive", Some("active=false")));
        idle(&test, |staff| staff.archive_client(client));
        let active = |id| {
            let clients = test.operator().list_clients().unwrap();
            clients.into_iter().find(|client| client.id == id).unwrap().active
        };
        assert_eq!((active(client), active(other)), (false, true));
        let (record, _) = done(&test, |staff| staff.unarchive_client(client));
        assert_eq!((record.action.as_str(), record.after.as_deref()), ("client.unarchive", Some("active=true")));
        assert!(active(client));
    }

    async fn what_cannot_be_said_of_a_client_is_refused(test: TestDatabase) {
        let client = test.client("Harbour");
        let anew = |name, email| edit(name, email);
        let error = refused(&test, |staff| staff.edit_client(client, &anew(" ", None)));
        assert_eq!(field(&error), "name");
        let error = refused(&test, |staff| staff.edit_client(client, &anew("Harbour", Some("anna"))));
        assert_eq!(field(&error), "email");
        let nobody = ClientId::from_bytes([3; 16]);
        for error in [
            refused(&test, |staff| staff.edit_client(nobody, &anew("X", None))),
            refused(&test, |staff| staff.archive_client(nobody)),
            refused(&test, |staff| staff.client_detail(nobody)),
        ] {
            assert!(matches!(error, OperatorError::NotFound { kind: "client", .. }), "{error}");
        }
    }
}
