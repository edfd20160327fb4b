//! What can be asked of the directory.

use utoipa::openapi::HttpMethod::{Delete, Get, Patch, Post};

use super::operation::Operation;
use crate::{Devices, Directory, EditUser, ForceStatus, NewUser, UserCard, code, path};

pub(super) fn all() -> Vec<Operation> {
    vec![
        Operation::new(Get, path::USERS, "directory", "Who is in the directory")
            .says("For administrators: those whom they administer, as they are at this moment.")
            .administrator()
            .answers::<Directory>(200, "By extension."),
        Operation::new(Post, path::USERS, "create_user", "Make a user")
            .says("For administrators, in the departments that they administer. Who is made can sign in and be called at once.")
            .administrator()
            .takes::<NewUser>()
            .answers::<UserCard>(201, "The user.")
            .refuses(409, code::EXTENSION_TAKEN)
            .refuses(409, code::EMAIL_TAKEN)
            .refuses(422, code::USER_EXTENSION)
            .refuses(422, code::USER_NAME)
            .refuses(422, code::USER_EMAIL)
            .refuses(422, code::USER_ACL)
            .refuses(422, code::USER_PIN)
            .refuses(422, code::USER_CARD)
            .refuses(422, code::WEAK_PASSWORD),
        Operation::new(Get, path::USER, "user_card", "Everything that is said of a user")
            .says("For administrators, of those whom they administer.")
            .administrator()
            .in_path("id", "Id of the user.")
            .answers::<UserCard>(200, "The user.")
            .refuses(404, code::NOT_FOUND),
        Operation::new(Patch, path::USER, "edit_user", "Say something else of a user")
            .says("For administrators, of those whom they administer and who do not stand above them. It holds at once: for the next call of a queue, and for sessions that end by it.")
            .administrator()
            .in_path("id", "Id of the user.")
            .takes::<EditUser>()
            .answers::<UserCard>(200, "The user as it is now.")
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::USER_CHANGED)
            .refuses(409, code::EMAIL_TAKEN)
            .refuses(409, code::YOURSELF)
            .refuses(409, code::LAST_OWNER)
            .refuses(422, code::USER_NAME)
            .refuses(422, code::USER_EMAIL)
            .refuses(422, code::USER_ACL)
            .refuses(422, code::USER_PIN)
            .refuses(422, code::USER_CARD)
            .refuses(422, code::WEAK_PASSWORD),
        Operation::new(Delete, path::USER, "delete_user", "Delete a user")
            .says("For administrators, of those whom they administer and who do not stand above them. Sessions end and phones are gone before this is answered; places in queues, own contacts, status and rights go too. The log of queues and the audit stay. `version` is the one of the card.")
            .administrator()
            .in_path("id", "Id of the user.")
            .query::<u64>("version", true, "The version of the card that was read.")
            .answers_nothing(204, "They are gone.")
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::USER_CHANGED)
            .refuses(409, code::YOURSELF)
            .refuses(409, code::LAST_OWNER),
        Operation::new(Post, path::USER_FORCE, "force_status", "Set somebody's status")
            .says("For administrators, of those whom they administer and who do not stand above them. As if they had chosen it; they are told who did it.")
            .administrator()
            .in_path("id", "Id of the user.")
            .takes::<ForceStatus>()
            .answers_nothing(204, "They have it.")
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::NEWER_STATUS)
            .refuses(422, code::UNKNOWN_STATUS)
            .refuses(422, code::STATUS_TEXT),
        Operation::new(Post, path::USER_END_SESSIONS, "end_sessions", "Sign somebody out everywhere")
            .says("For administrators, of those whom they administer and who do not stand above them. Every session ends and every phone is gone; they may sign in again.")
            .administrator()
            .in_path("id", "Id of the user.")
            .answers_nothing(204, "They are signed out.")
            .refuses(404, code::NOT_FOUND),
        Operation::new(Get, path::DEVICES, "devices", "Which phones are registered")
            .says("For administrators: phones of those whom they administer.")
            .administrator()
            .answers::<Devices>(200, "By extension."),
        Operation::new(Delete, path::DEVICE, "unregister_device", "End the registration of a phone")
            .says("For administrators, of those whom they administer and who do not stand above them. Its connection is closed; a phone that may still register comes back by itself, and calls that run go on. To keep somebody out, end their sessions or suspend them.")
            .administrator()
            .in_path("id", "Id of the phone.")
            .answers_nothing(204, "It is not registered any more.")
            .refuses(404, code::NOT_FOUND),
    ]
}
