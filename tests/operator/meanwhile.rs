//! What happened since a page was opened: nothing is said over, and nothing is done twice.

use testkit::{Engine, House, on_both_engines};

use super::staff::{Staff, is_silent_of, says};

/// What a form brings back without showing it.
fn hidden(page: &str, name: &str) -> String {
    let start = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    let value = page
        .split_once(&start)
        .and_then(|(_, rest)| rest.split('"').next());
    value
        .unwrap_or_else(|| panic!("no {name}: {page}"))
        .to_owned()
}

/// Two people open the same form; whoever saves second is told, and may save again.
async fn second_is_told(staff: &Staff, form: &str, name: &str, more: &[(&str, &str)]) {
    let seen = hidden(&staff.opens(form).await, "seen");
    let send = |value: &'static str, seen: String| async move {
        let all = [more, &[(name, value), ("seen", &seen)]].concat();
        staff.sends(form, &all).await
    };
    assert_eq!(send("First", seen.clone()).await.status, 303);
    let late = send("Second", seen).await;
    assert_eq!(late.status, 409, "{}", late.body);
    says(
        &late.body,
        &[
            "changed it since this page was opened",
            "Nothing of yours is saved yet",
            "value=\"Second\"",
            &format!("id=\"{name}-problem\">now it is: First"),
        ],
    );
    assert!(staff.opens(form).await.contains("value=\"First\""));
    let seen = hidden(&late.body, "seen");
    assert_eq!(send("Second", seen).await.status, 303);
    assert!(staff.opens(form).await.contains("value=\"Second\""));
}

on_both_engines! {
    async fn whoever_saves_second_is_told_and_loses_nothing(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let client = house.data.client("Harbour");
        let staff = Staff::of(&house);
        let project = format!("/projects/{}/edit", site.project);
        let location = format!("/projects/{}/locations/{}/edit", site.project, site.location);
        let client = format!("/clients/{client}/edit");
        second_is_told(&staff, &project, "name", &[]).await;
        second_is_told(&staff, &location, "name", &[]).await;
        second_is_told(&staff, &client, "name", &[]).await;
        let unit = "/units/SLM-101";
        second_is_told(&staff, unit, "serial", &[("model", "NL-43")]).await;
        let wrong = [("name", "Pier"), ("seen", "nonsense")];
        assert_eq!(staff.sends(&project, &wrong).await.status, 422);
    }

    async fn a_page_that_is_sent_again_does_nothing_again(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let staff = Staff::of(&house);
        for act in ["password", "link", "close"] {
            let path = format!("/projects/{}/portal/{act}", site.project);
            let epoch = hidden(&staff.opens(&path).await, "epoch");
            let first = staff.sends(&path, &[("epoch", &epoch)]).await;
            assert!([200, 303].contains(&first.status), "{}", first.body);
            let before = house.data.operator().portal_show(site.project).unwrap().epoch;
            let again = staff.sends(&path, &[("epoch", &epoch)]).await;
            assert_eq!(again.status, 409, "{act}");
            says(&again.body, &["It was done already"]);
            is_silent_of(&again.body, &["shown this once"]);
            assert_eq!(house.data.operator().portal_show(site.project).unwrap().epoch, before, "{act}");
        }
        let path = format!("/projects/{}/portal/link", site.project);
        assert_eq!(staff.sends(&path, &[("epoch", "x")]).await.status, 400);
    }

    /// Whatever can be read no more once the password is stored: it is shown.
    async fn a_password_that_was_made_is_shown(house: House) {
        let (site, closed) = (house.data.site("Harbour Tower", "SLM-101"), house.data.project("Mill Lane"));
        let staff = Staff::of(&house);
        let broken = "UPDATE projects SET portal_opened_at = 9223372036854775807";
        house.data.raw().execute(&match house.data.engine() {
            Engine::Sqlite => format!(
                "CREATE TRIGGER broken AFTER INSERT ON audit_log WHEN NEW.action LIKE 'portal.%' BEGIN {broken}; END"
            ),
            Engine::PostgreSql => format!(
                "CREATE FUNCTION breaks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.action LIKE 'portal.%' \
                 THEN {broken}; END IF; RETURN NEW; END $$; \
                 CREATE TRIGGER broken AFTER INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION breaks()"
            ),
        });
        let mend = || house.data.raw().execute("UPDATE projects SET portal_opened_at = NULL");
        for path in [format!("/projects/{}/portal/password", site.project), format!("/projects/{closed}/portal/open")] {
            let reply = staff.sends(&path, &[]).await;
            assert_eq!(reply.status, 200, "{path}: {}", reply.body);
            says(&reply.body, &["shown this once", "id=\"link\""]);
            let project = path.split("/portal").next().unwrap();
            assert_eq!(staff.tries(project).await.status, 500, "it could not have been read afterwards");
            mend();
        }
    }

    /// The site of the tests is in New York; the clock stands at 04:00 UTC.
    async fn what_is_in_the_way_is_told_in_local_time(house: House) {
        house.data.site("Harbour Tower", "SLM-101");
        let other = house.data.site("Mill Lane", "SLM-102");
        let staff = Staff::of(&house);
        let since = "since Fri 13 Nov 2026, 23:00:00";
        let retired = staff.sends("/units/SLM-101/retire", &[]).await;
        says(&retired.body, &[since, "end that stay first"]);
        let early = [("unit", "SLM-101"), ("from", "2026-11-30T06:00")];
        let meter = format!("/projects/{}/locations/{}/meter", other.project, other.location);
        let moved = staff.sends(&meter, &early).await;
        says(&moved.body, &[since, "still to come"]);
        let place = [("location", &*other.location.to_string()), ("from", "2026-11-30T06:00")];
        let moved = staff.sends("/units/SLM-101/stay", &place).await;
        says(&moved.body, &[since, "still to come"]);
        let new = format!("/projects/{}/locations/new", other.project);
        let taken = staff.sends(&new, &[("name", "Roof"), ("unit", "SLM-101")]).await;
        says(&taken.body, &["id=\"unit-problem\">", since, "move it here afterwards", "role=\"alert\">It is not saved yet: <a href=\"#unit\">Meter</a>."]);
        for reply in [retired, moved, taken] {
            assert_eq!(reply.status, 422);
            is_silent_of(&reply.body, &["since 2026-"]);
        }
    }

    async fn the_first_wrong_field_is_where_the_page_begins(house: House) {
        let staff = Staff::of(&house);
        let reply = staff.sends("/projects/new", &[("name", ""), ("client", "x")]).await;
        says(&reply.body, &["role=\"alert\">It is not saved yet: <a href=\"#client\">Client</a>.", "name=\"client\" autofocus aria-invalid"]);
        assert_eq!(reply.body.matches("autofocus").count(), 1);
        is_silent_of(&staff.opens("/projects/new").await, &["autofocus", "role=\"alert\""]);
    }

    async fn a_body_of_more_than_64_kib_is_too_large(house: House) {
        let staff = Staff::of(&house);
        let sized = |size: usize| "x".repeat(size - "name=".len());
        let fits = staff.sends("/projects/new", &[("name", &sized(65_536))]).await;
        assert_eq!(fits.status, 422);
        let large = staff.sends("/projects/new", &[("name", &sized(65_537))]).await;
        assert_eq!(large.status, 413, "{}", large.body);
        says(&large.body, &["The request is too large."]);
    }
}
