//! The second factor, turned on: a code to scan, and a code to show that it was scanned.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use auth::{EmailAddress, QrCode, TotpCode, TotpSecret};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use store_operator::LiveAccount;
use web::{FieldProblem, Page, WebError};

use super::codes::CodesPage;
use super::proof::{FIELD, prove};
use super::proof_page::{ProofPage, own_password};
use super::{PATH, back};
use crate::Office;
use crate::guard::Staff;
use crate::page::accounts::door::closed;
use crate::page::form::{Field, Form, Sent};
use crate::page::head::Head;
use crate::page::sheet::{Back, SheetPage};
use crate::page::{html, html_with, see_other};

/// `operator/profile-app.html`
#[derive(Debug, Serialize)]
pub(crate) struct AppPage {
    head: Head,
    back: Back,
    qr: Drawn,
    /// The secret in groups of four, for who types it.
    #[serde(serialize_with = "typed")]
    secret: TotpSecret,
    form: Form,
}

/// A QR code as SVG draws it.
#[derive(Debug)]
struct Drawn(QrCode);

/// `GET /profile/second-factor`: what it is, and what is needed for it.
pub(crate) async fn ask(office: Data<Office>, staff: Staff) -> Result<HttpResponse, WebError> {
    match staff.account() {
        None => closed(&office, &staff).await,
        Some(me) if me.has_second_factor => Ok(see_other(PATH)),
        Some(_) => html(&office, &page(&office)),
    }
}

/// `POST /profile/second-factor`: a new secret, shown to be scanned.
pub(crate) async fn offer(
    office: Data<Office>,
    staff: Staff,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let Some(me) = staff.account() else {
        return closed(&office, &staff).await;
    };
    let sent = Sent::untrimmed(&body)?;
    match new_secret(&office, &staff, me, &sent).await {
        Ok(secret) => html(&office, &AppPage::of(&office, me, secret)?),
        Err(error) => page(&office).refused(&office, error),
    }
}

/// The password is asked for: whoever finds an open session must not tie the account to their phone.
async fn new_secret(
    office: &Office,
    staff: &Staff,
    me: &LiveAccount,
    sent: &Sent,
) -> Result<TotpSecret, WebError> {
    let proven = prove(office, staff, me, sent.text(FIELD)).await?;
    let asker = me.asker();
    office
        .desk
        .act(staff.actor(), move |operator| {
            operator.offer_second_factor(asker, &proven)
        })
        .await
}

/// `POST /profile/second-factor/confirm`: on from now, and the recovery codes, shown once.
pub(crate) async fn confirm(
    office: Data<Office>,
    staff: Staff,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let Some(me) = staff.account() else {
        return closed(&office, &staff).await;
    };
    let (asker, sent) = (me.asker(), Sent::read(&body)?);
    let done = match code(&sent) {
        Ok(code) => {
            let act = office.desk.act(staff.actor(), move |operator| {
                operator.confirm_second_factor(asker, code)
            });
            act.await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(codes) => html(&office, &CodesPage::new(&office, me, &codes, true)),
        Err(error) => again(&office, &staff, me, &sent, error).await,
    }
}

/// The same secret once more, with what was wrong; the beginning where none is offered.
async fn again(
    office: &Office,
    staff: &Staff,
    me: &LiveAccount,
    sent: &Sent,
    error: WebError,
) -> Result<HttpResponse, WebError> {
    let asker = me.asker();
    let offered = office
        .desk
        .act(staff.actor(), move |operator| {
            operator.offered_second_factor(asker)
        })
        .await?;
    let Some(secret) = offered else {
        return page(office).refused(office, error);
    };
    let mut page = AppPage::of(office, me, secret)?;
    page.form = form(sent.text("code")).refused(error)?;
    html_with(office, StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn code(sent: &Sent) -> Result<TotpCode, WebError> {
    TotpCode::parse(sent.text("code")).map_err(|error| {
        WebError::Unprocessable(vec![FieldProblem::new("code", error.to_string())])
    })
}

fn form(code: &str) -> Form {
    Form::new(vec![
        Field::text("code", "Code", code)
            .filled_in_as("one-time-code")
            .hint("The six digits that the app shows now.")
            .required(),
    ])
}

fn page(office: &Office) -> ProofPage {
    ProofPage(SheetPage {
        head: Head::new(office, "profile"),
        title: "Turn the second factor on".into(),
        back: back(),
        notes: vec![
            "After your password you are then asked for a code that an app on your phone shows. \
             Who learns your password alone cannot sign in."
                .into(),
            "You need an authenticator app (any that knows TOTP). The next page shows a QR code \
             for it; nothing is asked for until you have shown, within ten minutes, that the app works."
                .into(),
        ],
        form: Form::new(vec![own_password("Your password")]),
        action: "/profile/second-factor".into(),
        act: "Show the QR code".into(),
        danger: false,
    })
}

impl AppPage {
    fn of(office: &Office, me: &LiveAccount, secret: TotpSecret) -> Result<Self, WebError> {
        let unwritable = |cause: String| WebError::Unwritable(cause);
        let email =
            EmailAddress::parse(&me.email).map_err(|error| unwritable(error.to_string()))?;
        let qr = QrCode::of(&secret.uri(&office.settings.brand, &email))
            .map_err(|error| unwritable(error.to_string()))?;
        Ok(Self {
            head: Head::new(office, "profile"),
            back: back(),
            qr: Drawn(qr),
            secret,
            form: form(""),
        })
    }
}

impl Serialize for Drawn {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut drawn = to.serialize_struct("Drawn", 2)?;
        drawn.serialize_field("size", &self.0.size())?;
        drawn.serialize_field("path", self.0.path())?;
        drawn.end()
    }
}

fn typed<S: Serializer>(secret: &TotpSecret, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&grouped(&secret.to_base32()))
}

/// In groups of four, as people read a long text out.
fn grouped(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let groups: Vec<String> = characters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

impl Page for AppPage {
    const TEMPLATE: &'static str = "operator/profile-app.html";

    fn samples() -> Vec<Self> {
        let page = |form| {
            Some(Self {
                head: Head::sample("profile", false),
                back: back(),
                qr: Drawn(QrCode::of("otpauth://totp/sample").ok()?),
                secret: TotpSecret::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").ok()?,
                form,
            })
        };
        let mut wrong = form("12345");
        for field in &mut wrong.fields {
            field.problem = Some("a code is the six digits that the app shows".into());
        }
        [page(form("")), page(wrong)]
            .into_iter()
            .flatten()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_in_what_is_printed_to_debug() {
        for page in AppPage::samples() {
            let printed = format!("{page:?}");
            for secret in ["GEZD", "M4"] {
                assert!(!printed.contains(secret), "{printed}");
            }
        }
        assert_eq!(AppPage::samples().len(), 2);
    }
}
