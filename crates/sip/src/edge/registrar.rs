//! REGISTER (RFC 3261 §10.3) into the location table.

use std::time::Duration;

use base::FlowId;

use super::door::{Edge, Turn};
use super::location::{Binding, ContactKey};
use super::output::{EdgeEvent, EdgeOutput};
use crate::core::{
    Address, Contact, HeaderName, Headers, Request, To, TransactionId, call_id_of, cseq_of, header, lossy, number, text,
};

/// Contacts in one REGISTER; a phone sends one.
const MAX_CONTACTS: usize = 8;
/// The longest Contact URI that is kept.
const MAX_CONTACT_BYTES: usize = 1024;

/// What a REGISTER wants.
enum Wish {
    /// No Contact: just tell what is there.
    Ask,
    /// `Contact: *` with `Expires: 0`.
    RemoveAll,
    Contacts(Vec<(Address, ContactKey, Duration)>),
}

impl Edge {
    pub(super) fn on_register(&mut self, turn: &mut Turn, tx: TransactionId, flow: FlowId, req: &Request) {
        let registrar_is_us =
            req.uri.host().is_some_and(|h| lossy(&h.to_bytes()).eq_ignore_ascii_case(&self.config.realm));
        let aor = req.headers.typed::<To>().and_then(Result::ok).and_then(|to| self.our_user(&to.uri));
        let (true, Some(user)) = (registrar_is_us, aor) else { return self.refuse(turn, tx, req, 404, Vec::new()) };
        if self.authorise(turn, tx, flow, req, Some(&user)).is_none() {
            return;
        }
        if !self.may_come_from(flow, &user) {
            return self.refuse_place(turn, tx, req);
        }
        let wish = match self.read_wish(&req.headers) {
            Ok(wish) => wish,
            Err(423) => {
                let least = header(HeaderName::MinExpires, self.config.min_expires.as_secs().to_string());
                return self.refuse(turn, tx, req, 423, vec![least]);
            }
            Err(code) => return self.refuse(turn, tx, req, code, Vec::new()),
        };
        if self.is_out_of_order(&user, &wish, &req.headers) {
            return self.refuse(turn, tx, req, 500, Vec::new());
        }
        let mut arrived = Vec::new();
        match wish {
            Wish::Ask => {}
            Wish::RemoveAll => {
                let gone = self.location.unbind(&user, |_| true);
                Self::tell_unbound(turn, gone);
            }
            Wish::Contacts(contacts) => {
                for (address, key, expires) in contacts {
                    if expires.is_zero() {
                        let gone = self.location.unbind(&user, |b| b.key == key);
                        Self::tell_unbound(turn, gone);
                    } else {
                        self.bind(turn, flow, &user, &address, key.clone(), expires, &req.headers);
                        arrived.push(key);
                    }
                }
            }
        }
        let rows = self.location.of_user(&user).iter().map(|b| {
            let seconds = b.remaining(turn.now).as_secs();
            header(HeaderName::Contact, format!("<{}>;expires={seconds}", b.contact_text()))
        });
        let rows = rows.collect();
        self.refuse(turn, tx, req, 200, rows);
        for key in arrived {
            self.deliver_parked(turn, &key, flow);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one REGISTER; a struct would be used once")]
    fn bind(
        &mut self,
        turn: &mut Turn,
        flow: FlowId,
        user: &str,
        address: &Address,
        key: ContactKey,
        expires: Duration,
        headers: &Headers,
    ) {
        let user_agent: String = text(headers, &HeaderName::UserAgent).unwrap_or_default().chars().take(128).collect();
        let binding = Binding {
            user: user.to_owned(),
            contact: address.uri.to_bytes(),
            key,
            flow,
            instance: address.param("+sip.instance").map(<[u8]>::to_vec),
            call_id: call_id_of(headers).unwrap_or_default(),
            cseq: cseq_of(headers).map_or(0, |c| c.0),
            id: 0,
            user_agent: user_agent.clone(),
            since: turn.now,
            expires_at: turn.now + expires,
        };
        let contact = binding.contact_text();
        let gone = self.location.bind(binding, self.config.max_bindings_per_aor);
        Self::tell_unbound(turn, gone);
        let event = EdgeEvent::Registered { user: user.to_owned(), contact, user_agent, expires };
        turn.out.push(EdgeOutput::Event(event));
    }

    fn read_wish(&self, headers: &Headers) -> Result<Wish, u16> {
        let header_expires = match headers.get(&HeaderName::Expires) {
            None => None,
            Some(_) => Some(number(headers, &HeaderName::Expires).ok_or(400u16)?),
        };
        let rows: Vec<_> = headers.get_all(&HeaderName::Contact).map(|h| h.value().into_owned()).collect();
        if rows.is_empty() {
            return Ok(Wish::Ask);
        }
        if rows.iter().any(|row| row.trim_ascii() == b"*") {
            return if rows.len() == 1 && header_expires == Some(0) { Ok(Wish::RemoveAll) } else { Err(400) };
        }
        let mut contacts = Vec::new();
        for contact in headers.typed_all::<Contact>().take(MAX_CONTACTS + 1) {
            let Contact(address) = contact.map_err(|_| 400u16)?;
            let key = ContactKey::of(&address.uri)
                .filter(|_| address.uri.to_bytes().len() <= MAX_CONTACT_BYTES)
                .ok_or(400u16)?;
            let asked = match address.param("expires") {
                None => header_expires,
                Some(raw) => Some(lossy(raw).trim().parse().map_err(|_| 400u16)?),
            };
            contacts.push((address, key, self.grant(asked)?));
        }
        if contacts.len() > MAX_CONTACTS { Err(400) } else { Ok(Wish::Contacts(contacts)) }
    }

    fn grant(&self, asked: Option<u32>) -> Result<Duration, u16> {
        let asked = asked.map_or(self.config.max_expires, |s| Duration::from_secs(u64::from(s)));
        if !asked.is_zero() && asked < self.config.min_expires {
            return Err(423);
        }
        Ok(asked.min(self.config.max_expires))
    }

    /// §10.3 step 7: an older REGISTER of the same sequence must not undo a newer one.
    fn is_out_of_order(&self, user: &str, wish: &Wish, headers: &Headers) -> bool {
        let call_id = call_id_of(headers).unwrap_or_default();
        let cseq = cseq_of(headers).map_or(0, |c| c.0);
        self.location.of_user(user).iter().any(|b| {
            let touched = match wish {
                Wish::Ask => false,
                Wish::RemoveAll => true,
                Wish::Contacts(contacts) => contacts.iter().any(|(_, key, _)| *key == b.key),
            };
            touched && b.call_id == call_id && cseq <= b.cseq
        })
    }
}
