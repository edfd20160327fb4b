//! Names that stay.

use model::{Contact, ContactId, SourceId};
use sha2::{Digest as _, Sha256};

/// The id of a contact: the same each time it is read.
pub(crate) fn contact_id(source: SourceId, key: &str) -> ContactId {
    ContactId(digest(&[&source.0.to_be_bytes(), key.as_bytes()]))
}

/// What a contact says, in few characters.
pub(crate) fn tag(contact: &Contact) -> String {
    format!("{:032x}", digest(&[format!("{contact:?}").as_bytes()]))
}

fn digest(parts: &[&[u8]]) -> u128 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    let whole = hash.finalize();
    whole.iter().take(16).fold(0, |bits, byte| bits << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_keeps_its_id_and_two_books_do_not_share_one() {
        assert_eq!(contact_id(SourceId(1), "/a.vcf"), contact_id(SourceId(1), "/a.vcf"));
        assert_ne!(contact_id(SourceId(1), "/a.vcf"), contact_id(SourceId(2), "/a.vcf"));
        let changed = Contact { first_name: "نور".into(), ..Contact::default() };
        assert_ne!(tag(&Contact::default()), tag(&changed));
    }
}
