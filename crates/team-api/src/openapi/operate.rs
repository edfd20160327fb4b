//! What colleagues do with each other's calls.

use utoipa::openapi::HttpMethod::Post;

use super::operation::Operation;
use crate::{PickUp, SendTo, code, path};

pub(super) fn all() -> Vec<Operation> {
    let of_colleague = |path, id, summary, says| {
        Operation::new(Post, path, id, summary)
            .says(says)
            .signed_in()
            .in_path("id", "Id of the colleague.")
            .refuses(403, code::FORBIDDEN)
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::NO_CALL)
    };
    vec![
        of_colleague(
            path::USER_PICK_UP,
            "pick_up",
            "Take a colleague's ringing call",
            "For those who may operate calls of the department. It rings at the caller's own phones too, and the one that knows the word answers.",
        )
        .takes::<PickUp>()
        .answers_nothing(204, "It rings there.")
        .refuses(409, code::CALL_OF_QUEUE)
        .refuses(409, code::NOBODY_THERE),
        of_colleague(
            path::USER_DIVERT,
            "divert",
            "Send a colleague's ringing call to somebody else",
            "For those who may operate calls of the department.",
        )
        .takes::<SendTo>()
        .answers_nothing(204, "It rings there instead.")
        .refuses(409, code::CALL_OF_QUEUE)
        .refuses(409, code::NOBODY_THERE),
        of_colleague(
            path::USER_TRANSFER,
            "transfer_call_of",
            "Send a colleague's running call to somebody else",
            "For those who may operate calls of the department. The colleague's phone does it (RFC 5589); what came of it is seen in their presence.",
        )
        .takes::<SendTo>()
        .answers_nothing(204, "Their phone was told."),
    ]
}
