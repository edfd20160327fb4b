//! REGISTER (RFC 3261 §10, RFC 5626 §4.2).

use base::Now;

use super::sending::Purpose;
use super::{Event, Output, RegisterFailure, UserAgent};
use crate::core::{HeaderName, Method, Response, cseq_header, header, request, uri};
use crate::edge::NOT_FROM_HERE;
use crate::usage::{Registration, RegistrationState, Verdict};

/// How often a registrar may make us ask differently (423, 439) in one attempt.
const MAX_ADJUSTED: u8 = 2;

impl UserAgent {
    /// We want to be registered: now if there is a flow, and again with each new flow. Ends in [`Event::Registered`] or
    /// [`Event::RegistrationFailed`]; when to try again after a failure is the caller's decision, the refresh is ours.
    pub fn register(&mut self, now: Now) -> Vec<Output> {
        let mut out = Vec::new();
        self.registration.wanted = true;
        match self.registration.state {
            RegistrationState::Registering { .. } => {}
            _ if self.flow.is_none() => {}
            RegistrationState::Idle
            | RegistrationState::Registered { .. }
            | RegistrationState::Unregistering { .. } => {
                self.send_register(now, 0, &mut out);
            }
        }
        out
    }

    /// Signs off (`Expires: 0`). Ends in [`Event::Unregistered`], after 5 s at the latest.
    pub fn unregister(&mut self, now: Now) -> Vec<Output> {
        let mut out = Vec::new();
        self.registration.wanted = false;
        match self.registration.state {
            RegistrationState::Unregistering { .. } => {}
            RegistrationState::Registered { .. } | RegistrationState::Registering { .. } if self.flow.is_some() => {
                let give_up_at = now + crate::usage::GOODBYE;
                self.registration.state = RegistrationState::Unregistering { give_up_at };
                self.transmit_register(now, 0, &mut out);
            }
            RegistrationState::Idle | RegistrationState::Registered { .. } | RegistrationState::Registering { .. } => {
                self.registration.state = RegistrationState::Idle;
                Self::tell(Event::Unregistered, &mut out);
            }
        }
        out
    }

    pub(super) fn send_register(&mut self, now: Now, adjusted: u8, out: &mut Vec<Output>) {
        self.registration.state = RegistrationState::Registering { adjusted };
        let expires = self.registration.expires.as_secs();
        self.transmit_register(now, expires, out);
    }

    pub(super) fn registration_lost_flow(&mut self, out: &mut Vec<Output>) {
        match self.registration.state {
            // Whoever asked to sign off has it: the binding goes with the flow.
            RegistrationState::Unregistering { .. } => Self::tell(Event::Unregistered, out),
            RegistrationState::Idle | RegistrationState::Registering { .. } | RegistrationState::Registered { .. } => {}
        }
        self.registration.state = RegistrationState::Idle;
    }

    pub(super) fn registration_due(&mut self, now: Now, out: &mut Vec<Output>) {
        match self.registration.state {
            RegistrationState::Registered { refresh_at } if refresh_at <= now => self.send_register(now, 0, out),
            RegistrationState::Unregistering { give_up_at } if give_up_at <= now => self.signed_off(out),
            _ => {}
        }
    }

    pub(super) fn register_answered(
        &mut self,
        now: Now,
        round: u64,
        response: &Response,
        verdict: Option<Verdict>,
        out: &mut Vec<Output>,
    ) {
        let code = response.status.code();
        if code < 200 || round != self.registration.round {
            return;
        }
        match self.registration.state {
            RegistrationState::Unregistering { .. } => self.signed_off(out),
            RegistrationState::Idle | RegistrationState::Registered { .. } => {}
            RegistrationState::Registering { adjusted } => match code {
                200..300 => {
                    let expires = self.registration.granted(&response.headers, &self.contact_user);
                    let refresh_at = now + Registration::refresh_after(expires);
                    self.registration.state = RegistrationState::Registered { refresh_at };
                    Self::tell(Event::Registered { expires }, out);
                }
                423 if adjusted < MAX_ADJUSTED && self.registration.raise(&response.headers) => {
                    self.send_register(now, adjusted + 1, out);
                }
                439 if adjusted < MAX_ADJUSTED && self.registration.outbound => {
                    self.registration.outbound = false;
                    self.send_register(now, adjusted + 1, out);
                }
                401 | 407 if verdict == Some(Verdict::Wrong) => {
                    self.register_failed(RegisterFailure::WrongCredentials, out)
                }
                403 if response.reason.as_ref() == NOT_FROM_HERE.as_bytes() => {
                    self.register_failed(RegisterFailure::NotFromHere, out)
                }
                408 => self.register_failed(RegisterFailure::NoAnswer, out),
                500..600 => self.register_failed(RegisterFailure::ServerError { code }, out),
                _ => self.register_failed(RegisterFailure::Refused { code }, out),
            },
        }
    }

    pub(super) fn register_unanswered(&mut self, round: u64, code: u16, out: &mut Vec<Output>) {
        if round != self.registration.round {
            return;
        }
        match self.registration.state {
            RegistrationState::Unregistering { .. } => self.signed_off(out),
            RegistrationState::Registering { .. } => {
                let why = if code == 503 { RegisterFailure::FlowLost } else { RegisterFailure::NoAnswer };
                self.register_failed(why, out);
            }
            RegistrationState::Idle | RegistrationState::Registered { .. } => {}
        }
    }

    fn register_failed(&mut self, why: RegisterFailure, out: &mut Vec<Output>) {
        self.registration.state = RegistrationState::Idle;
        Self::tell(Event::RegistrationFailed { why }, out);
    }

    fn signed_off(&mut self, out: &mut Vec<Output>) {
        self.registration.state = RegistrationState::Idle;
        Self::tell(Event::Unregistered, out);
    }

    fn transmit_register(&mut self, now: Now, expires: u64, out: &mut Vec<Output>) {
        let aor = &self.config.aor;
        let Some(registrar) = uri(&format!("sip:{}", aor.host)) else {
            return self.register_failed(RegisterFailure::Refused { code: 416 }, out);
        };
        self.registration.round += 1;
        self.registration.cseq += 1;
        let r = &self.registration;
        let mut register = request(Method::Register, registrar);
        let contact = if r.outbound {
            format!("{};+sip.instance=\"<{}>\";reg-id=1;expires={expires}", self.contact, self.config.instance)
        } else {
            format!("{};expires={expires}", self.contact)
        };
        let rows = [
            header(HeaderName::From, format!("<{aor}>;tag={}", r.from_tag)),
            header(HeaderName::To, format!("<{aor}>")),
            header(HeaderName::CallId, r.call_id.clone()),
            cseq_header(r.cseq, &Method::Register),
            header(HeaderName::Contact, contact),
            header(HeaderName::Expires, expires.to_string()),
            header(HeaderName::Allow, super::sending::ALLOW),
        ];
        rows.into_iter().for_each(|h| register.headers.push(h));
        if r.outbound {
            register.headers.push(header(HeaderName::Supported, "path, outbound"));
        }
        self.introduce(&mut register);
        let round = self.registration.round;
        let (_, wanted) = self.send(now, register, Purpose::Register { round });
        self.obey(now, wanted, out);
    }
}
