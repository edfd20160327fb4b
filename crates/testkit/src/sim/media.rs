//! Media that is made of names: descriptions say who wrote them and what they answer, so that a mix-up is seen.

use std::fmt;

/// Which way sound goes, seen from who writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Sends.
    pub sends: bool,
    /// Wants to hear.
    pub hears: bool,
}

impl Way {
    /// Both.
    pub const BOTH: Way = Way { sends: true, hears: true };

    fn wanted(hold: bool) -> Way {
        Way { sends: true, hears: !hold }
    }

    /// RFC 3264 §6.1: what we may answer to `offered`.
    fn answering(self, offered: Way) -> Way {
        Way { sends: self.sends && offered.hears, hears: self.hears && offered.sends }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.sends, self.hears) {
            (true, true) => "sendrecv",
            (true, false) => "sendonly",
            (false, true) => "recvonly",
            (false, false) => "inactive",
        })
    }
}

/// A description of ours. As text it is SDP enough for everything that reads only directions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sdp {
    /// Whose session, and which of its descriptions.
    pub session: String,
    /// Counts up.
    pub version: u32,
    /// ICE generation of the session.
    pub ice: u32,
    /// What it answers: session and version of an offer.
    pub answers: Option<(String, u32)>,
    /// Direction.
    pub way: Way,
}

impl fmt::Display for Sdp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v=0\r\no=- 1 {} IN IP4 0.0.0.0\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n", self.version)?;
        write!(f, "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=x-name:{} {} {}\r\n", self.session, self.version, self.ice)?;
        if let Some((session, version)) = &self.answers {
            write!(f, "a=x-answers:{session} {version}\r\n")?;
        }
        write!(f, "a={}\r\n", self.way)
    }
}

impl Sdp {
    /// Reads one; `None` when it is not one of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Sdp> {
        let value = |name: &str| text.lines().find_map(|line| line.trim().strip_prefix(name));
        let mut name = value("a=x-name:")?.split(' ');
        let answers = value("a=x-answers:").and_then(|rest| {
            let (session, version) = rest.split_once(' ')?;
            Some((session.to_owned(), version.parse().ok()?))
        });
        let way = text.lines().find_map(|line| match line.trim() {
            "a=sendrecv" => Some(Way::BOTH),
            "a=sendonly" => Some(Way { sends: true, hears: false }),
            "a=recvonly" => Some(Way { sends: false, hears: true }),
            "a=inactive" => Some(Way { sends: false, hears: false }),
            _ => None,
        })?;
        Some(Sdp {
            session: name.next()?.to_owned(),
            version: name.next()?.parse().ok()?,
            ice: name.next()?.parse().ok()?,
            answers,
            way,
        })
    }

    /// What a peer without a phone answers.
    #[must_use]
    pub fn answered_by(&self, session: &str, version: u32, hold: bool) -> Sdp {
        Sdp {
            session: session.to_owned(),
            version,
            ice: 1,
            answers: Some((self.session.clone(), self.version)),
            way: Way::wanted(hold).answering(self.way),
        }
    }
}

/// What came of an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Result {
    /// Report this description.
    Text(String),
    /// Done; look whether media can connect.
    Applied,
    /// The description cannot be used.
    Bad,
}

/// One media session. As strict as a real engine: one offer at a time.
#[derive(Clone, Debug)]
pub struct FakeMedia {
    /// Unique name.
    pub session: String,
    version: u32,
    /// Our ICE generation.
    pub ice: u32,
    /// Our offer that waits for its answer, with what was true before.
    open: Option<(u32, Option<Way>, u32)>,
    last_answer: Option<String>,
    /// Who is at the other end, and their ICE generation.
    pub remote: Option<(String, u32)>,
    /// Agreed, from our side.
    pub way: Option<Way>,
    /// ICE and DTLS are up.
    pub is_connected: bool,
    /// Counts connection attempts and losses: late checks are recognised.
    pub epoch: u64,
    /// What was done in an order that no engine accepts.
    pub misuse: Vec<String>,
}

impl FakeMedia {
    pub(super) fn new(session: String) -> Self {
        FakeMedia {
            session,
            version: 0,
            ice: 1,
            open: None,
            last_answer: None,
            remote: None,
            way: None,
            is_connected: false,
            epoch: 0,
            misuse: Vec::new(),
        }
    }

    pub(super) fn make_offer(&mut self, hold: bool, restart: bool) -> Result {
        if self.open.is_some() {
            self.misuse.push("an offer while ours is open".into());
            return Result::Bad;
        }
        self.version += 1;
        self.open = Some((self.version, self.way, self.ice));
        self.ice += u32::from(restart);
        self.last_answer = None;
        let way = Way::wanted(hold);
        Result::Text(self.describe(way, None))
    }

    pub(super) fn make_answer(&mut self, offer: &str, hold: bool) -> Result {
        if self.open.is_some() {
            self.misuse.push("an answer while our offer is open".into());
            return Result::Bad;
        }
        let Some(offer) = Sdp::parse(offer) else { return Result::Bad };
        self.version += 1;
        let way = Way::wanted(hold).answering(offer.way);
        if self.remote.as_ref().is_some_and(|(session, ice)| *session == offer.session && *ice != offer.ice) {
            self.ice += 1; // An ICE restart of theirs is one of ours (RFC 8839 §4.4.3).
        }
        let text = self.describe(way, Some((offer.session.clone(), offer.version)));
        self.meet(offer.session, offer.ice);
        self.way = Some(way);
        Result::Text(text)
    }

    pub(super) fn apply_answer(&mut self, answer: &str) -> Result {
        if self.open.is_none() && self.last_answer.as_deref() == Some(answer) {
            return Result::Applied;
        }
        let Some((version, ..)) = self.open else {
            self.misuse.push("an answer without an offer".into());
            return Result::Bad;
        };
        let Some(parsed) = Sdp::parse(answer) else { return Result::Bad };
        if parsed.answers != Some((self.session.clone(), version)) {
            self.misuse.push(format!("an answer to {:?} for offer {version} of {}", parsed.answers, self.session));
            return Result::Bad;
        }
        self.open = None;
        self.last_answer = Some(answer.to_owned());
        self.meet(parsed.session, parsed.ice);
        self.way = Some(Way { sends: parsed.way.hears, hears: parsed.way.sends });
        Result::Applied
    }

    pub(super) fn rollback(&mut self) {
        match self.open.take() {
            Some((_, way, ice)) => (self.way, self.ice) = (way, ice),
            None => self.misuse.push("a rollback without an offer".into()),
        }
    }

    /// The far end is known; a new one, or a new ICE generation, has to be connected first.
    fn meet(&mut self, session: String, ice: u32) {
        let far = Some((session, ice));
        if self.remote != far {
            self.remote = far;
            self.epoch += 1;
        }
    }

    fn describe(&self, way: Way, answers: Option<(String, u32)>) -> String {
        Sdp { session: self.session.clone(), version: self.version, ice: self.ice, answers, way }.to_string()
    }

    /// Do both ends know each other as they are now?
    #[must_use]
    pub fn fits(&self, other: &FakeMedia) -> bool {
        self.remote == Some((other.session.clone(), other.ice))
            && other.remote == Some((self.session.clone(), self.ice))
    }
}
