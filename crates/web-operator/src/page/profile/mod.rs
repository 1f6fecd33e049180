//! One's own account: what everybody at work here keeps for themself.

pub(crate) mod codes;
pub(crate) mod everywhere;
pub(crate) mod name;
pub(crate) mod off;
mod onward;
pub(crate) mod password;
mod proof;
pub(crate) mod proof_page;
pub(crate) mod second_factor;
pub(crate) mod show;

use auth::Role;
use store_operator::{AccountDetail, LiveAccount};
use web::WebError;

use super::sheet::Back;
use crate::Office;
use crate::guard::Staff;

/// Where one's own account is kept.
const PATH: &str = "/profile";

fn back() -> Back {
    Back::to(PATH, "Your account")
}

/// The account as it is stored now.
async fn detail(
    office: &Office,
    staff: &Staff,
    me: &LiveAccount,
) -> Result<AccountDetail, WebError> {
    let id = me.id;
    office
        .desk
        .act(staff.actor(), move |operator| operator.account_detail(id))
        .await
}

/// What a role may, in words.
pub(super) fn may(role: Role) -> &'static str {
    match role {
        Role::Superadmin => "everything, accounts included",
        Role::Admin => "everything but accounts",
        Role::Operator => "sees everything, acknowledges events, sets alert rules",
    }
}
