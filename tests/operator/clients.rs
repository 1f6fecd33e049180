//! Clients: listed, made, said anew, archived and restored.

use testkit::{House, on_both_engines};

use super::staff::{Staff, is_silent_of, says};

on_both_engines! {
    async fn a_client_is_made_and_said_anew(house: House) {
        let staff = Staff::of(&house);
        says(&staff.opens("/clients").await, &["No client yet"]);
        says(&staff.opens("/clients/new").await, &["action=\"/clients/new\"", "name=\"email\""]);
        let client = staff
            .does("/clients/new", &[("name", "Harbour & Sons"), ("email", "site@harbour.example")])
            .await;
        let page = staff.opens(&client).await;
        says(&page, &["Harbour &amp; Sons", "site@harbour.example", "No project yet"]);

        let edit = format!("{client}/edit");
        says(&staff.opens(&edit).await, &["value=\"Harbour &amp; Sons\"", "value=\"site@harbour.example\""]);
        assert_eq!(staff.does(&edit, &[("name", "Quay & Co"), ("email", "")]).await, client);
        says(&staff.opens(&client).await, &["Quay &amp; Co", "No e-mail address"]);
        let stored = house.data.operator().list_clients().unwrap();
        assert_eq!((stored.len(), stored[0].name.as_str(), stored[0].active), (1, "Quay & Co", true));
    }

    async fn bad_input_is_told_at_its_field_and_nothing_is_made(house: House) {
        let staff = Staff::of(&house);
        let said = staff.is_refused("/clients/new", &[("name", " "), ("email", "a@b.example")], "name").await;
        assert!(said.contains("a name is needed"), "{said}");
        let said = staff.is_refused("/clients/new", &[("name", "Quay"), ("email", "nobody")], "email").await;
        assert!(said.contains("name@company.example"), "{said}");
        assert!(house.data.operator().list_clients().unwrap().is_empty());

        let client = house.data.client("Harbour & Sons");
        let edit = format!("/clients/{client}/edit");
        staff.is_refused(&edit, &[("name", "x\u{1}y"), ("email", "")], "name").await;
        assert_eq!(house.data.operator().list_clients().unwrap()[0].name, "Harbour & Sons");
        for path in ["/clients/1", "/clients/0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01/edit"] {
            assert_eq!(staff.tries(path).await.status, 404, "{path}");
        }
        assert_eq!(staff.sends("/clients/1/archive", &[]).await.status, 404);
    }

    async fn an_archived_client_leaves_the_list_and_comes_back(house: House) {
        let staff = Staff::of(&house);
        let client = format!("/clients/{}", house.data.client("Harbour & Sons"));
        house.data.client("Quay Street");
        says(&staff.opens(&format!("{client}/archive")).await, &["stay as they are", "Archive client"]);
        assert_eq!(staff.does(&format!("{client}/archive"), &[]).await, client);
        let list = staff.opens("/clients").await;
        says(&list, &["Quay Street"]);
        is_silent_of(&list, &["Harbour"]);
        says(&staff.opens("/clients?archived=1").await, &["Quay Street", "Harbour", "archived"]);
        is_silent_of(&staff.opens("/projects/new").await, &["Harbour"]);

        // Said anew, it stays archived.
        staff.does(&format!("{client}/edit"), &[("name", "Harbour Ltd"), ("email", "")]).await;
        is_silent_of(&staff.opens("/clients").await, &["Harbour"]);
        assert_eq!(staff.does(&format!("{client}/restore"), &[]).await, client);
        says(&staff.opens("/clients").await, &["Harbour Ltd"]);
    }

    async fn a_search_finds_by_name_and_address(house: House) {
        let staff = Staff::of(&house);
        staff.does("/clients/new", &[("name", "Überseequartier"), ("email", "a@nord.example")]).await;
        staff.does("/clients/new", &[("name", "Quay Street"), ("email", "b@sud.example")]).await;
        for search in ["%C3%BCbersee", "NORD.example", "ber+nord"] {
            let list = staff.opens(&format!("/clients?q={search}")).await;
            says(&list, &["a@nord.example"]);
            is_silent_of(&list, &["Quay Street"]);
        }
        says(&staff.opens("/clients?q=none").await, &["No client is found by"]);
    }
}
