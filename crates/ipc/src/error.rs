//! Errors across the bridge.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A failure that the user is told about. The catalogue has the words under `error-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IpcError {
    /// Which.
    pub code: ErrorCode,
    /// Tries left before the account is locked for a while, with `wrongPassword`.
    pub tries_left: Option<u32>,
    /// Seconds to wait, with `tooManyTries`.
    pub retry_after_s: Option<u32>,
    /// Technical line: selectable, never translated, no secrets.
    pub detail: Option<String>,
}

impl IpcError {
    /// A code without parameters.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        IpcError { code, tries_left: None, retry_after_s: None, detail: None }
    }
}

/// One code for each thing that the UI says differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// E-mail or password are wrong.
    WrongPassword,
    /// Locked for a while.
    TooManyTries,
    /// No connection to the server.
    ServerUnreachable,
    /// Certificate unknown, expired or for another name.
    BadCertificate,
    /// Something answers there, but it is not a Rannan server.
    NotAServer,
    /// The text is no server address.
    BadServerAddress,
    /// Server answered with a failure.
    ServerFailure,
    /// The practice server could not be started.
    PracticeFailed,
    /// Nothing in the text can be dialled.
    BadNumber,
    /// No connection: cannot call now.
    NotConnected,
    /// Not signed in.
    NotSignedIn,
    /// No such call any more.
    NoSuchCall,
    /// Not possible in this state.
    NotNow,
    /// More calls than lines.
    TooManyCalls,
    /// Not a digit that can be sent.
    BadDigit,
    /// The far end refused hold or resume.
    FarEndRefused,
    /// The local database cannot be read or written.
    StorageFailed,
    /// The device is not there.
    DeviceMissing,
    /// No OS keychain: the password is asked at each start.
    NoKeychain,
    /// The call is no longer in the history.
    NoSuchRow,
    /// A note that is longer than 2,000 characters.
    NoteTooLong,
    /// A file that the agent asked for could not be written.
    FileNotWritten,
    /// The system's settings could not be opened.
    NoSystemSettings,
    /// Own words are missing or too many.
    StatusText,
    /// Another phone of this person chose a status later.
    StatusNewer,
    /// The server did not take the status.
    StatusRefused,
    /// The contact was deleted meanwhile.
    NoSuchContact,
    /// The company's contacts may only be changed by those who have the right.
    NotYourBook,
    /// The file is neither cards nor a table.
    NotABook,
    /// The file is larger than 64 MiB.
    FileTooLarge,
    /// The file for import is not open any more.
    NoSuchFile,
    /// The account may not be used.
    AccountSuspended,
    /// This cannot be a name.
    BadName,
    /// The new password breaks a rule.
    WeakPassword,
    /// It is not theirs to administer.
    NotYours,
    /// Somebody else has changed the rights meanwhile.
    RightsChanged,
    /// Nobody would be left who administers everybody.
    LastOwner,
    /// Somebody else has changed the statuses meanwhile.
    StatusChanged,
    /// A status wants a name of 1 to 40 characters in each language.
    StatusNames,
    /// There are 100 statuses.
    TooManyStatuses,
    /// Somebody else has changed or removed the queue meanwhile, or who serves it.
    QueueChanged,
    /// A queue cannot be set up like that.
    QueueSettings,
    /// There are 200 queues.
    TooManyQueues,
    /// There is no such user, or they are not this person's to administer.
    NoSuchUser,
    /// Somebody else has changed the user meanwhile.
    UserChanged,
    /// A user or a queue has this extension.
    ExtensionTaken,
    /// Somebody signs in with this e-mail.
    EmailTaken,
    /// This cannot be an extension.
    BadExtension,
    /// This cannot be the name of a user.
    BadUserName,
    /// This is no e-mail address.
    BadEmail,
    /// One of these is no network, or there are too many.
    BadAcl,
    /// An access PIN has 4 to 12 digits.
    BadPin,
    /// Something else on the card of a user cannot be so.
    BadCard,
    /// The last Id of a range is before the first, or one of them is no number.
    BadRange,
    /// A range of more than 1,000 users.
    RangeTooLong,
    /// The pattern of a range makes no e-mail addresses, or the same for all.
    BadEmailPattern,
    /// A file of users is no table.
    NotATable,
    /// A file of users has more than 10 MiB.
    TableTooLarge,
    /// A file of users has more than 10,000 rows.
    TooManyRows,
    /// No column says the Id.
    NoIdColumn,
    /// This job over many users was forgotten.
    NoSuchBulk,
    /// Another job over many users runs.
    BulkBusy,
    /// Nobody suspends or deletes themselves.
    Yourself,
    /// The phone is not registered any more.
    NoSuchExtension,
    /// The calls of this person are not this one's to operate.
    OperateRefused,
    /// The colleague's call is over, or rings no more.
    OperateNoCall,
    /// A queue offers the call, and decides to whom.
    OperateOfQueue,
    /// Nobody can take the call there.
    OperateNobodyThere,
    /// Every parking place is taken.
    ParkNoPlace,
    /// The right to park calls is missing.
    ParkRefused,
    /// Nobody listens to this person's calls without the right and the role, or outside of the department.
    SuperviseRefused,
    /// Nobody talks there.
    SuperviseNoCall,
    /// Somebody supervises this call already.
    SuperviseTaken,
    /// Nobody supervises themselves.
    SuperviseOwn,
    /// A bug of ours.
    Internal,
}
