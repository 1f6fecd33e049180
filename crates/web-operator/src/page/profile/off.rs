//! The second factor, turned off by its owner.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use store_operator::{Authority, LiveAccount};
use web::WebError;

use super::proof::{FIELD, prove};
use super::proof_page::{ProofPage, own_password};
use super::{PATH, back};
use crate::Office;
use crate::guard::Staff;
use crate::page::accounts::door::closed;
use crate::page::form::{Form, Sent};
use crate::page::head::Head;
use crate::page::sheet::SheetPage;
use crate::page::{html, see_other};

/// `GET /profile/second-factor/off`.
pub(crate) async fn ask(office: Data<Office>, staff: Staff) -> Result<HttpResponse, WebError> {
    match staff.account() {
        None => closed(&office, &staff).await,
        Some(me) if !me.has_second_factor => Ok(see_other(PATH)),
        Some(_) => html(&office, &page(&office)),
    }
}

/// `POST /profile/second-factor/off`.
pub(crate) async fn turn_off(
    office: Data<Office>,
    staff: Staff,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let Some(me) = staff.account() else {
        return closed(&office, &staff).await;
    };
    let sent = Sent::untrimmed(&body)?;
    match remove(&office, &staff, me, &sent).await {
        Ok(()) => Ok(see_other(&format!("{PATH}?said=off"))),
        Err(error) => page(&office).refused(&office, error),
    }
}

async fn remove(
    office: &Office,
    staff: &Staff,
    me: &LiveAccount,
    sent: &Sent,
) -> Result<(), WebError> {
    prove(office, staff, me, sent.text(FIELD)).await?;
    let (id, asker) = (me.id, me.asker());
    office
        .desk
        .act(staff.actor(), move |operator| {
            operator.remove_second_factor(Authority::Account(asker), id)
        })
        .await
}

fn page(office: &Office) -> ProofPage {
    ProofPage(SheetPage {
        head: Head::new(office, "profile"),
        title: "Turn the second factor off?".into(),
        back: back(),
        notes: vec![
            "From then on your password alone signs you in. Your recovery codes are void.".into(),
            "For a new phone, turn it off here and on again with the new one.".into(),
        ],
        form: Form::new(vec![own_password("Your password")]),
        action: "/profile/second-factor/off".into(),
        act: "Turn it off".into(),
        danger: true,
    })
}
