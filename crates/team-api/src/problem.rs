//! Errors on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Media type of a [`Problem`].
pub const PROBLEM_TYPE: &str = "application/problem+json";

/// A refused request (RFC 9457). Programs read `status` and `code`; `title` and `detail` are for people who read traces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// [`problem_type`] of the code.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// HTTP status code again.
    pub status: u16,
    /// One of [`code`].
    pub code: String,
    /// English, short, the same for every problem of this type.
    pub title: String,
    /// English: what was wrong this time, without anything that the caller sent.
    #[serde(default)]
    pub detail: String,
    /// With [`code::NO_MAIL`]: whom to ask instead, in the words of the administrator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// With [`code::WRONG_CREDENTIALS`]: how many tries are left before [`code::RATE_LIMITED`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tries_left: Option<u32>,
    /// With [`code::RATE_LIMITED`] and [`code::BUSY`]: seconds to wait. Also in the header `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u64>,
}

/// The URI of a kind of problem: a tag (RFC 4151), since there is nothing to be fetched.
#[must_use]
pub fn problem_type(code: &str) -> String {
    format!("tag:rannan.local,2026:problem:{code}")
}

/// Codes of problems. A code is added only when a client treats it differently.
pub mod code {
    /// 400: the request line, the headers or the JSON itself are broken.
    pub const BAD_REQUEST: &str = "bad-request";
    /// 401: no token, or one that is unknown, void or too old.
    pub const NOT_SIGNED_IN: &str = "not-signed-in";
    /// 401: e-mail or password are wrong; the same for known and unknown e-mails.
    pub const WRONG_CREDENTIALS: &str = "wrong-credentials";
    /// 403: the account exists and the password is right, but it may not be used.
    pub const ACCOUNT_SUSPENDED: &str = "account-suspended";
    /// 403: not for this caller.
    pub const FORBIDDEN: &str = "forbidden";
    /// 404: nothing here.
    pub const NOT_FOUND: &str = "not-found";
    /// 405: the path exists, the method does not.
    pub const METHOD: &str = "method-not-allowed";
    /// 409: every ready-made agent is taken by a profile.
    pub const NO_FREE_AGENT: &str = "no-free-agent";
    /// 409: there is no such call of this person at this moment.
    pub const NO_CALL: &str = "no-call";
    /// 409: a queue offers this call, and decides to whom.
    pub const CALL_OF_QUEUE: &str = "call-of-queue";
    /// 409: nobody can take the call there: no phone, or a status that keeps calls away.
    pub const NOBODY_THERE: &str = "nobody-there";
    /// 409: every parking place is taken.
    pub const NO_PLACE: &str = "no-place";
    /// 409: another status was chosen later, on another phone.
    pub const NEWER_STATUS: &str = "newer-status";
    /// 409: this session has no event stream that could tell.
    pub const NO_STREAM: &str = "no-stream";
    /// 409: not possible as things stand; `detail` says why.
    pub const NOT_NOW: &str = "not-now";
    /// 409: the status was changed by somebody else since.
    pub const STATUS_CHANGED: &str = "status-changed";
    /// 409: this status is always there, and means what it says.
    pub const BUILT_IN_STATUS: &str = "built-in-status";
    /// 409: there are as many statuses as there may be.
    pub const TOO_MANY_STATUSES: &str = "too-many-statuses";
    /// 422: the settings of the queue do not fit; `detail` says why.
    pub const QUEUE_SETTINGS: &str = "queue-settings";
    /// 409: the queue was changed by somebody else since.
    pub const QUEUE_CHANGED: &str = "queue-changed";
    /// 409: there are as many queues as there may be.
    pub const TOO_MANY_QUEUES: &str = "too-many-queues";
    /// 409: a user or a queue has this extension.
    pub const EXTENSION_TAKEN: &str = "extension-taken";
    /// 409: somebody signs in with this e-mail already.
    pub const EMAIL_TAKEN: &str = "email-taken";
    /// 409: the card was changed by somebody else since.
    pub const USER_CHANGED: &str = "user-changed";
    /// 409: nobody talks there.
    pub const SUPERVISE_NO_CALL: &str = "supervise-no-call";
    /// 409: somebody supervises this call already.
    pub const SUPERVISE_TAKEN: &str = "supervise-taken";
    /// 409: one does not suspend or delete oneself.
    pub const YOURSELF: &str = "yourself";
    /// 422: what is said of a user cannot be so; `detail` says what.
    pub const USER_CARD: &str = "user-card";
    /// 422: this cannot be an extension.
    pub const USER_EXTENSION: &str = "user-extension";
    /// 422: this cannot be the name of a user.
    pub const USER_NAME: &str = "user-name";
    /// 422: this is no e-mail address.
    pub const USER_EMAIL: &str = "user-email";
    /// 422: one of these is no network, or there are too many.
    pub const USER_ACL: &str = "user-acl";
    /// 422: an access PIN has 4 to 12 digits.
    pub const USER_PIN: &str = "user-pin";
    /// 409: the rights were changed by somebody else since.
    pub const RIGHTS_CHANGED: &str = "rights-changed";
    /// 409: the department was changed by somebody else since.
    pub const DEPARTMENT_CHANGED: &str = "department-changed";
    /// 409: people belong to the department, or it is the one that is always there.
    pub const DEPARTMENT_IN_USE: &str = "department-in-use";
    /// 409: another department has this name.
    pub const DEPARTMENT_TAKEN: &str = "department-taken";
    /// 409: there are as many departments as there may be.
    pub const TOO_MANY_DEPARTMENTS: &str = "too-many-departments";
    /// 409: the part does not begin where the last one ended.
    pub const RECORDING_OFFSET: &str = "recording-offset";
    /// 409: too many recordings of this person are on their way.
    pub const TOO_MANY_RECORDINGS: &str = "too-many-recordings";
    /// 422: the file is not as it was announced; hand it over again.
    pub const RECORDING_BROKEN: &str = "recording-broken";
    /// 409: nobody would be left who administers everybody.
    pub const LAST_OWNER: &str = "last-owner";
    /// 409: the contact was changed by somebody else since; the answer holds how it stands.
    pub const CONTACT_CONFLICT: &str = "contact-conflict";
    /// 409: the book holds as much as it may.
    pub const BOOK_FULL: &str = "book-full";
    /// 413: the body is too long.
    pub const TOO_LARGE: &str = "too-large";
    /// 415: the body is not `application/json`.
    pub const NOT_JSON: &str = "not-json";
    /// 422: JSON, but not of the shape or length that is expected.
    pub const BAD_BODY: &str = "bad-body";
    /// 422: more or longer lines than a contact may have.
    pub const CONTACT_LIMITS: &str = "contact-limits";
    /// 422: there is no such status, or only the server sets it.
    pub const UNKNOWN_STATUS: &str = "unknown-status";
    /// 422: this status needs words, and none came, or more than fit.
    pub const STATUS_TEXT: &str = "status-text";
    /// 422: a status needs a name of 1 to 40 characters in each language.
    pub const STATUS_NAMES: &str = "status-names";
    /// 422: a department needs a name of 1 to 60 characters in one line.
    pub const DEPARTMENT_NAME: &str = "department-name";
    /// 422: a first or last name is too long, holds a line break, or both are empty.
    pub const NAME: &str = "name";
    /// 422: the new password keeps not all rules of PW-02.
    pub const WEAK_PASSWORD: &str = "weak-password";
    /// 422, followed by why (`truncated`, `foreign`, `too-many-pixels` …): the file does not become a picture.
    pub const PICTURE: &str = "picture-";
    /// 429: too many failed tries.
    pub const RATE_LIMITED: &str = "rate-limited";
    /// 501: this server sends no mail; an administrator has to be asked.
    pub const NO_MAIL: &str = "no-mail";
    /// 500: our fault; the log knows more.
    pub const INTERNAL: &str = "internal";
    /// 503: try again a little later.
    pub const BUSY: &str = "busy";
}
