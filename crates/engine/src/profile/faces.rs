//! Name and picture of everybody of the team, by extension.

use std::collections::BTreeMap;

use model::Colleague;
use team_client::ProfileSeen;

/// More than any team has; the server is a stranger too.
const MOST: usize = 20_000;

/// What somebody of the team looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// Id of the user: the colour behind initials goes by it.
    pub id: String,
    /// Extension.
    pub extension: String,
    /// Name.
    pub name: String,
    /// Revision of the picture, if there is one.
    pub avatar: Option<String>,
    /// Rises with each change.
    pub version: u64,
}

/// All of them.
#[derive(Default)]
pub(crate) struct Faces(BTreeMap<String, Face>);

impl Faces {
    /// Takes over what the server says of somebody. The face, if it is another now.
    pub(crate) fn see(&mut self, face: Face) -> Option<Face> {
        let known = self.0.get(&face.extension);
        if known.is_some_and(|known| *known == face || (known.id == face.id && known.version > face.version)) {
            return None;
        }
        if known.is_none() && self.0.len() >= MOST {
            return None;
        }
        self.0.insert(face.extension.clone(), face.clone());
        Some(face)
    }

    /// Everybody, as the server lists them; who is not in the list is gone. True: something is different.
    pub(crate) fn replace(&mut self, all: Vec<Face>) -> bool {
        let mut next = Faces::default();
        for face in all {
            let later = self.0.get(&face.extension).filter(|known| known.id == face.id && known.version > face.version);
            next.see(later.cloned().unwrap_or(face));
        }
        let different = next.0 != self.0;
        *self = next;
        different
    }

    /// By extension.
    pub(crate) fn all(&self) -> Vec<Face> {
        self.0.values().cloned().collect()
    }
}

impl From<&Colleague> for Face {
    fn from(colleague: &Colleague) -> Self {
        Face {
            id: colleague.id.clone(),
            extension: colleague.extension.clone(),
            name: colleague.name.clone(),
            avatar: colleague.avatar.clone(),
            version: colleague.profile_version,
        }
    }
}

impl From<ProfileSeen> for Face {
    fn from(seen: ProfileSeen) -> Self {
        Face {
            id: seen.id,
            extension: seen.extension,
            name: seen.name,
            avatar: seen.avatar,
            version: seen.profile_version,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(extension: &str, name: &str, version: u64) -> Face {
        Face { id: format!("u{extension}"), extension: extension.into(), name: name.into(), avatar: None, version }
    }

    #[test]
    fn a_list_that_was_made_before_an_event_takes_nothing_back() {
        let mut faces = Faces::default();
        assert!(faces.replace(vec![face("101", "Noor", 1), face("102", "Rana", 1)]));
        assert!(faces.see(face("101", "نور", 3)).is_some());
        assert_eq!(faces.see(face("101", "Noor", 2)), None, "late");
        assert_eq!(faces.see(face("101", "نور", 3)), None, "the same");
        assert!(faces.replace(vec![face("101", "Noor", 1)]), "somebody is gone");
        assert_eq!(faces.all(), [face("101", "نور", 3)]);
    }

    #[test]
    fn an_extension_that_somebody_else_has_now_is_theirs() {
        let mut faces = Faces::default();
        faces.see(face("101", "Noor", 9));
        let other = Face { id: "new".into(), ..face("101", "Sami", 0) };
        assert_eq!(faces.see(other.clone()), Some(other));
    }
}
