//! What can be asked of supervision.

use utoipa::openapi::HttpMethod::{Get, Post, Put};

use super::operation::Operation;
use crate::{Supervise, SuperviseLeave, SupervisionPolicy, code, path};

pub(super) fn all() -> Vec<Operation> {
    let everybody = "For those who administer everybody.";
    vec![
        Operation::new(Post, path::USER_SUPERVISE, "supervise", "Listen to somebody's call, whisper or barge in")
            .says("For those who have the right and whose role monitors, within their departments. The answer is leave for one call to the agent's phone, or for one change of a supervision that runs; it is void after 30 seconds. Whoever asks is written down, and so is each refusal.")
            .signed_in()
            .in_path("id", "Id of the user.")
            .takes::<Supervise>()
            .answers::<SuperviseLeave>(200, "Leave.")
            .refuses(403, code::FORBIDDEN)
            .refuses(409, code::YOURSELF)
            .refuses(409, code::SUPERVISE_NO_CALL)
            .refuses(409, code::SUPERVISE_TAKEN),
        Operation::new(Get, path::SUPERVISION_POLICY, "supervision_policy", "Whether agents see that they are supervised")
            .says(everybody)
            .administrator()
            .answers::<SupervisionPolicy>(200, "As it is."),
        Operation::new(Put, path::SUPERVISION_POLICY, "put_supervision_policy", "Say whether agents see it")
            .says("For those who administer everybody. It holds for leave that is given from now on.")
            .administrator()
            .takes::<SupervisionPolicy>()
            .answers::<SupervisionPolicy>(200, "As it is now."),
    ]
}
