//! Messages as text, written independently of the code under test.

use std::fmt::Write as _;

/// One message, taken apart.
#[derive(Clone, Debug)]
pub struct Msg {
    pub start: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Msg {
    pub fn read(bytes: &[u8]) -> Msg {
        let text = std::str::from_utf8(bytes).expect("our messages are UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").expect("a message has an empty line");
        let mut lines = head.split("\r\n");
        let start = lines.next().unwrap().to_owned();
        let headers = lines.map(|l| l.split_once(": ").unwrap_or_else(|| panic!("header line {l:?}")));
        let headers: Vec<_> = headers.map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
        let message = Msg { start, headers, body: body.to_owned() };
        let length: usize = message.header("Content-Length").parse().expect("Content-Length is a number");
        assert_eq!(length, message.body.len(), "Content-Length fits the body: {text}");
        message
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut text = format!("{}\r\n", self.start);
        for (name, value) in &self.headers {
            write!(text, "{name}: {value}\r\n").unwrap();
        }
        write!(text, "Content-Length: {}\r\n\r\n{}", self.body.len(), self.body).unwrap();
        text.into_bytes()
    }

    pub fn is(&self, method: &str) -> bool {
        self.start.starts_with(&format!("{method} "))
    }

    pub fn code(&self) -> Option<u16> {
        self.start.strip_prefix("SIP/2.0 ")?.get(..3)?.parse().ok()
    }

    pub fn method(&self) -> &str {
        self.header("CSeq").split(' ').nth(1).unwrap()
    }

    pub fn cseq(&self) -> u32 {
        self.header("CSeq").split(' ').next().unwrap().parse().unwrap()
    }

    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        self.find(name).unwrap_or_else(|| panic!("no {name} in {self:#?}"))
    }

    pub fn find(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    pub fn tag(&self, name: &str) -> Option<&str> {
        self.header(name).split(";tag=").nth(1)
    }

    pub fn with(mut self, name: &str, value: impl Into<String>) -> Msg {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub fn set(mut self, name: &str, value: impl Into<String>) -> Msg {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        self.with(name, value)
    }

    pub fn sdp(mut self, body: &str) -> Msg {
        self.body = body.to_owned();
        self.with("Content-Type", "application/sdp")
    }

    /// The answer to this request; `tag` goes into a To without one.
    pub fn reply(&self, code: u16, tag: &str) -> Msg {
        let copied = ["Via", "From", "To", "Call-ID", "CSeq"];
        let headers = self.headers.iter().filter(|(n, _)| copied.contains(&n.as_str())).cloned();
        let mut reply = Msg { start: format!("SIP/2.0 {code} Words"), headers: headers.collect(), body: String::new() };
        if code > 100
            && let Some(to) = reply.headers.iter_mut().find(|(n, v)| n == "To" && !v.contains(";tag="))
        {
            to.1 = format!("{};tag={tag}", to.1);
        }
        reply
    }

    /// A final or provisional answer that makes a dialog: Contact and Allow included.
    pub fn accept(&self, code: u16, tag: &str) -> Msg {
        let here = format!("<sip:{tag}@peer.invalid;transport=ws>");
        self.reply(code, tag).with("Contact", here).with("Allow", "INVITE, ACK, BYE, CANCEL, UPDATE")
    }
}

/// A request from nowhere to our user agent.
pub fn request(method: &str, branch: &str, call: &str, cseq: u32) -> Msg {
    let headers = [
        ("Via", format!("SIP/2.0/WS far.invalid;branch=z9hG4bK{branch}")),
        ("Max-Forwards", "70".into()),
        ("From", "\"Far End\" <sip:far@rannan.local>;tag=far".into()),
        ("To", "<sip:101@rannan.local>".into()),
        ("Call-ID", call.into()),
        ("CSeq", format!("{cseq} {method}")),
    ];
    let headers = headers.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
    Msg { start: format!("{method} sip:x@y.invalid SIP/2.0"), headers, body: String::new() }
}

/// An INVITE from nowhere.
pub fn invite(branch: &str, call: &str) -> Msg {
    request("INVITE", branch, call, 1)
        .with("Contact", "<sip:far@far.invalid;transport=ws>")
        .with("Allow", "INVITE, ACK, BYE, CANCEL, UPDATE")
        .sdp("v=0 offer")
}

/// A request inside the dialog that `Solo::talks` made, from the far end.
pub fn inside(invite: &Msg, method: &str, branch: &str, cseq: u32) -> Msg {
    request(method, branch, invite.header("Call-ID"), cseq)
        .set("From", "<sip:102@rannan.local>;tag=b")
        .set("To", invite.header("From").to_owned())
        .with("Contact", "<sip:moved@peer.invalid>")
}
