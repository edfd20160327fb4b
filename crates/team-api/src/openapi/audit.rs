//! What can be asked of the audit.

use utoipa::openapi::HttpMethod::Get;

use super::operation::Operation;
use crate::{AuditPage, code, path};

pub(super) fn all() -> Vec<Operation> {
    vec![
        Operation::new(Get, path::AUDIT, "audit", "What administrators and supervisors have done")
            .says("For those who administer everybody. Newest first. No password and no PIN was ever written down.")
            .administrator()
            .query::<String>("before", false, "`next` of the page before.")
            .query::<String>("area", false, "Only of this kind: what stands before the dot in `action`.")
            .query::<String>("person", false, "Only what this user, by id, has done or was subject to.")
            .query::<u32>("limit", false, "At most so many, 1 to 200; 50 unless told.")
            .answers::<AuditPage>(200, "A page.")
            .refuses(400, code::BAD_REQUEST),
    ]
}
