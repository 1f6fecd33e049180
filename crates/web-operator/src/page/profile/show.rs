//! `/profile`: what there is of one's own account.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use auth::Role;
use serde::Serialize;
use store_operator::AccountDetail;
use web::when::When;
use web::{Page, WebError};

use super::{detail, may};
use crate::Office;
use crate::guard::Staff;
use crate::page::accounts::door::closed;
use crate::page::form::query;
use crate::page::head::Head;
use crate::page::html;

/// From so few recovery codes on it is time for new ones.
const FEW: usize = 3;

/// `operator/profile.html`
#[derive(Debug, Serialize)]
pub(crate) struct ProfilePage {
    head: Head,
    /// What has just been done.
    said: Option<&'static str>,
    name: String,
    email: String,
    role: &'static str,
    may: &'static str,
    signed_in: Option<When>,
    /// `None` while the second factor is off.
    codes: Option<Codes>,
    /// Whether it should be on.
    urged: bool,
}

/// The recovery codes of a second factor that is on.
#[derive(Debug, Serialize)]
struct Codes {
    left: usize,
    /// Whether it is time for new ones.
    few: bool,
}

/// `GET /profile?said=`.
pub(crate) async fn show(
    office: Data<Office>,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let Some(me) = staff.account() else {
        return closed(&office, &staff).await;
    };
    let detail = detail(&office, &staff, me).await?;
    let said = words(&query(&request, "said"));
    html(&office, &ProfilePage::of(&office, &detail, said))
}

/// What is said of an act on the page that follows it.
fn words(said: &str) -> Option<&'static str> {
    match said {
        "name" => Some("Your name is changed."),
        "password" => Some(
            "Your password is changed. Every other session of yours has ended; this one goes on.",
        ),
        "off" => Some("The second factor is off. Your recovery codes are void."),
        "everywhere" => Some("Every other session of yours has ended; this one goes on."),
        _ => None,
    }
}

impl ProfilePage {
    fn of(office: &Office, detail: &AccountDetail, said: Option<&'static str>) -> Self {
        let account = &detail.account;
        let zone = &office.settings.site_zone;
        let signed_in = account.last_login_at.map(|at| When::full(at, zone));
        Self {
            head: Head::new(office, "profile"),
            said,
            name: account.display_name.to_string(),
            email: account.email.to_string(),
            role: account.role.as_str(),
            may: may(account.role),
            signed_in,
            codes: account
                .has_second_factor
                .then(|| Codes::new(detail.recovery_codes_left)),
            urged: account.role == Role::Superadmin && !account.has_second_factor,
        }
    }
}

impl Codes {
    fn new(left: usize) -> Self {
        Self {
            left,
            few: left <= FEW,
        }
    }
}

impl Page for ProfilePage {
    const TEMPLATE: &'static str = "operator/profile.html";

    fn samples() -> Vec<Self> {
        let at = When::full(domain::Timestamp::UNIX_EPOCH, &domain::TimeZone::UTC);
        let page = |said, role: Role, codes: Option<usize>, signed_in| Self {
            head: if role == Role::Superadmin {
                Head::sample("profile", false)
            } else {
                Head::sample_for_operator("profile")
            },
            said: words(said),
            name: "Ada <Lovelace>".into(),
            email: "ada@firm.example".into(),
            role: role.as_str(),
            may: may(role),
            signed_in,
            urged: role == Role::Superadmin && codes.is_none(),
            codes: codes.map(Codes::new),
        };
        vec![
            page("", Role::Superadmin, None, Some(at.clone())),
            page("password", Role::Admin, Some(10), Some(at.clone())),
            page("name", Role::Operator, Some(1), None),
            page("off", Role::Operator, None, Some(at.clone())),
            page("everywhere", Role::Operator, Some(0), Some(at)),
        ]
    }
}
