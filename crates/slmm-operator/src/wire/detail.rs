//! What SLMM says when it refuses: for the log, and nowhere else.

use serde::Deserialize;
use serde_json::Value;
use slmm::plumbing::{Reply, read};

/// The longest that is logged, characters.
const LONGEST: usize = 300;

#[derive(Deserialize)]
struct Envelope {
    detail: Value,
}

/// What a refusal says: the text, or which fields are wrong and how. What was sent is not repeated,
/// though SLMM does.
pub(crate) fn detail(reply: &Reply) -> String {
    let said = match read::<Envelope>(&reply.body).map(|envelope| envelope.detail) {
        Ok(Value::String(text)) => text,
        Ok(Value::Array(complaints)) => {
            let said: Vec<String> = complaints.iter().map(complaint).collect();
            said.join("; ")
        }
        Ok(_) | Err(_) => "(nothing that can be read)".to_owned(),
    };
    said.escape_debug().take(LONGEST).collect()
}

fn complaint(complaint: &Value) -> String {
    let message = complaint.get("msg").and_then(Value::as_str);
    let place = complaint.get("loc").and_then(Value::as_array);
    let field = place.and_then(|place| place.last()).and_then(Value::as_str);
    format!("{}: {}", field.unwrap_or("?"), message.unwrap_or("?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str) -> String {
        detail(&Reply {
            status: 422,
            body: body.to_owned().into(),
        })
    }

    #[test]
    fn a_refusal_is_told_in_a_line_without_what_was_sent() {
        let types = include_str!("../../../../tests/fixtures/slmm/rule_422_types.json");
        let line = said(types);
        assert!(
            line.starts_with("threshold_db: Input should be a valid number"),
            "{line}"
        );
        assert!(
            line.contains("; enabled: ") && !line.contains("loud"),
            "{line}"
        );
        let taken = include_str!("../../../../tests/fixtures/slmm/roster_409.json");
        assert!(said(taken).contains("already exists"));
    }

    #[test]
    fn no_refusal_breaks_out_of_its_line() {
        assert_eq!(said(r#"{"detail":"a\nWARN b"}"#), "a\\nWARN b");
        assert_eq!(
            said(&format!(r#"{{"detail":"{}"}}"#, "x".repeat(9_000))).len(),
            LONGEST
        );
        for odd in ["", "<html>", "[]", r#"{"detail":7}"#] {
            assert_eq!(said(odd), "(nothing that can be read)", "{odd}");
        }
        assert_eq!(said(r#"{"detail":[7,{"msg":"m"}]}"#), "?: ?; ?: m");
    }
}
