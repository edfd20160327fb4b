//! Who can be reached where: the bindings of RFC 3261 §10, each tied to the flow on which it was made (RFC 5626 §5.3 in
//! spirit: over WebSocket there is no other way to a client).

use std::collections::BTreeMap;
use std::time::Duration;

use base::{FlowId, Now};
use bytes::Bytes;

use crate::core::{Uri, lossy};

/// What identifies a Contact in later requests: user, host and port. Parameters are left out on purpose, since clients put
/// others into the Contact of an INVITE (`;ob`) than into that of a REGISTER.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ContactKey(String);

impl ContactKey {
    /// `None` for what is not `sip:` or `sips:`.
    pub(super) fn of(uri: &Uri) -> Option<Self> {
        let host = lossy(&uri.host()?.to_bytes()).to_ascii_lowercase();
        let user = uri.user().map(lossy).unwrap_or_default();
        let port = uri.port().map(|p| format!(":{p}")).unwrap_or_default();
        Some(ContactKey(format!("{user}@{host}{port}")))
    }
}

/// One device of a user.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub user: String,
    /// The URI exactly as the client wrote it: it becomes the Request-URI of what we send there.
    pub contact: Bytes,
    pub key: ContactKey,
    pub flow: FlowId,
    /// `+sip.instance` (RFC 5626 §4.1): the same device behind a new Contact.
    pub instance: Option<Vec<u8>>,
    pub call_id: String,
    pub cseq: u32,
    /// Given by [`Location::bind`]: the same while it is renewed.
    pub id: u64,
    /// What the device says that it is.
    pub user_agent: String,
    /// Since when it is there without a gap.
    pub since: Now,
    pub expires_at: Now,
}

impl Binding {
    pub(super) fn contact_text(&self) -> String {
        lossy(&self.contact)
    }

    /// The time that is left.
    pub(super) fn remaining(&self, now: Now) -> Duration {
        self.expires_at.since(now)
    }
}

/// All bindings of one realm.
#[derive(Default)]
pub(super) struct Location {
    by_user: BTreeMap<String, Vec<Binding>>,
    by_key: BTreeMap<ContactKey, Vec<String>>,
    last_id: u64,
}

impl Location {
    /// Adds or renews a binding; gives back the ones it replaces that were *other* devices or other flows' leftovers:
    /// the same instance under another Contact, and the oldest ones beyond `limit`.
    pub(super) fn bind(&mut self, mut binding: Binding, limit: usize) -> Vec<Binding> {
        self.last_id += 1;
        binding.id = self.last_id;
        let list = self.by_user.entry(binding.user.clone()).or_default();
        let mut gone = Vec::new();
        let mut at = 0;
        while let Some(old) = list.get(at) {
            let renewed = old.key == binding.key;
            let same_device = old.instance.is_some() && old.instance == binding.instance;
            match (renewed, same_device) {
                (true, _) => {
                    let old = list.remove(at);
                    (binding.id, binding.since) = (old.id, old.since);
                }
                (false, true) => gone.push(list.remove(at)),
                (false, false) => at += 1,
            }
        }
        list.push(binding.clone());
        while list.len() > limit.max(1) {
            gone.push(list.remove(0));
        }
        gone.iter().for_each(|old| self.unindex(old));
        let users = self.by_key.entry(binding.key).or_default();
        if !users.contains(&binding.user) {
            users.push(binding.user);
        }
        gone
    }

    /// Takes away what `leaves` says of one user's bindings.
    pub(super) fn unbind(&mut self, user: &str, mut leaves: impl FnMut(&Binding) -> bool) -> Vec<Binding> {
        let Some(list) = self.by_user.get_mut(user) else { return Vec::new() };
        let (gone, kept): (Vec<_>, Vec<_>) = std::mem::take(list).into_iter().partition(|b| leaves(b));
        if kept.is_empty() {
            self.by_user.remove(user);
        } else {
            *list = kept;
        }
        gone.iter().for_each(|old| self.unindex(old));
        gone
    }

    /// Takes away what `leaves` says of all bindings.
    pub(super) fn sweep(&mut self, leaves: impl Fn(&Binding) -> bool) -> Vec<Binding> {
        let users: Vec<String> =
            self.by_user.iter().filter(|(_, list)| list.iter().any(&leaves)).map(|(user, _)| user.clone()).collect();
        users.iter().flat_map(|user| self.unbind(user, &leaves)).collect()
    }

    /// The bindings of a user, oldest first.
    pub(super) fn of_user(&self, user: &str) -> &[Binding] {
        self.by_user.get(user).map_or(&[], Vec::as_slice)
    }

