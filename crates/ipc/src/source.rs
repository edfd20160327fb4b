//! Outside address books.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How an outside address book is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SourceKind {
    /// CardDAV.
    CardDav,
    /// LDAP.
    Ldap,
}

/// Why an outside address book cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SourceWhy {
    /// This is no address of this kind.
    BadAddress,
    /// The password would travel where others can read it.
    Cleartext,
    /// The file that is to be trusted holds no certificate.
    BadCertificateFile,
    /// This is no filter.
    BadFilter,
    /// A user without a password.
    NoPassword,
    /// The name of the host is not known.
    NoSuchHost,
    /// Nobody answers there.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The certificate's issuer is not trusted.
    UnknownIssuer,
    /// The certificate is for another name.
    WrongName,
    /// The certificate is not valid at this time.
    Expired,
    /// The certificate is not right for another reason.
    BadCertificate,
    /// Whatever answers does not speak TLS, or refuses to begin it.
    NoTls,
    /// User name or password are wrong.
    WrongCredentials,
    /// This user may not read it.
    NotAllowed,
    /// What is there is no address book.
    NotABook,
    /// There are several; one has to be chosen.
    SeveralBooks,
    /// There is no such entry to look below.
    NoSuchBase,
    /// More than we read.
    TooLarge,
    /// The server gives no more than a part.
    ServerLimit,
    /// It sends us to another host.
    Elsewhere,
    /// It answers that it failed.
    ServerFailed,
    /// It answers what cannot be understood.
    NotUnderstood,
    /// The password could not be had from the system's keychain.
    NoKeychain,
}

/// Why, and what the other side or the system said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceFault {
    /// Why.
    pub why: SourceWhy,
    /// Technical line; empty when there is none.
    pub detail: String,
}

/// An outside address book as it stands in a form. `source_test(SourceDraft) -> SourceTrial`, `source_save(SourceDraft) -> SourceSaved`.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceDraft {
    /// Which; empty for one that is new.
    pub id: String,
    /// How it is read.
    pub kind: SourceKind,
    /// What people call it; empty: its address.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// Whom to sign in as; empty for nobody.
    pub user: String,
    /// Empty: the one that is kept.
    pub password: String,
    /// LDAP: below which entry to look.
    pub base_dn: String,
    /// LDAP: which entries are contacts; empty for the usual ones.
    pub filter: String,
    /// LDAP: `ldap://` begins TLS before anything is said.
    pub starttls: bool,
    /// Certificates in PEM that are trusted besides the system's; empty for none.
    pub certificates: String,
}

impl fmt::Debug for SourceDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the password nor whose it is.
        f.debug_struct("SourceDraft").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// An outside address book in the list: `sources() -> Source[]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// Which.
    pub id: String,
    /// How it is read.
    pub kind: SourceKind,
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// Whom to sign in as.
    pub user: String,
    /// LDAP: below which entry to look.
    pub base_dn: String,
    /// LDAP: which entries are contacts.
    pub filter: String,
    /// LDAP: `ldap://` begins TLS before anything is said.
    pub starttls: bool,
    /// Certificates in PEM.
    pub certificates: String,
    /// Contacts of it that are kept here.
    pub count: u32,
    /// When it was read well, last; Unix milliseconds.
    pub read_at_ms: Option<i64>,
    /// What went wrong last; none when it was read well.
    pub fault: Option<SourceFault>,
    /// It is being read at this moment.
    pub reading: bool,
}

/// An address book that was found at a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundBook {
    /// What it is called there.
    pub name: String,
    /// Where.
    pub address: String,
}

/// Answer to `source_test`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SourceTrial {
    /// It can be read.
    Works {
        /// How many contacts.
        count: u32,
        /// Names of the first few; isolate them.
        names: Vec<String>,
    },
    /// There are several; one has to be chosen.
    Choose {
        /// Which.
        books: Vec<FoundBook>,
    },
    /// It cannot.
    Fails {
        /// Why.
        fault: SourceFault,
    },
}

/// Answer to `source_save`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SourceSaved {
    /// It stands in the list and is being read.
    Kept {
        /// Which.
        id: String,
    },
    /// Nothing was changed.
    Refused {
        /// What has to be mended first.
        fault: SourceFault,
    },
}

/// `source_remove(SourceRef)`, `source_refresh(SourceRef)`.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceRef {
    /// Which.
    pub id: String,
}
