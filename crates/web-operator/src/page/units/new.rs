//! `/units/new`: a meter that joins the roster.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Bytes, Data};
use domain::DeviceKind;
use serde::Serialize;
use store_operator::NewUnit;
use web::{FieldProblem, Page, WebError};

use super::{due, fields, fields_sent};
use crate::Office;
use crate::error::refused;
use crate::guard::Staff;
use crate::page::form::{Field, Form, Sent};
use crate::page::head::Head;
use crate::page::{html, html_with};

/// `operator/units-new.html`
#[derive(Debug, Serialize)]
pub(crate) struct NewUnitPage {
    head: Head,
    form: Form,
}

/// `GET /units/new`.
pub(crate) async fn show(office: Data<Office>, _staff: Staff) -> Result<HttpResponse, WebError> {
    let page = NewUnitPage {
        head: Head::new(&office, "units"),
        form: form("", fields("", "NL-43", "")),
    };
    html(&office, &page)
}

/// `POST /units`.
pub(crate) async fn add(
    office: Data<Office>,
    staff: Staff,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let sent = Sent::read(&body)?;
    let added = match unit(&sent) {
        Ok(unit) => {
            let path = format!("/units/{}", unit.id);
            let act = office
                .desk
                .act(staff.actor(), move |operator| operator.add_unit(&unit));
            act.await.map(|()| path)
        }
        Err(error) => Err(error),
    };
    match added {
        Ok(path) => Ok(HttpResponse::SeeOther()
            .insert_header((LOCATION, path))
            .finish()),
        Err(error) => {
            let page = NewUnitPage {
                head: Head::new(&office, "units"),
                form: form(sent.text("unit"), fields_sent(&sent)).refused(error)?,
            };
            html_with(&office, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

fn unit(sent: &Sent) -> Result<NewUnit, WebError> {
    let id = store_operator::unit_id(sent.text("unit")).map_err(refused)?;
    Ok(NewUnit {
        id,
        kind: DeviceKind::SoundLevelMeter,
        serial: sent.optional("serial"),
        model: sent.optional("model"),
        calibration_due: due(sent)?,
    })
}

fn form(unit: &str, more: Vec<Field>) -> Form {
    let name = Field::text("unit", "Meter", unit)
        .hint("its unit id in SLMM, letter for letter, such as SLM-101; it cannot be changed later")
        .required();
    Form::new(std::iter::once(name).chain(more).collect())
}

impl Page for NewUnitPage {
    const TEMPLATE: &'static str = "operator/units-new.html";

    fn samples() -> Vec<Self> {
        let refused = WebError::Unprocessable(vec![FieldProblem::new("unit", "write a unit id")]);
        let empty = form("", fields("", "NL-43", ""));
        let wrong = form("a b", fields("<1>", "", "2026-11-21")).refused(refused);
        let page = |form| Self {
            head: Head::sample("units", false),
            form,
        };
        std::iter::once(empty).chain(wrong).map(page).collect()
    }
}
