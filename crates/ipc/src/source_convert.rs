//! Outside address books, from the words inside to the shapes on the bridge and back.

use crate::{FoundBook, SourceDraft, SourceFault, SourceKind, SourceTrial, SourceWhy};

impl From<model::SourceKind> for SourceKind {
    fn from(kind: model::SourceKind) -> Self {
        match kind {
            model::SourceKind::CardDav => SourceKind::CardDav,
            model::SourceKind::Ldap => SourceKind::Ldap,
        }
    }
}

impl From<SourceKind> for model::SourceKind {
    fn from(kind: SourceKind) -> Self {
        match kind {
            SourceKind::CardDav => model::SourceKind::CardDav,
            SourceKind::Ldap => model::SourceKind::Ldap,
        }
    }
}

impl From<model::SourceFault> for SourceFault {
    fn from(fault: model::SourceFault) -> Self {
        SourceFault { why: fault.why.into(), detail: fault.detail }
    }
}

impl From<model::SourceTrial> for SourceTrial {
    fn from(trial: model::SourceTrial) -> Self {
        let found = |book: model::FoundBook| FoundBook { name: book.name, address: book.address };
        match trial {
            model::SourceTrial::Works { count, names } => SourceTrial::Works { count, names },
            model::SourceTrial::Choose(books) => SourceTrial::Choose { books: books.into_iter().map(found).collect() },
            model::SourceTrial::Fails(fault) => SourceTrial::Fails { fault: fault.into() },
        }
    }
}

impl SourceDraft {
    /// What is to be tried or kept, without the password; `None` when the id is none.
    #[must_use]
    pub fn source(&self) -> Option<model::Source> {
        Some(model::Source {
            id: if self.id.is_empty() { model::SourceId::default() } else { self.id.parse().ok()? },
            kind: self.kind.into(),
            name: self.name.trim().to_owned(),
            address: self.address.trim().to_owned(),
            user: self.user.trim().to_owned(),
            base_dn: self.base_dn.trim().to_owned(),
            filter: self.filter.trim().to_owned(),
            starttls: self.starttls,
            certificates: self.certificates.clone(),
        })
    }
}

macro_rules! same_whys {
    ($($name:ident),* $(,)?) => {
        impl From<model::SourceWhy> for SourceWhy {
            fn from(why: model::SourceWhy) -> Self {
                match why {
                    $(model::SourceWhy::$name => SourceWhy::$name,)*
                }
            }
        }
    };
}

same_whys!(
    BadAddress,
    Cleartext,
    BadCertificateFile,
    BadFilter,
    NoPassword,
    NoSuchHost,
    Unreachable,
    TimedOut,
    UnknownIssuer,
    WrongName,
    Expired,
    BadCertificate,
    NoTls,
    WrongCredentials,
    NotAllowed,
    NotABook,
    SeveralBooks,
    NoSuchBase,
    TooLarge,
    ServerLimit,
    Elsewhere,
    ServerFailed,
    NotUnderstood,
    NoKeychain,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_never_printed_with_its_password() {
        let draft = SourceDraft {
            id: String::new(),
            kind: SourceKind::Ldap,
            name: String::new(),
            address: " ldaps://ldap.example ".into(),
            user: "noor".into(),
            password: "canary-secret".into(),
            base_dn: String::new(),
            filter: String::new(),
            starttls: true,
            certificates: String::new(),
        };
        assert!(!format!("{draft:?}").contains("canary"));
        assert_eq!(draft.source().map(|source| source.address), Some("ldaps://ldap.example".into()));
        assert_eq!(SourceDraft { id: "none of ours".into(), ..draft }.source(), None);
    }
}
