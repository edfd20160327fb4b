//! Outside address books: where contacts come from that are kept by others.

use std::fmt;
use std::str::FromStr;

/// An outside address book's name for ever, made of chance when it is added. Prints as 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u64);

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for SourceId {
    type Err = std::num::ParseIntError;

    /// Reads what `Display` wrote.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(SourceId)
    }
}

/// How an outside address book is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// CardDAV (RFC 6352).
    #[default]
    CardDav,
    /// LDAP (RFC 4511).
    Ldap,
}

base::codes! {
    SourceKind {
        CardDav = "carddav",
        Ldap = "ldap",
    }
}

/// What LDAP is asked for when nobody says anything else: people who can be called.
pub const USUAL_FILTER: &str = "(&(objectClass=person)(|(telephoneNumber=*)(mobile=*)))";

/// An outside address book as somebody set it up. The password is no part of it: that rests in the keychain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Which one; 0 before it has an id.
    pub id: SourceId,
    /// How it is read.
    pub kind: SourceKind,
    /// What people call it.
    pub name: String,
    /// `https://host[/path]`, or `ldaps://host[:port]` and `ldap://host[:port]`.
    pub address: String,
    /// Whom to sign in as; empty for nobody.
    pub user: String,
    /// LDAP: below which entry to look.
    pub base_dn: String,
    /// LDAP: which entries are contacts (RFC 4515); empty for [`USUAL_FILTER`].
    pub filter: String,
    /// LDAP: `ldap://` begins TLS before anything is said (RFC 4511 §4.14).
    pub starttls: bool,
    /// Certificates in PEM that are trusted besides the system's; empty for none.
    pub certificates: String,
}

/// Why an outside address book cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceWhy {
    /// This is no address of this kind.
    BadAddress,
    /// The password would travel where others can read it.
    Cleartext,
    /// The file that is to be trusted holds no certificate.
    BadCertificateFile,
    /// This is no filter (RFC 4515).
    BadFilter,
    /// A user without a password: some servers take that for nobody, and the answer would say nothing.
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
    /// LDAP: there is no such entry to look below.
    NoSuchBase,
    /// More than we read: bytes or contacts.
    TooLarge,
    /// The server gives no more than a part.
    ServerLimit,
    /// It sends us to another host, where the password does not go.
    Elsewhere,
    /// It answers that it failed.
    ServerFailed,
    /// It answers what cannot be understood.
    NotUnderstood,
    /// The password could not be had from the system's keychain.
    NoKeychain,
}

base::codes! {
    SourceWhy {
        BadAddress = "bad-address",
        Cleartext = "cleartext",
        BadCertificateFile = "bad-certificate-file",
        BadFilter = "bad-filter",
        NoPassword = "no-password",
        NoSuchHost = "no-such-host",
        Unreachable = "unreachable",
        TimedOut = "timed-out",
        UnknownIssuer = "unknown-issuer",
        WrongName = "wrong-name",
        Expired = "expired",
        BadCertificate = "bad-certificate",
        NoTls = "no-tls",
        WrongCredentials = "wrong-credentials",
        NotAllowed = "not-allowed",
        NotABook = "not-a-book",
        SeveralBooks = "several-books",
        NoSuchBase = "no-such-base",
        TooLarge = "too-large",
        ServerLimit = "server-limit",
        Elsewhere = "elsewhere",
        ServerFailed = "server-failed",
        NotUnderstood = "not-understood",
        NoKeychain = "no-keychain",
    }
}

impl SourceWhy {
    /// Every one: for checking that each has words.
    #[must_use]
    pub const fn all() -> &'static [SourceWhy] {
        SourceWhy::ALL
    }
}

/// Why, and what the other side or the system said of it: a technical line without secrets, mostly empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} {detail}", why.code())]
pub struct SourceFault {
    /// Why.
    pub why: SourceWhy,
    /// Technical line of at most 200 characters.
    pub detail: String,
}

impl SourceFault {
    /// With a technical line, of which only so much is kept as fits.
    #[must_use]
    pub fn new(why: SourceWhy, detail: &str) -> SourceFault {
        let line = detail.chars().map(|c| if c.is_control() { ' ' } else { c });
        SourceFault { why, detail: line.take(200).collect::<String>().trim().to_owned() }
    }
}

impl From<SourceWhy> for SourceFault {
    fn from(why: SourceWhy) -> Self {
        SourceFault { why, detail: String::new() }
    }
}

/// An address book that was found at a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundBook {
    /// What it is called there.
    pub name: String,
    /// Where: an address for [`Source::address`].
    pub address: String,
}

/// What came of trying an outside address book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceTrial {
    /// It can be read.
    Works {
        /// How many contacts.
        count: u32,
        /// Names of the first few.
        names: Vec<String>,
    },
    /// There are several; one has to be chosen.
    Choose(Vec<FoundBook>),
    /// It cannot.
    Fails(SourceFault),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_words_are_read_back() {
        let id = SourceId(0x0123_4567_89ab_cdef);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(SourceWhy::all().iter().all(|why| SourceWhy::from_code(why.code()) == Some(*why)));
        assert!(SourceKind::ALL.iter().all(|kind| SourceKind::from_code(kind.code()) == Some(*kind)));
    }

    #[test]
    fn what_a_server_says_of_a_fault_is_one_short_line() {
        let fault = SourceFault::new(SourceWhy::ServerFailed, &format!(" a\nb{}", "x".repeat(500)));
        assert!(fault.detail.starts_with("a b") && fault.detail.chars().count() <= 200);
    }
}
