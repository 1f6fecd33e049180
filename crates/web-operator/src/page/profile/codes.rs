//! Recovery codes: shown once, when they are made.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use auth::RecoveryCode;
use serde::{Serialize, Serializer};
use store_operator::LiveAccount;
use web::{Page, WebError};

use super::proof::{FIELD, prove};
use super::proof_page::{ProofPage, own_password};
use super::{PATH, back};
use crate::Office;
use crate::guard::Staff;
use crate::page::accounts::door::closed;
use crate::page::form::{Form, Sent};
use crate::page::head::Head;
use crate::page::sheet::{Back, SheetPage};
use crate::page::{html, see_other};

/// `operator/profile-codes.html`
#[derive(Debug, Serialize)]
pub(crate) struct CodesPage {
    head: Head,
    back: Back,
    /// Whether the second factor was just turned on.
    first: bool,
    /// Whose they are.
    email: String,
    #[serde(serialize_with = "shown")]
    codes: Vec<RecoveryCode>,
}

impl CodesPage {
    pub(super) fn new(
        office: &Office,
        me: &LiveAccount,
        codes: &[RecoveryCode],
        first: bool,
    ) -> Self {
        Self {
            head: Head::new(office, "profile"),
            back: back(),
            first,
            email: me.email.clone(),
            codes: codes.to_vec(),
        }
    }
}

/// `GET /profile/recovery-codes`.
pub(crate) async fn ask(office: Data<Office>, staff: Staff) -> Result<HttpResponse, WebError> {
    match staff.account() {
        None => closed(&office, &staff).await,
        Some(me) if !me.has_second_factor => Ok(see_other(PATH)),
        Some(_) => html(&office, &page(&office)),
    }
}

/// `POST /profile/recovery-codes`: the password is asked for, since a code does in place of the
/// phone.
pub(crate) async fn renew(
    office: Data<Office>,
    staff: Staff,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let Some(me) = staff.account() else {
        return closed(&office, &staff).await;
    };
    let sent = Sent::untrimmed(&body)?;
    match replace(&office, &staff, me, &sent).await {
        Ok(codes) => html(&office, &CodesPage::new(&office, me, &codes, false)),
        Err(error) => page(&office).refused(&office, error),
    }
}

async fn replace(
    office: &Office,
    staff: &Staff,
    me: &LiveAccount,
    sent: &Sent,
) -> Result<Vec<RecoveryCode>, WebError> {
    prove(office, staff, me, sent.text(FIELD)).await?;
    let asker = me.asker();
    office
        .desk
        .act(staff.actor(), move |operator| {
            operator.renew_recovery_codes(asker)
        })
        .await
}

fn page(office: &Office) -> ProofPage {
    ProofPage(SheetPage {
        head: Head::new(office, "profile"),
        title: "Make new recovery codes?".into(),
        back: back(),
        notes: vec![
            "Those you have now are void. The new ones are shown once, on the next page: have at \
             hand where you keep them."
                .into(),
        ],
        form: Form::new(vec![own_password("Your password")]),
        action: "/profile/recovery-codes".into(),
        act: "Make new codes".into(),
        danger: true,
    })
}

fn shown<S: Serializer>(codes: &[RecoveryCode], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(codes.iter().map(RecoveryCode::reveal))
}

impl Page for CodesPage {
    const TEMPLATE: &'static str = "operator/profile-codes.html";

    fn samples() -> Vec<Self> {
        let page = |first| Self {
            head: Head::sample("profile", false),
            back: back(),
            first,
            email: "ada@firm.example".into(),
            codes: ["abcde-fghjk-mnpqr-stuvw", "bcdef-ghjkm-npqrs-tuvwx"]
                .into_iter()
                .filter_map(|code| RecoveryCode::parse(code).ok())
                .collect(),
        };
        vec![page(true), page(false)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_in_what_is_printed_to_debug() {
        for page in CodesPage::samples() {
            let printed = format!("{page:?}");
            assert!(!printed.contains("abcde"), "{printed}");
        }
        assert_eq!(CodesPage::samples().len(), 2);
    }
}
