//! Many users at once (BK-01, BK-02).
//!
//! `bulk_range(BulkRange)` and `bulk_plan(BulkPlan)` answer with a [`Bulk`]: what would be done, and nothing is done yet. Its rows come by
//! `bulk_rows(BulkPage)`. `bulk_start(BulkOf)` carries it out, also what was left of it; events `bulk` say how far it is, with the rows
//! that changed. `bulk_stop(BulkOf)` ends it, `bulk_leave(BulkOf)` forgets it, `bulk_get()` answers with the one that is there.
//!
//! `bulk_open_file` takes the bytes of a file as its body and its name, percent-encoded, in the header `file-name`; it answers with a
//! [`BulkFile`], and so does `bulk_look(BulkLook)`. Passwords come only when they are asked for: `bulk_password(BulkRowOf)` answers with
//! one, `bulk_save_passwords(BulkTableOf)` writes a file that only its owner may read. `bulk_save_faults(BulkFaults)` and
//! `directory_export(DirectoryExport)` write files as well. All three answer with the path.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AgentCard, ImportOptions, IpcError, Language, Role};

/// `bulk_range(BulkRange)`: users with one Id after the other, 1,000 at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkRange {
    /// The first Id, digits of any script. Zeros in front stay.
    pub first: String,
    /// The last Id.
    pub last: String,
    /// Name of each; `{id}` becomes the Id.
    pub name: String,
    /// Sign-in name of each; `{id}` has to be in it unless there is only one.
    pub email: String,
    /// Role of each.
    pub role: Role,
    /// Id of the department of each; none: that of the person at this phone.
    #[serde(default)]
    pub department: Option<String>,
    /// How each takes calls from queues.
    pub agent: AgentCard,
}

/// What a column of a table says of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum UserField {
    /// Nothing that is taken over; of a fault: the whole row.
    Ignore,
    /// The extension. Some column has to say it.
    Id,
    /// Password; where a new user has none, one is made.
    Password,
    /// Access PIN.
    Pin,
    /// Role, by name or code.
    Role,
    /// Name.
    Name,
    /// Sign-in name.
    Email,
    /// Department, by name or id.
    Department,
    /// Takes calls from queues: a word for yes or no, or a number.
    Agent,
    /// AO-01.
    CallTimeout,
    /// AO-02.
    WrapUp,
    /// AO-03.
    MaxNoAnswer,
    /// AO-04.
    BusyDelay,
    /// AO-05.
    RejectDelay,
    /// AO-06.
    NoAnswerDelay,
}

/// A file as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkFile {
    /// Names it as long as it is open.
    pub file: u32,
    /// Name of the file, isolate it.
    pub name: String,
    /// How it is read.
    pub options: ImportOptions,
    /// What each column says.
    pub mapping: Vec<UserField>,
    /// Names of the columns, or their numbers; isolate them.
    pub header: Vec<String>,
    /// The first five rows as they stand in the file.
    pub rows: Vec<Vec<String>>,
    /// How many there are.
    pub count: u32,
}

/// `bulk_look(BulkLook)`: the open file, read in another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkLook {
    /// Which.
    pub file: u32,
    /// How to read it.
    pub options: ImportOptions,
    /// What each column says; none: by their names.
    #[serde(default)]
    pub mapping: Option<Vec<UserField>>,
}

/// `bulk_plan(BulkPlan)`: what its rows would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkPlan {
    /// Which.
    pub file: u32,
    /// How to read it.
    pub options: ImportOptions,
    /// What each column says.
    pub mapping: Vec<UserField>,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum BulkPhase {
    /// Planned, and nothing was done.
    Ready,
    /// Rows are carried out.
    Running,
    /// It was stopped, and what is at the server is waited for.
    Stopping,
    /// It was stopped: what is done stays, the rest can go on.
    Stopped,
    /// The server was lost: what is done stays, the rest can go on.
    Interrupted,
    /// Nothing is left to do.
    Done,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Bulk {
    /// Names it.
    pub job: u32,
    /// Name of the file, isolate it; empty: a range.
    pub file: String,
    /// How far it is.
    pub phase: BulkPhase,
    /// Why it was interrupted.
    pub error: Option<IpcError>,
    /// Rows.
    pub rows: u32,
    /// Still to be made.
    pub new: u32,
    /// Still to be changed.
    pub change: u32,
    /// With nothing to do.
    pub skipped: u32,
    /// That cannot be done.
    pub bad: u32,
    /// Made.
    pub made: u32,
    /// Changed.
    pub changed: u32,
    /// Refused by the server.
    pub failed: u32,
    /// Passwords that were made and can be read.
    pub passwords: u32,
}

/// What becomes, or became, of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum BulkState {
    /// Somebody new would be made.
    New,
    /// Somebody would be changed.
    Change,
    /// There is nothing to do.
    Skipped,
    /// It cannot be done.
    Bad,
    /// Somebody was made.
    Made,
    /// Somebody was changed.
    Changed,
    /// The server has refused it.
    Failed,
}

