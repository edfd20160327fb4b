//! What colleagues do with a call that rings at somebody (RG-08): they take it, or send it to somebody else.
//!
//! Both are branches that are added to the caller's INVITE (RFC 3261 §16.6 lets a proxy add targets while it waits), so it works with every
//! caller, who notices nothing. Whether somebody may is decided elsewhere.

use base::{Now, WallMs};

use super::door::{Edge, Turn};
use super::fork::{ForkId, Phase};
use super::output::EdgeOutput;
use super::requests::{Hop, Label};
use crate::core::{Method, Uri};
use crate::usage::{pickup_header, supervises};

/// Why nothing was done with a ringing call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOperated {
    /// No call rings there.
    NoCall,
    /// A queue offers it, and decides whom it offers it to.
    OfQueue,
    /// Nobody could take it: no device, or a status that keeps calls away. What a caller would be answered.
    Nobody(u16),
}

impl Edge {
    /// Rings the devices of `by` too with the call that rings at `user`. They are told `token`, by which the one that asked for it knows
    /// that it shall answer. If none of them takes the call, it rings on as if nothing had been.
    ///
    /// # Errors
    /// Why it was not done.
    pub fn pick_up(&mut self, now: Now, user: &str, by: &str, token: &str) -> Result<Vec<EdgeOutput>, NotOperated> {
        let id = self.ringing_at(user)?;
        let hops = self.devices_for(now, id, by);
        if hops.is_empty() {
            return Err(NotOperated::Nobody(480));
        }
        let mut turn = Turn::new(now, WallMs(0));
        for hop in hops {
            let label = Label { offer: None, row: pickup_header(token), is_pickup: true };
            self.send_labelled(&mut turn, id, hop, Some(label));
        }
        Ok(self.run(turn))
    }

    /// The call that rings at `user` rings at `to` instead.
    ///
    /// # Errors
    /// Why it was not done; it rings on.
    pub fn divert(&mut self, now: Now, user: &str, to: &str) -> Result<Vec<EdgeOutput>, NotOperated> {
        let id = self.ringing_at(user)?;
        if let Some(code) = self.turned_away.get(to) {
            return Err(NotOperated::Nobody(*code));
        }
        let hops = self.devices_for(now, id, to);
        if hops.is_empty() {
            return Err(NotOperated::Nobody(if self.known.contains(to) { 480 } else { 404 }));
        }
        let mut turn = Turn::new(now, WallMs(0));
        let mailbox = self.has_box(to).then(|| to.to_owned());
        if let Some(fork) = self.forks.get_mut(id) {
            // Somebody else rings from now on, and what the first ones say is no answer to the caller any more.
            fork.rang = false;
            fork.mailbox = mailbox;
            fork.branches.iter_mut().for_each(|branch| branch.is_aside = true);
        }
        self.cancel_branches(&mut turn, id, None);
        if let Some(key) = self.forks.get(id).and_then(|fork| fork.call) {
            turn.tell(|events| self.calls.moves(key, to, events));
        }
        self.forks.set_deadline(id, now + self.config.ring_timeout);
        for hop in hops {
            self.send_copy(&mut turn, id, hop);
        }
        Ok(self.run(turn))
    }

    /// The oldest call that rings at somebody.
    fn ringing_at(&self, user: &str) -> Result<ForkId, NotOperated> {
        let rings = |id: &ForkId| {
            let fork = self.forks.get(*id)?;
            let open = fork.call.is_some() && fork.phase == Phase::Waiting && fork.request.method == Method::Invite;
            // A supervisor rings nowhere.
            let open = open && !supervises(&fork.request.headers);
            let here = |b: &&super::fork::Branch| b.user.as_deref() == Some(user) && b.end.is_none() && !b.is_aside;
            let branch = fork.branches.iter().find(here).filter(|_| open)?;
            Some((*id, branch.offer.is_some()))
        };
        let all: Vec<(ForkId, bool)> = self.forks.ids().filter_map(|id| rings(&id)).collect();
        let call = all.iter().find(|(_, of_queue)| !of_queue);
        match (call, all.is_empty()) {
            (Some((id, _)), _) => Ok(*id),
            (None, false) => Err(NotOperated::OfQueue),
            (None, true) => Err(NotOperated::NoCall),
        }
    }

    /// Where somebody's devices are, but for the caller's own and those that ring with this call already.
    fn devices_for(&self, now: Now, id: ForkId, user: &str) -> Vec<Hop> {
        let Some(fork) = self.forks.get(id) else { return Vec::new() };
        let rings = |flow| fork.branches.iter().any(|branch| branch.flow == flow && branch.end.is_none());
        let devices = self.location.of_user(user).iter();
        let free = devices.filter(|b| b.expires_at > now && b.flow != fork.from && !rings(b.flow));
        free.map(|b| Hop { flow: b.flow, uri: Uri::parse(b.contact.clone()).ok() }).collect()
    }
}
