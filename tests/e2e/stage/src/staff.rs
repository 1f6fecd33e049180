//! Members of staff, and the phones that some have.

use std::collections::HashMap;

use serde_json::json;
use testkit::{Factor, House};

use crate::stage::Outcome;

/// The phones, by their owner's address.
#[derive(Default)]
pub(crate) struct Staff(HashMap<String, Factor>);

impl Staff {
    /// Somebody gets an account of that role.
    pub(crate) fn hire(&mut self, house: &House, role: &str, second_factor: bool) -> Outcome {
        let role = role.parse().map_err(|error| format!("{error}"))?;
        let member = house.data.member(role);
        let mut told = json!({ "email": member.email, "password": member.password.reveal() });
        if second_factor {
            let factor = house.data.second_factor(&member);
            let recovery: Vec<_> = factor.recovery.iter().map(|code| code.reveal()).collect();
            told["recovery"] = json!(recovery);
            self.0.insert(member.email, factor);
        }
        Ok(told)
    }

    /// What somebody's phone shows now.
    pub(crate) fn code(&self, house: &House, email: &str) -> Outcome {
        let factor = self.0.get(email).ok_or("nobody with a second factor")?;
        Ok(json!({ "code": factor.code(&**house.clock(), 0) }))
    }
}