/// Why a row is not carried out. The catalogue has the words under `bulk-why-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum BulkWhy {
    /// A user has the Id already.
    Exists,
    /// A queue has the Id.
    Queue,
    /// A user or a queue has the Id, of those who are not ours to see.
    ExtensionTaken,
    /// Another user signs in with the e-mail.
    EmailTaken,
    /// The Id stands in an earlier row.
    Twice,
    /// The row says nothing of the user but the Id.
    Nothing,
    /// No Id, or none that can be one.
    BadId,
    /// A new user has no name, or one that cannot be.
    BadName,
    /// A new user has no e-mail, or this is none.
    BadEmail,
    /// PW-02.
    WeakPassword,
    /// EC-05.
    BadPin,
    /// There is no such role.
    NoRole,
    /// The role is above the own one.
    RoleAbove,
    /// There is no such department among one's own.
    NoDepartment,
    /// Neither yes nor no.
    BadAgent,
    /// None of 0 to 999; a call rings for 1 second at least.
    BadNumber,
    /// A cell is too long: most likely a quote is not closed.
    TooLong,
    /// The user is not ours to change.
    NotYours,
    /// The user is gone.
    Gone,
    /// Somebody else changes the user all the time.
    Changed,
    /// Nobody does this to themselves.
    Yourself,
    /// The last system owner stays.
    LastOwner,
    /// The server does not take it, for another reason.
    Refused,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkRow {
    /// Its place, from 0.
    pub at: u32,
    /// Line of the file in which it begins; of a range its place, from 1.
    pub line: u32,
    /// Extension, isolate it; empty: the row says none that can be one.
    pub extension: String,
    /// Name, isolate it.
    pub name: String,
    /// Sign-in name, isolate it; empty: the row says none.
    pub email: String,
    /// What becomes of it.
    pub state: BulkState,
    /// Why it is not carried out.
    pub why: Option<BulkWhy>,
    /// What is at fault.
    pub field: UserField,
    /// Name of who has what the row wants, isolate it; may be empty.
    pub who: String,
    /// A password was made and can be asked for.
    pub has_password: bool,
}

/// `bulk_start(BulkOf)`, `bulk_stop(BulkOf)`, `bulk_leave(BulkOf)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkOf {
    /// The job.
    pub job: u32,
}

/// `bulk_rows(BulkPage)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkPage {
    /// The job.
    pub job: u32,
    /// The first row, from 0.
    pub offset: u32,
    /// How many, 1,000 at most.
    pub limit: u32,
    /// Only those that cannot be done or were refused.
    pub faults: bool,
}

/// `bulk_password(BulkRowOf)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkRowOf {
    /// The job.
    pub job: u32,
    /// The row.
    pub at: u32,
}

/// `bulk_save_passwords(BulkTableOf)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkTableOf {
    /// The job.
    pub job: u32,
    /// In which the columns are named.
    pub language: Language,
}

/// `bulk_save_faults(BulkFaults)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkFaults {
    /// The job.
    pub job: u32,
    /// Name of the column of reasons.
    pub heading: String,
    /// The words of each reason.
    pub reasons: Vec<BulkReason>,
}

/// A reason in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulkReason {
    /// Which.
    pub why: BulkWhy,
    /// Its words.
    pub text: String,
}

/// `directory_export(DirectoryExport)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryExport {
    /// Ids of users in the order in which they are shown.
    pub ids: Vec<String>,
    /// In which the columns are named.
    pub language: Language,
}
