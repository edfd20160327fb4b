//! Everything that can be asked of the server.

use utoipa::openapi::HttpMethod::{Delete, Get, Patch, Post, Put};

use super::operation::Operation;
use super::{audit, directory, operate, panel, parking, recording, rights, supervision, voicemail};
use crate::{
    AgentData, AvatarSize, ChangeMe, ChangePassword, ContactChanges, ContactConflict, ContactRow, EditQueue,
    EditStatus, Event, ForgotPassword, Health, Login, LoginAnswer, ManagedStatus, ManagedStatuses, Me, MyStatus,
    NewStatus, OrderStatuses, People, PushContacts, PushedContacts, PutContact, PutQueueAgent, QueueLive, QueueRow,
    QueueSettings, Queues, SetStatus, SipCredentials, StatusList, StatusSettings, Try, code, path,
};

pub(super) fn all() -> Vec<Operation> {
    [
        server(),
        sessions(),
        myself(),
        rights::all(),
        directory::all(),
        operate::all(),
        parking::all(),
        supervision::all(),
        audit::all(),
        recording::all(),
        voicemail::all(),
        panel::all(),
        statuses(),
        managed_statuses(),
        queues(),
        contacts(),
        streams(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn server() -> Vec<Operation> {
    let health = |path, id, summary| Operation::new(Get, path, id, summary).answers::<Health>(200, "It can serve.");
    vec![
        health(path::HEALTH, "health", "Who answers here").says("503 when the database does not answer."),
        health(path::HEALTHZ, "healthz", "The same, at the place where orchestrators look"),
        Operation::new(Get, path::OPENAPI, "openapi", "This document").answers_other(
            200,
            "application/json",
            "OpenAPI 3.1.",
        ),
    ]
}

fn sessions() -> Vec<Operation> {
    vec![
        Operation::new(Post, path::LOGIN, "login", "Sign in")
            .says("Five wrong tries for one address and e-mail within five minutes, then `rate-limited`.")
            .takes::<Login>()
            .answers::<LoginAnswer>(200, "A session.")
            .refuses(401, code::WRONG_CREDENTIALS)
            .refuses(403, code::ACCOUNT_SUSPENDED)
            .refuses(429, code::RATE_LIMITED),
        Operation::new(Post, path::TRY, "try", "Become a ready-made agent, without a password")
            .says("Only on a practice server, only for programs on its computer.")
            .takes::<Try>()
            .answers::<LoginAnswer>(200, "A session.")
            .refuses(403, code::FORBIDDEN)
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::NO_FREE_AGENT),
        Operation::new(Post, path::FORGOT_PASSWORD, "forgot_password", "Ask for a mail with a link")
            .says("The same answer whether or not there is such an account.")
            .takes::<ForgotPassword>()
            .answers_nothing(204, "If there is such an account, a mail is on its way.")
            .refuses(429, code::RATE_LIMITED)
            .refuses(501, code::NO_MAIL),
        Operation::new(Get, path::RESET, "reset_page", "The page that the link of a mail leads to, for a browser")
            .query::<String>("token", false, "From the mail.")
            .query::<String>("lang", false, "`en` or `ar`; else what the browser prefers.")
            .answers_other(200, "text/html", "A form.")
            .answers_other(410, "text/html", "The link is not valid (any more)."),
        Operation::new(Post, path::RESET, "reset_password", "The form of that page")
            .takes_other(&["application/x-www-form-urlencoded"], "`token`, `lang`, `password`, `again`.")
            .answers_other(200, "text/html", "The password is set; every session of the user has ended.")
            .answers_other(410, "text/html", "The link is not valid (any more).")
            .answers_other(422, "text/html", "The form again, with what is wrong."),
        Operation::new(Post, path::LOGOUT, "logout", "Sign out").signed_in().answers_nothing(204, "The token is void."),
    ]
}

fn myself() -> Vec<Operation> {
    vec![
        Operation::new(Get, path::ME, "me", "Who is signed in").signed_in().answers::<Me>(200, "The user."),
        Operation::new(Patch, path::ME, "change_me", "Change one's name")
            .says("What is absent stays. What only an administrator sets is `forbidden`, and nothing is changed then.")
            .signed_in()
            .takes::<ChangeMe>()
            .answers::<Me>(200, "The user as it is now.")
            .refuses(403, code::FORBIDDEN)
            .refuses(422, code::NAME),
        Operation::new(Put, path::MY_AVATAR, "put_my_avatar", "Set one's picture")
            .signed_in()
            .takes_other(
                &["image/jpeg", "image/png"],
                "At most 5 MiB. The bytes decide what it is; the largest square in the middle is kept.",
            )
            .answers::<Me>(200, "The user with the new revision.")
            .refuses(422, code::PICTURE),
        Operation::new(Delete, path::MY_AVATAR, "delete_my_avatar", "Remove one's picture")
            .signed_in()
            .answers::<Me>(200, "The user without a picture."),
        Operation::new(Put, path::MY_PASSWORD, "change_my_password", "Change one's password")
            .says("Every other session of the user ends.")
            .signed_in()
            .takes::<ChangePassword>()
            .answers::<Me>(200, "The user.")
            .refuses(401, code::WRONG_CREDENTIALS)
            .refuses(422, code::WEAK_PASSWORD)
            .refuses(429, code::RATE_LIMITED),
        Operation::new(Get, path::USER_AVATAR, "user_avatar", "Somebody's picture")
            .signed_in()
            .in_path("id", "Id of the user.")
            .query::<AvatarSize>("size", false, "128 or 512 pixels on a side.")
            .answers_other(200, "image/jpeg", "The picture; `ETag` holds its revision.")
            .answers_nothing(304, "It is the one of `If-None-Match`.")
            .refuses(404, code::NOT_FOUND),
        Operation::new(Post, path::SIP_CREDENTIALS, "sip_credentials", "What is needed to register, for a short while")
            .signed_in()
            .answers::<SipCredentials>(200, "Address, user, password, WebSockets.")
            .refuses(400, code::BAD_REQUEST),
    ]
}

fn statuses() -> Vec<Operation> {
    vec![
        Operation::new(Get, path::STATUSES, "statuses", "Which statuses there are")
            .signed_in()
            .answers::<StatusList>(200, "In the order in which they are shown."),
        Operation::new(Get, path::MY_STATUS, "my_status", "One's own status")
            .signed_in()
            .answers::<MyStatus>(200, "The status."),
        Operation::new(Put, path::MY_STATUS, "choose_status", "Choose a status")
            .says("The choice that was made last counts, wherever it was made.")
            .signed_in()
            .takes::<SetStatus>()
            .answers::<MyStatus>(200, "The status as it is now.")
            .refuses(409, code::NEWER_STATUS)
            .refuses(422, code::UNKNOWN_STATUS)
            .refuses(422, code::STATUS_TEXT),
        Operation::new(Put, path::MY_STATUS_SETTINGS, "set_status_settings", "How each sign-in begins")
            .signed_in()
            .takes::<StatusSettings>()
            .answers::<MyStatus>(200, "The status as it is now."),
        Operation::new(Get, path::PRESENCE, "presence", "Who can be reached, of the whole team")
            .signed_in()
            .answers::<People>(200, "Everybody, by extension."),
    ]
}

fn managed_statuses() -> Vec<Operation> {
    let says = "For administrators. It holds for the next call, whoever has the status, and every phone hears `statuses.changed`.";
    vec![
        Operation::new(
            Get,
            path::MANAGED_STATUSES,
            "managed_statuses",
            "All statuses, with all that can be said of them",
        )
        .says("For administrators.")
        .administrator()
        .answers::<ManagedStatuses>(200, "In their order, retired ones too."),
        Operation::new(Post, path::MANAGED_STATUSES, "create_status", "Make a status")
            .says(says)
            .administrator()
            .takes::<NewStatus>()
            .answers::<ManagedStatus>(201, "The status, the last in the order.")
            .refuses(409, code::TOO_MANY_STATUSES)
            .refuses(422, code::STATUS_NAMES),
        Operation::new(Patch, path::MANAGED_STATUS, "edit_status", "Change, retire or bring back a status")
            .says(says)
            .administrator()
            .in_path("id", "Its id.")
            .takes::<EditStatus>()
            .answers::<ManagedStatus>(200, "The status as it is now.")
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::STATUS_CHANGED)
            .refuses(409, code::BUILT_IN_STATUS)
            .refuses(422, code::STATUS_NAMES),
        Operation::new(Put, path::STATUS_ORDER, "order_statuses", "Put the statuses into another order")
            .says(says)
            .administrator()
            .takes::<OrderStatuses>()
            .answers::<ManagedStatuses>(200, "In their new order."),
    ]
}

fn queues() -> Vec<Operation> {
    let says = "For administrators. It holds at once; callers who wait stay.";
    let agent = |path, id, summary| Operation::new(Post, path, id, summary).signed_in();
    vec![
        Operation::new(Get, path::QUEUES, "queues", "All queues")
            .says("For administrators.")
            .administrator()
            .answers::<Queues>(200, "By extension."),
        Operation::new(Post, path::QUEUES, "create_queue", "Make a queue")
            .says(says)
            .administrator()
            .takes::<QueueSettings>()
            .answers::<QueueRow>(201, "The queue.")
            .refuses(409, code::EXTENSION_TAKEN)
            .refuses(409, code::TOO_MANY_QUEUES)
            .refuses(422, code::QUEUE_SETTINGS),
        Operation::new(Get, path::QUEUE, "queue", "A queue at this moment")
            .says("For administrators.")
            .administrator()
            .in_path("id", "Its id.")
            .answers::<QueueLive>(200, "Who waits and who is free, and the sums of the last 24 hours.")
            .refuses(404, code::NOT_FOUND),
        Operation::new(Patch, path::QUEUE, "edit_queue", "Change a queue")
            .says(says)
            .administrator()
            .in_path("id", "Its id.")
            .takes::<EditQueue>()
            .answers::<QueueRow>(200, "The queue as it is now.")
            .refuses(404, code::NOT_FOUND)
            .refuses(409, code::QUEUE_CHANGED)
            .refuses(409, code::EXTENSION_TAKEN)
            .refuses(422, code::QUEUE_SETTINGS),
        Operation::new(Delete, path::QUEUE, "remove_queue", "Remove a queue")
            .says("For administrators. Whoever waits is sent on; conversations go on.")
            .administrator()
            .in_path("id", "Its id.")
            .answers_nothing(204, "It is gone.")
            .refuses(404, code::NOT_FOUND),
        Operation::new(Put, path::QUEUE_AGENT, "put_queue_agent", "Let an agent serve a queue")
            .says(says)
            .administrator()
            .in_path("id", "Id of the queue.")
            .in_path("user", "Id of the user.")
            .takes::<PutQueueAgent>()
            .answers::<QueueRow>(200, "The queue as it is now.")
            .refuses(404, code::NOT_FOUND),
        Operation::new(Delete, path::QUEUE_AGENT, "remove_queue_agent", "Let an agent serve a queue no more")
            .says("For administrators. A conversation goes on.")
            .administrator()
            .in_path("id", "Id of the queue.")
            .in_path("user", "Id of the user.")
            .answers::<QueueRow>(200, "The queue as it is now.")
            .refuses(404, code::NOT_FOUND),
        Operation::new(Get, path::MY_AGENT, "my_agent", "How one stands with the queues")
            .says("Everything that keeps calls away, by the same rule that the queues go by.")
            .signed_in()
            .answers::<AgentData>(200, "State, what is left of it, and every gate."),
        agent(path::MY_AGENT_READY, "agent_ready", "End one's wrap-up").answers::<AgentData>(200, "As it is now."),
        agent(path::MY_AGENT_EXTEND, "agent_extend", "30 seconds more wrap-up")
            .says("Up to 15 minutes from the end of the call.")
            .answers::<AgentData>(200, "As it is now."),
    ]
}

fn contacts() -> Vec<Operation> {
    let book = "`personal` or `company`.";
    vec![
        Operation::new(Get, path::CONTACTS, "contact_changes", "What has changed in an address book")
            .signed_in()
            .query::<String>("book", true, book)
            .query::<u64>("since", false, "Number of the last change that is known; 0 for everything.")
            .answers::<ContactChanges>(200, "A page, oldest change first.")
            .refuses(422, code::BAD_BODY),
        Operation::new(Post, path::CONTACTS_PUSH, "push_contacts", "Change several contacts")
            .says("Each edit has an outcome of its own. An edit that is repeated with its tag is done once.")
            .signed_in()
            .takes::<PushContacts>()
            .answers::<PushedContacts>(200, "One outcome for each edit, in their order."),
        Operation::new(Put, path::CONTACT, "put_contact", "Make or change a contact")
            .signed_in()
            .in_path("id", "A UUID that the client made.")
            .takes::<PutContact>()
            .answers::<ContactRow>(200, "The contact as it is now.")
            .refuses(403, code::FORBIDDEN)
            .refuses_with::<ContactConflict>(409, "contact-conflict` (with how it stands) or `book-full")
            .refuses(422, code::CONTACT_LIMITS),
        Operation::new(Delete, path::CONTACT, "delete_contact", "Delete a contact")
            .signed_in()
            .in_path("id", "Its UUID.")
            .query::<String>("book", true, book)
            .query::<u64>("base", false, "Number of the change that this one is made on.")
            .query::<String>("edit", true, "A tag of one's own: the same again is done once.")
            .answers::<ContactRow>(200, "The contact without a card.")
            .refuses(403, code::FORBIDDEN)
            .refuses_with::<ContactConflict>(409, code::CONTACT_CONFLICT)
            .refuses(422, code::BAD_BODY),
    ]
}

fn streams() -> Vec<Operation> {
    vec![
        Operation::new(Get, path::EVENTS, "events", "What happens, as it happens: a WebSocket")
            .says("First `hello`, then what was missed since `since`, then what happens. 4401 closes the stream of a session that has ended.")
            .signed_in()
            .query::<u64>("since", false, "Number of the last event that is known.")
            .answers::<Event>(101, "One of these in each text frame."),
        Operation::new(Get, path::SIP, "sip", "SIP over WebSocket (RFC 7118), sub-protocol `sip`")
            .answers_nothing(101, "One SIP message in each frame.")
            .refuses(400, code::BAD_REQUEST)
            .refuses(403, code::FORBIDDEN),
    ]
}
