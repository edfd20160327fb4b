//! A mail server that keeps what it gets: enough of RFC 5321 for one sender at a time, over a real socket. Nothing leaves it.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A letter as it came.
#[derive(Clone, Debug)]
pub struct Letter {
    /// From the envelope.
    pub from: String,
    /// From the envelope.
    pub to: Vec<String>,
    /// Head and body, lines ending in CRLF, dots at their beginning no longer doubled.
    pub source: String,
}

/// The running mail server. Its thread ends with the process.
pub struct MailSink {
    addr: SocketAddr,
    letters: Receiver<Letter>,
}

impl MailSink {
    /// Listens at a free port of this computer. Recipients that hold `refuse` are answered 550.
    ///
    /// # Panics
    /// When there is no free port.
    #[must_use]
    pub fn start(refuse: Option<&str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let addr = listener.local_addr().expect("it listens");
        let (sender, letters) = channel();
        let refuse = refuse.map(str::to_owned);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A sender that breaks off is not our fault.
                let _ = converse(&stream, refuse.as_deref(), &sender);
            }
        });
        MailSink { addr, letters }
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The next letter.
    ///
    /// # Panics
    /// When none comes within 20 s.
    #[must_use]
    pub fn letter(&self) -> Letter {
        self.letters.recv_timeout(Duration::from_secs(20)).expect("a letter in time")
    }

    /// A letter that is there already.
    #[must_use]
    pub fn letter_now(&self) -> Option<Letter> {
        self.letters.try_recv().ok()
    }
}

impl Letter {
    /// The texts of its parts, decoded, in their order: plain, then HTML.
    #[must_use]
    pub fn parts(&self) -> Vec<String> {
        let mark = self.source.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let border = format!("--{mark}");
        let inner = self.source.split(&border).skip(1).filter(|piece| !piece.starts_with("--"));
        let pieces = inner.filter_map(|piece| piece.split_once("\r\n\r\n"));
        pieces.map(|(head, body)| decoded(&head.to_ascii_lowercase(), body)).collect()
    }
}

fn decoded(head: &str, body: &str) -> String {
    let bytes = if head.contains("base64") {
        STANDARD.decode(body.split_whitespace().collect::<String>()).unwrap_or_default()
    } else if head.contains("quoted-printable") {
        unquoted(&body.replace("=\r\n", ""))
    } else {
        body.as_bytes().to_vec()
    };
    String::from_utf8_lossy(&bytes).into_owned()
}

fn unquoted(text: &str) -> Vec<u8> {
    let (mut bytes, mut left) = (Vec::new(), text.as_bytes());
    while let Some((&first, rest)) = left.split_first() {
        let code = rest.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (first, code) {
            (b'=', Some(byte)) => {
                bytes.push(byte);
                left = &rest[2..];
            }
            _ => {
                bytes.push(first);
                left = rest;
            }
        }
    }
    bytes
}

fn converse(mut stream: &TcpStream, refuse: Option<&str>, letters: &Sender<Letter>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream);
    let (mut from, mut to, mut line) = (String::new(), Vec::new(), String::new());
    stream.write_all(b"220 sink.test\r\n")?;
    loop {
        line.clear();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let said = line.trim_end().to_owned();
        let verb = said.to_ascii_uppercase();
        let reply = if verb.starts_with("EHLO") {
            "250-sink.test\r\n250 8BITMIME\r\n"
        } else if verb.starts_with("MAIL FROM:") {
            from = said[10..].to_owned();
            "250 go on\r\n"
        } else if verb.starts_with("RCPT TO:") && refuse.is_some_and(|part| said.contains(part)) {
            "550 nobody here\r\n"
        } else if verb.starts_with("RCPT TO:") {
            to.push(said[8..].to_owned());
            "250 go on\r\n"
        } else if verb == "DATA" {
            stream.write_all(b"354 end with a dot\r\n")?;
            let source = data(&mut lines)?;
            let letter = Letter { from: std::mem::take(&mut from), to: std::mem::take(&mut to), source };
            if letters.send(letter).is_err() {
                return Ok(());
            }
            "250 kept\r\n"
        } else if verb == "QUIT" {
            stream.write_all(b"221 bye\r\n")?;
            return Ok(());
        } else if verb == "RSET" || verb == "NOOP" {
            "250 so be it\r\n"
        } else {
            "500 what?\r\n"
        };
        stream.write_all(reply.as_bytes())?;
    }
}

fn data(lines: &mut impl BufRead) -> std::io::Result<String> {
    let (mut source, mut line) = (String::new(), String::new());
    loop {
        line.clear();
        if lines.read_line(&mut line)? == 0 || line == ".\r\n" {
            return Ok(source);
        }
        source.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
