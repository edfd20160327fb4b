//! What ties a call to another one while somebody is transferred.

use base::{CallId, Now};
use model::{CallTransfer, Party};
use sip::ua::Referral;

use crate::notice::{TransferFault, TransferStage, TransferView};

/// Ties of one call. Most calls have none.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// We asked its far end to call somebody else.
    pub(crate) asked: Option<Transfer>,
    /// We talk here before we transfer that call.
    pub(crate) asks_for: Option<CallId>,
    /// The far end of that call asked us to make this one; it wants to hear what becomes of it.
    pub(crate) referred_in: Option<CallId>,
    /// The last code that it was told.
    pub(crate) told: u16,
    /// Goes into our INVITE.
    pub(crate) referral: Referral,
    /// This call takes the place of that one (RFC 3891).
    pub(crate) replaces: Option<CallId>,
    /// It has gone on elsewhere, and its far end should hang up; then we do.
    pub(crate) leave_at: Option<Now>,
    /// Who sent it here.
    pub(crate) by: Option<Party>,
    /// To whom it was sent.
    pub(crate) to: Option<Party>,
}

/// A transfer that we asked for.
///
/// ```text
///   blind, attended ─────────────────────────▶ Told ──2xx──▶ Told(Accepted) ──reports──▶ Told(Ringing) …
///   semi-attended ─▶ Clearing ──it is over────▲              │ 2xx reported, or nothing will be: BYE to both
///                                                            └ refused, failed, silence: Failed, the caller is back
/// ```
#[derive(Debug)]
pub(crate) struct Transfer {
    pub(crate) to: Party,
    pub(crate) phase: Phase,
    pub(crate) sip_code: Option<u16>,
    /// No news until then is bad news.
    pub(crate) give_up_at: Now,
    /// We had not held it: a failure takes it back.
    pub(crate) takes_back: bool,
    /// The call in which we asked first.
    pub(crate) consultation: Option<CallId>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// The consultation that rings is being given up, so that the target is free for the caller.
    Clearing,
    /// REFER is out, this is what was heard of it.
    Told(TransferStage),
}

impl Transfer {
    /// On its way, neither done nor failed.
    pub(crate) fn is_running(&self) -> bool {
        !matches!(self.phase, Phase::Told(TransferStage::Answered | TransferStage::Failed(_)))
    }

    pub(crate) fn failed(to: Party, fault: TransferFault, sip_code: Option<u16>, now: Now) -> Self {
        let phase = Phase::Told(TransferStage::Failed(fault));
        Transfer { to, phase, sip_code, give_up_at: now, takes_back: false, consultation: None }
    }
}

impl Links {
    /// Is a transfer of ours on its way?
    pub(crate) fn is_transferring(&self) -> bool {
        self.asked.as_ref().is_some_and(Transfer::is_running)
    }

    /// When something of this has to be given up.
    pub(crate) fn deadline(&self) -> Option<Now> {
        let transfer = self.asked.as_ref().filter(|asked| asked.is_running()).map(|asked| asked.give_up_at);
        transfer.into_iter().chain(self.leave_at).min()
    }

    /// As it is shown.
    pub(crate) fn view(&self) -> Option<TransferView> {
        self.asked.as_ref().map(|asked| TransferView {
            to: asked.to.clone(),
            stage: match asked.phase {
                Phase::Clearing => TransferStage::Asked,
                Phase::Told(stage) => stage,
            },
            sip_code: asked.sip_code,
        })
    }

    /// As it is remembered.
    pub(crate) fn record(&self) -> Option<CallTransfer> {
        let to = self.to.clone().map(CallTransfer::To);
        to.or_else(|| self.by.clone().map(CallTransfer::By))
    }
}