    /// All of them, by user, oldest first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Binding> {
        self.by_user.values().flatten()
    }

    /// The binding behind a Contact. Two users may claim the same one; then `preferred` (the user whom the dialog means)
    /// decides, so that nobody catches another's requests by copying a Contact.
    pub(super) fn behind(&self, key: &ContactKey, preferred: Option<&str>) -> Option<&Binding> {
        let users = self.by_key.get(key)?;
        let user = preferred.filter(|p| users.iter().any(|u| u == p)).or(users.first().map(String::as_str))?;
        self.of_user(user).iter().find(|b| b.key == *key)
    }

    /// When the next binding ends.
    pub(super) fn next_expiry(&self) -> Option<Now> {
        self.by_user.values().flatten().map(|b| b.expires_at).min()
    }

    fn unindex(&mut self, old: &Binding) {
        let still_there = self.of_user(&old.user).iter().any(|b| b.key == old.key);
        if still_there {
            return;
        }
        if let Some(users) = self.by_key.get_mut(&old.key) {
            users.retain(|u| *u != old.user);
            if users.is_empty() {
                self.by_key.remove(&old.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::uri;

    fn binding(user: &str, contact: &str, flow: u64, instance: Option<&str>) -> Binding {
        let key = ContactKey::of(&uri(contact).expect("uri")).expect("sip");
        Binding {
            user: user.into(),
            contact: Bytes::copy_from_slice(contact.as_bytes()),
            key,
            flow: FlowId(flow),
            instance: instance.map(|i| i.as_bytes().to_vec()),
            call_id: "c".into(),
            cseq: 1,
            id: 0,
            user_agent: String::new(),
            since: Now::from_millis(flow),
            expires_at: Now::from_millis(1000 * flow),
        }
    }

    fn key(contact: &str) -> ContactKey {
        ContactKey::of(&uri(contact).expect("uri")).expect("sip")
    }

    #[test]
    fn contact_is_the_same_whatever_its_parameters() {
        assert_eq!(key("sip:a@X.invalid;transport=ws"), key("sip:a@x.invalid;transport=ws;ob"));
        assert_ne!(key("sip:a@x.invalid"), key("sip:b@x.invalid"));
        assert_ne!(key("sip:a@x.invalid"), key("sip:a@x.invalid:5061"));
    }

    #[test]
    fn new_flow_takes_the_contact_over() {
        let mut l = Location::default();
        assert!(l.bind(binding("101", "sip:a@x.invalid", 1, None), 3).is_empty());
        assert!(l.bind(binding("101", "sip:a@x.invalid", 2, None), 3).is_empty());
        assert_eq!(l.of_user("101").len(), 1);
        assert_eq!(l.behind(&key("sip:a@x.invalid"), None).map(|b| b.flow), Some(FlowId(2)));
        assert!(l.sweep(|b| b.flow == FlowId(1)).is_empty());
    }

    #[test]
    fn what_is_renewed_keeps_its_id_and_its_beginning_ex_01() {
        let mut l = Location::default();
        l.bind(binding("101", "sip:a@x.invalid", 1, None), 3);
        let first = l.of_user("101")[0].clone();
        l.bind(binding("101", "sip:a@x.invalid", 2, None), 3);
        let renewed = &l.of_user("101")[0];
        assert_eq!((renewed.id, renewed.since), (first.id, first.since));
        assert_eq!(renewed.expires_at, Now::from_millis(2000));
        l.bind(binding("101", "sip:b@x.invalid", 3, None), 3);
        assert_ne!(l.of_user("101")[1].id, first.id);
    }

    #[test]
    fn same_instance_replaces_its_old_contact() {
        let mut l = Location::default();
        l.bind(binding("101", "sip:a@x.invalid", 1, Some("i")), 3);
        let gone = l.bind(binding("101", "sip:b@x.invalid", 2, Some("i")), 3);
        assert_eq!(gone.len(), 1);
        assert!(l.behind(&key("sip:a@x.invalid"), None).is_none());
    }

    #[test]
    fn oldest_device_gives_way() {
        let mut l = Location::default();
        l.bind(binding("101", "sip:a@x.invalid", 1, None), 2);
        l.bind(binding("101", "sip:b@x.invalid", 2, None), 2);
        let gone = l.bind(binding("101", "sip:c@x.invalid", 3, None), 2);
        assert_eq!(gone.iter().map(|b| b.flow.0).collect::<Vec<_>>(), [1]);
        assert_eq!(l.next_expiry(), Some(Now::from_millis(2000)));
    }

    #[test]
    fn copied_contact_catches_nothing() {
        let mut l = Location::default();
        l.bind(binding("666", "sip:a@x.invalid", 6, None), 3);
        l.bind(binding("101", "sip:a@x.invalid", 1, None), 3);
        assert_eq!(l.behind(&key("sip:a@x.invalid"), Some("101")).map(|b| b.flow), Some(FlowId(1)));
        l.unbind("101", |_| true);
        assert_eq!(l.behind(&key("sip:a@x.invalid"), Some("101")).map(|b| b.flow), Some(FlowId(6)));
        l.unbind("666", |_| true);
        assert!(l.by_key.is_empty() && l.by_user.is_empty());
    }
}
