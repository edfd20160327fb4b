//! The Record-Route of ours (RFC 3261 §16.6 step 4): it brings the requests of a dialog back to us, and remembers, for a
//! party that never registered, the flows of the dialog.
//!
//! The URI names no flow that would have to be alive: the first way to a party is its Contact. The token inside is a
//! second way, signed with a key of this edge's life, so that flow numbers of a former life mean nothing.

use base::{Chance, FlowId};

use super::nonce::hex_mac;
use crate::core::{Address, Header, HeaderName, Headers, Route, Uri, header, lossy};

/// Makes and reads route tokens.
pub(super) struct Routes {
    realm: String,
    key: [u8; 32],
}

/// The two flows over which a dialog was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    pub caller: FlowId,
    pub callee: FlowId,
}

impl Ends {
    /// The other end, seen from `flow`. A party that came back on a new flow is recognised by its old one being dead.
    pub(super) fn other(self, flow: FlowId, is_up: impl Fn(FlowId) -> bool) -> Option<FlowId> {
        let other = match (flow == self.caller, flow == self.callee) {
            (true, _) => self.callee,
            (_, true) => self.caller,
            _ => match (is_up(self.caller), is_up(self.callee)) {
                (true, false) => self.caller,
                (false, true) => self.callee,
                _ => return None,
            },
        };
        is_up(other).then_some(other)
    }
}

impl Routes {
    pub(super) fn new(realm: &str, chance: &mut Chance) -> Self {
        let mut key = [0u8; 32];
        for part in key.chunks_exact_mut(8) {
            part.copy_from_slice(&chance.next_u64().to_le_bytes());
        }
        Routes { realm: realm.to_owned(), key }
    }

    /// The Record-Route row for one branch of a dialog to be.
    pub(super) fn record(&self, ends: Ends, call_id: &str) -> Header {
        let token = self.token(ends, call_id);
        header(HeaderName::RecordRoute, format!("<sip:{token}@{};transport=ws;lr>", self.realm))
    }

    /// Takes our own entries off the top of the Route set (§16.4) and gives what the first of them remembers.
    pub(super) fn take(&self, headers: &mut Headers, call_id: &str) -> Option<Ends> {
        let mut ends = None;
        while let Some(Ok(Route(top))) = headers.typed::<Route>() {
            if !self.is_ours(&top) || headers.remove_address_value(&HeaderName::Route, 0).is_err() {
                break;
            }
            ends = ends.or_else(|| self.read(&top.uri, call_id));
        }
        ends
    }

    fn is_ours(&self, address: &Address) -> bool {
        address.uri.host().is_some_and(|h| lossy(&h.to_bytes()).eq_ignore_ascii_case(&self.realm))
    }

    fn token(&self, ends: Ends, call_id: &str) -> String {
        let (a, b) = (ends.caller.0, ends.callee.0);
        let mac = hex_mac(&self.key, &[&a.to_be_bytes(), &b.to_be_bytes(), call_id.as_bytes()]);
        format!("{a:x}-{b:x}-{mac}")
    }

    fn read(&self, uri: &Uri, call_id: &str) -> Option<Ends> {
        use subtle::ConstantTimeEq;
        let token = lossy(uri.user()?);
        let mut parts = token.splitn(3, '-').map(|p| u64::from_str_radix(p, 16).ok());
        let ends = Ends { caller: FlowId(parts.next()??), callee: FlowId(parts.next()??) };
        let genuine: bool = self.token(ends, call_id).as_bytes().ct_eq(token.as_bytes()).into();
        genuine.then_some(ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDS: Ends = Ends { caller: FlowId(7), callee: FlowId(u64::MAX) };

    fn routes(seed: u64) -> Routes {
        Routes::new("rannan.local", &mut Chance::from_number(seed))
    }

    fn route_set(routes: &Routes, call_id: &str) -> Headers {
        let mut headers = Headers::new();
        let record = routes.record(ENDS, call_id);
        headers.push(header(HeaderName::Route, record.value().into_owned()));
        headers
    }

    #[test]
    fn token_comes_back_and_the_entry_is_taken_off() {
        let routes = routes(1);
        let mut headers = route_set(&routes, "c1");
        headers.push(header(HeaderName::Route, "<sip:elsewhere.test;lr>"));
        assert_eq!(routes.take(&mut headers, "c1"), Some(ENDS));
        assert_eq!(headers.count(&HeaderName::Route), 1);
    }

    #[test]
    fn token_of_another_dialog_or_another_life_is_worth_nothing() {
        let ours = routes(1);
        assert_eq!(ours.take(&mut route_set(&ours, "c1"), "c2"), None);
        assert_eq!(ours.take(&mut route_set(&routes(2), "c1"), "c1"), None);
    }

    #[test]
    fn other_end_by_table() {
        let ends = Ends { caller: FlowId(1), callee: FlowId(2) };
        let alive = |up: &'static [u64]| move |f: FlowId| up.contains(&f.0);
        assert_eq!(ends.other(FlowId(1), alive(&[1, 2])), Some(FlowId(2)));
        assert_eq!(ends.other(FlowId(2), alive(&[1, 2])), Some(FlowId(1)));
        assert_eq!(ends.other(FlowId(1), alive(&[1])), None);
        assert_eq!(ends.other(FlowId(9), alive(&[2, 9])), Some(FlowId(2)), "the caller came back as 9");
        assert_eq!(ends.other(FlowId(9), alive(&[1, 2, 9])), None, "a stranger");
    }
}
