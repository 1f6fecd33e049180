//! Projects: listed, made, said anew, brought to an end and back.

use domain::ProjectStatus;
use store_operator::ProjectFilter;
use testkit::{House, on_both_engines};

use super::staff::{Refusal, Staff, is_silent_of, says};

const NEW: &str = "/projects/new";

on_both_engines! {
    async fn a_project_is_made_for_a_client_of_the_list_or_by_name(house: House) {
        let staff = Staff::of(&house);
        let client = house.data.client("Harbour & Sons").to_string();
        let form = staff.opens(&format!("{NEW}?client={client}")).await;
        says(&form, &["value=\"America/New_York\"", &format!("<option value=\"{client}\" selected>")]);

        let fields = [
            ("name", "Harbour Tower"), ("client", &client), ("client_name", ""),
            ("number", "P-17"), ("address", "1 Quay Street"), ("time_zone", "Europe/Berlin"),
        ];
        let linked = staff.does(NEW, &fields).await;
        let page = staff.opens(&linked).await;
        let link = format!("href=\"/clients/{client}\"");
        says(&page, &["Harbour Tower", &link, "P-17", "1 Quay Street", "Europe/Berlin", "No location yet"]);

        let named = staff.does(NEW, &[("name", "Mill Lane"), ("client_name", "The Town")]).await;
        says(&staff.opens(&named).await, &["The Town", "America/New York"]);
        says(&staff.opens(&format!("/clients/{client}")).await, &["Harbour Tower"]);
    }

    async fn bad_input_is_told_at_its_field_and_nothing_is_made(house: House) {
        let staff = Staff::of(&house);
        let client = house.data.client("Harbour & Sons").to_string();
        let unknown = "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01";
        let table: &[Refusal<'_>] = &[
            (&[("name", "")], "name", "a name is needed"),
            (&[("name", "x"), ("time_zone", "New York")], "time_zone", "America/New_York"),
            (&[("name", "x"), ("client", &client), ("client_name", "Town")], "client_name", "one client"),
        ];
        for (fields, field, right) in table {
            let said = staff.is_refused(NEW, fields, field).await;
            assert!(said.contains(right), "{field}: {said}");
        }
        for client in ["nobody", unknown] {
            let reply = staff.sends(NEW, &[("name", "x"), ("client", client)]).await;
            assert_eq!(reply.status, 422);
            says(&reply.body, &["id=\"client-problem\">choose a client of the list"]);
        }
        let all = house.data.operator().list_projects().unwrap();
        assert!(all.is_empty(), "{all:?}");
        assert_eq!(staff.tries("/projects/1").await.status, 404);
        assert_eq!(staff.tries(&format!("/projects/{unknown}")).await.status, 404);
    }

    async fn a_project_is_said_anew(house: House) {
        let staff = Staff::of(&house);
        let project = format!("/projects/{}", house.data.project("Harbour Tower"));
        let edit = format!("{project}/edit");
        says(&staff.opens(&edit).await, &["value=\"Harbour Tower\"", "value=\"Somebody\""]);
        staff.is_refused(&edit, &[("name", "x"), ("time_zone", "Mars")], "time_zone").await;
        let fields = [("name", "Harbour Two"), ("client_name", "Else"), ("time_zone", "europe/berlin")];
        assert_eq!(staff.does(&edit, &fields).await, project);
        says(&staff.opens(&project).await, &["Harbour Two", "Else", "Europe/Berlin"]);
    }

    async fn the_list_is_searched_filtered_and_paged(house: House) {
        let staff = Staff::of(&house);
        says(&staff.opens("/projects").await, &["No project yet"]);
        let operator = house.data.operator();
        house.data.project("Harbour Tower");
        operator.set_status(house.data.project("Quay Street"), ProjectStatus::Completed).unwrap();
        operator.set_status(house.data.project("Old Mill"), ProjectStatus::Deleted).unwrap();

        let list = staff.opens("/projects").await;
        says(&list, &["2 projects", "Harbour Tower", "Quay Street"]);
        is_silent_of(&list, &["Old Mill"]);
        let list = staff.opens("/projects?status=completed").await;
        says(&list, &["One project", "Quay Street", "value=\"completed\" selected"]);
        is_silent_of(&list, &["Harbour Tower"]);
        says(&staff.opens("/projects?status=deleted").await, &["Old Mill"]);
        let list = staff.opens("/projects?q=TOWER+some").await;
        says(&list, &["Harbour Tower", "value=\"TOWER some\""]);
        is_silent_of(&list, &["Quay Street"]);
        says(&staff.opens("/projects?q=nowhere").await, &["No project is found"]);

        for number in 0..60 {
            house.data.project(&format!("Site {number:02}"));
        }
        let first = staff.opens("/projects?q=site").await;
        says(&first, &["60 projects", "Site 49", "Page 1 of 2", "href=\"/projects?q=site&amp;page=2\""]);
        is_silent_of(&first, &["Site 50"]);
        says(&staff.opens("/projects?q=site&page=2").await, &["Site 50", "Site 59"]);
        says(&staff.opens("/projects?page=nonsense").await, &["Page 1 of 2"]);
    }

    async fn every_change_of_status_asks_and_says_what_it_does(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let staff = Staff::of(&house);
        let project = format!("/projects/{}", site.project);
        let delete = format!("{project}/status/deleted");
        says(&staff.opens(&delete).await, &["Whether anybody is watching now cannot be told", "SLM-101", "can be brought back"]);
        says(&staff.opens(&format!("{project}/status/archived")).await, &["stays open"]);
        assert_eq!(staff.tries(&format!("{project}/status/gone")).await.status, 404);
        assert_eq!(staff.sends(&format!("{project}/status/gone"), &[]).await.status, 404);
        let status = || {
            let all = house.data.operator().list_projects().unwrap();
            all[0].status
        };
        assert_eq!(status(), ProjectStatus::Active);

        assert_eq!(staff.does(&delete, &[]).await, project);
        assert_eq!(status(), ProjectStatus::Deleted);
        let page = staff.opens(&project).await;
        is_silent_of(&page, &["/edit\"", "Add location", "/portal/open\"", "/locations/order\""]);
        let reply = staff.sends(&format!("{project}/edit"), &[("name", "x")]).await;
        assert_eq!(reply.status, 422);
        says(&reply.body, &["is deleted: set its status to active first"]);
        staff.does(&format!("{project}/status/active"), &[]).await;
        assert_eq!(status(), ProjectStatus::Active);
        let kept = house.data.operator().find_projects(&ProjectFilter::default(), Default::default());
        assert_eq!(kept.unwrap().total, 1);
    }
}
