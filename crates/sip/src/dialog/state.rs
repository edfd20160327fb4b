//! One dialog with one peer.

use bytes::Bytes;

use super::RouteSet;
use crate::core::{
    Contact, Header, HeaderName, Headers, Method, Request, Response, Uri, call_id_of, cseq_header, cseq_of,
    from_tag_of, header, lists, lossy, request, to_tag_of,
};
use crate::usage::Replaces;

/// The state that both sides of RFC 3261 §12 keep: identifiers, sequence numbers, route set, remote target.
#[derive(Clone, Debug)]
pub(crate) struct Dialog {
    call_id: String,
    /// Our From in requests, tag included.
    local: Bytes,
    /// Our To in requests, tag included.
    remote: Bytes,
    local_tag: String,
    remote_tag: String,
    local_cseq: u32,
    remote_cseq: Option<u32>,
    routes: RouteSet,
    target: Uri,
    /// Whether the peer's Allow names UPDATE (RFC 3311 §4).
    pub(crate) peer_updates: bool,
}

impl Dialog {
    /// At the calling side, from a 1xx or 2xx with a To tag and the request it answers (§12.1.2). `None` when the response
    /// cannot make a dialog.
    pub(crate) fn of_caller(request: &Request, response: &Response) -> Option<Self> {
        Some(Dialog {
            call_id: call_id_of(&request.headers)?,
            local: Bytes::from(request.headers.value(&HeaderName::From)?.into_owned()),
            remote: Bytes::from(response.headers.value(&HeaderName::To)?.into_owned()),
            local_tag: from_tag_of(&request.headers)?,
            remote_tag: to_tag_of(&response.headers)?,
            local_cseq: cseq_of(&request.headers)?.0,
            remote_cseq: None,
            routes: RouteSet::of_caller(&response.headers),
            // A 2xx without Contact is broken; the address we called is the best guess.
            target: contact_uri(&response.headers).unwrap_or_else(|| request.uri.clone()),
            peer_updates: lists(&response.headers, &HeaderName::Allow, "UPDATE"),
        })
    }

    /// At the called side, from the INVITE and the tag we put into its To (§12.1.1). `None` when a part of it is missing.
    pub(crate) fn of_callee(request: &Request, local_tag: &str) -> Option<Self> {
        let mut local = request.headers.value(&HeaderName::To)?.into_owned();
        local.extend_from_slice(format!(";tag={local_tag}").as_bytes());
        Some(Dialog {
            call_id: call_id_of(&request.headers)?,
            local: Bytes::from(local),
            remote: Bytes::from(request.headers.value(&HeaderName::From)?.into_owned()),
            local_tag: local_tag.to_owned(),
            // RFC 2543 peers had no tags; an empty one matches them (§12.1.1).
            remote_tag: from_tag_of(&request.headers).unwrap_or_default(),
            local_cseq: 0,
            remote_cseq: Some(cseq_of(&request.headers)?.0),
            routes: RouteSet::of_callee(&request.headers),
            target: contact_uri(&request.headers)?,
            peer_updates: lists(&request.headers, &HeaderName::Allow, "UPDATE"),
        })
    }

    /// The next request inside this dialog: numbers, tags, target and route filled in; no Contact, no body.
    pub(crate) fn request(&mut self, method: Method) -> Request {
        self.local_cseq = self.local_cseq.saturating_add(1);
        self.build(method, self.local_cseq)
    }

    /// The ACK for a 2xx to our INVITE number `cseq` (§13.2.2.4), with the credentials that INVITE carried.
    pub(crate) fn ack(&self, invite: &Request) -> Request {
        let cseq = cseq_of(&invite.headers).map_or(self.local_cseq, |(number, _)| number);
        let mut ack = self.build(Method::Ack, cseq);
        for name in [HeaderName::Authorization, HeaderName::ProxyAuthorization] {
            invite.headers.get_all(&name).for_each(|h| ack.headers.push(h.clone()));
        }
        ack
    }

    /// A request of ours in this dialog was sent again under a higher number.
    pub(crate) fn used(&mut self, cseq: u32) {
        self.local_cseq = self.local_cseq.max(cseq);
    }

    /// Takes the number of a request from the peer (not ACK, not CANCEL). False when it goes backwards: answer 500 (§12.2.2).
    pub(crate) fn count(&mut self, request: &Request) -> bool {
        let number = cseq_of(&request.headers).map_or(0, |(number, _)| number);
        if self.remote_cseq.is_some_and(|last| number <= last) {
            return false;
        }
        self.remote_cseq = Some(number);
        true
    }

    /// The peer may have moved: takes its Contact and Allow from a target refresh (§12.2).
    pub(crate) fn refresh(&mut self, headers: &Headers) {
        if let Some(target) = contact_uri(headers) {
            self.target = target;
        }
        if headers.get(&HeaderName::Allow).is_some() {
            self.peer_updates = lists(headers, &HeaderName::Allow, "UPDATE");
        }
    }

    /// This dialog as its other party names it in Replaces (RFC 3891 §6.1).
    pub(crate) fn as_the_peer_names_it(&self) -> Replaces {
        Replaces {
            call_id: self.call_id.clone(),
            to_tag: self.remote_tag.clone(),
            from_tag: self.local_tag.clone(),
            early_only: false,
        }
    }

    /// Ourselves, as it stands in our From.
    pub(crate) fn local(&self) -> String {
        lossy(&self.local)
    }

    /// The other party, as it stands in our To.
    pub(crate) fn remote(&self) -> String {
        lossy(&self.remote)
    }

    /// Whether a request with these tags belongs to this dialog.
    pub(crate) fn matches(&self, local_tag: &str, remote_tag: &str) -> bool {
        self.local_tag == local_tag && self.remote_tag == remote_tag
    }

    fn build(&self, method: Method, cseq: u32) -> Request {
        let (uri, routes) = self.routes.apply(&self.target);
        let number = cseq_header(cseq, &method);
        let mut built = request(method, uri);
        let identity: [Header; 4] = [
            header(HeaderName::From, self.local.clone()),
            header(HeaderName::To, self.remote.clone()),
            header(HeaderName::CallId, self.call_id.clone()),
            number,
        ];
        routes.into_iter().chain(identity).for_each(|h| built.headers.push(h));
        built
    }
}

fn contact_uri(headers: &Headers) -> Option<Uri> {
    headers.typed::<Contact>()?.ok().map(|contact| contact.0.uri.clone())
}
