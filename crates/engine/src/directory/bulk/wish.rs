//! What shall be of one user, and what can be wrong with it.

use base::Secret;
use model::{AgentOptions, Role, Skill};

/// What a column of a table says of a user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UserField {
    /// Nothing that is taken over.
    #[default]
    Ignore,
    /// The extension. Some column has to say it.
    Id,
    /// Password; where a new user has none, one is made.
    Password,
    /// Access PIN (EC-05).
    Pin,
    /// Role, by its name in English or Arabic, or its code.
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

base::codes! {
    UserField {
        Ignore = "ignore",
        Id = "id",
        Password = "password",
        Pin = "pin",
        Role = "role",
        Name = "name",
        Email = "email",
        Department = "department",
        Agent = "agent",
        CallTimeout = "call_timeout",
        WrapUp = "wrap_up",
        MaxNoAnswer = "max_no_answer",
        BusyDelay = "busy_delay",
        RejectDelay = "reject_delay",
        NoAnswerDelay = "no_answer_delay",
    }
}

impl UserField {
    /// All, in the order in which they are offered.
    #[must_use]
    pub fn every() -> &'static [UserField] {
        UserField::ALL
    }
}

/// Why a row is not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

base::codes! {
    BulkWhy {
        Exists = "exists",
        Queue = "queue",
        ExtensionTaken = "extension_taken",
        EmailTaken = "email_taken",
        Twice = "twice",
        Nothing = "nothing",
        BadId = "bad_id",
        BadName = "bad_name",
        BadEmail = "bad_email",
        WeakPassword = "weak_password",
        BadPin = "bad_pin",
        NoRole = "no_role",
        RoleAbove = "role_above",
        NoDepartment = "no_department",
        BadAgent = "bad_agent",
        BadNumber = "bad_number",
        TooLong = "too_long",
        NotYours = "not_yours",
        Gone = "gone",
        Changed = "changed",
        Yourself = "yourself",
        LastOwner = "last_owner",
        Refused = "refused",
    }
}

/// What is wrong with a row, and with which of its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// What.
    pub why: BulkWhy,
    /// Of what; [`UserField::Ignore`]: of the whole row.
    pub field: UserField,
}

impl RowFault {
    /// In this field.
    #[must_use]
    pub fn new(why: BulkWhy, field: UserField) -> RowFault {
        RowFault { why, field }
    }
}

/// What is said of a user. `None`: nothing is said, and what is stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct UserWish {
    pub extension: String,
    pub name: Option<String>,
    pub email: Option<String>,
    pub password: Option<Secret>,
    pub pin: Option<Secret>,
    pub role: Option<Role>,
    /// By id.
    pub department: Option<String>,
    pub is_agent: Option<bool>,
    pub agent: AgentWish,
    /// Of somebody new.
    pub skills: Vec<Skill>,
}

/// Options of an agent of which something is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AgentWish {
    pub call_timeout: Option<u16>,
    pub wrap_up: Option<u16>,
    pub max_no_answer: Option<u16>,
    pub busy_delay: Option<u16>,
    pub reject_delay: Option<u16>,
    pub no_answer_delay: Option<u16>,
}

impl AgentWish {
    /// All of them.
    pub fn all(of: AgentOptions) -> AgentWish {
        AgentWish {
            call_timeout: Some(of.call_timeout),
            wrap_up: Some(of.wrap_up),
            max_no_answer: Some(of.max_no_answer),
            busy_delay: Some(of.busy_delay),
            reject_delay: Some(of.reject_delay),
            no_answer_delay: Some(of.no_answer_delay),
        }
    }

    /// What becomes of options by it.
    pub fn over(self, of: AgentOptions) -> AgentOptions {
        AgentOptions {
            call_timeout: self.call_timeout.unwrap_or(of.call_timeout),
            wrap_up: self.wrap_up.unwrap_or(of.wrap_up),
            max_no_answer: self.max_no_answer.unwrap_or(of.max_no_answer),
            busy_delay: self.busy_delay.unwrap_or(of.busy_delay),
            reject_delay: self.reject_delay.unwrap_or(of.reject_delay),
            no_answer_delay: self.no_answer_delay.unwrap_or(of.no_answer_delay),
        }
    }
}

impl UserWish {
    /// Does it say anything but who?
    pub fn says_something(&self) -> bool {
        let UserWish { extension, .. } = self;
        *self != UserWish { extension: extension.clone(), ..UserWish::default() }
    }

    /// Does it say anything that stands on the card, and not among the rights?
    pub fn says_of_card(&self) -> bool {
        UserWish { role: None, department: None, ..self.clone() }.says_something()
    }
}
