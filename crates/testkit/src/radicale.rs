//! Radicale, a CardDAV server that others have written, with a folder of its own.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use base64::Engine as _;
use tempfile::TempDir;

use crate::http::{Answer, ask};
use crate::program::{Program, free_port};

/// Who may sign in.
pub const USER: &str = "noor";
/// With what.
pub const PASSWORD: &str = "canary-secret-7f3a";

/// The server. Ends when it is dropped.
pub struct Radicale {
    folder: TempDir,
    port: u16,
    tls: bool,
    program: Option<Program>,
}

impl Radicale {
    /// Starts it with these address books of [`USER`]: the name of the folder, and what it is called. `tls`: certificate and key in PEM.
    ///
    /// # Panics
    /// When it is not installed, or does not start.
    #[must_use]
    pub fn start(books: &[(&str, &str)], tls: Option<(&str, &str)>) -> Radicale {
        let folder = tempfile::Builder::new().prefix("rannan-dav-").tempdir().expect("a folder");
        let port = free_port();
        let at = folder.path().display().to_string();
        let secure = tls.map_or(String::new(), |(certificate, key)| {
            fs::write(folder.path().join("cert.pem"), certificate).expect("writes");
            fs::write(folder.path().join("key.pem"), key).expect("writes");
            format!("ssl = True\ncertificate = {at}/cert.pem\nkey = {at}/key.pem\n")
        });
        let config = format!(
            "[server]\nhosts = 127.0.0.1:{port}\n{secure}[auth]\ntype = htpasswd\nhtpasswd_filename = {at}/users\n\
             htpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {at}/data\n[logging]\nlevel = info\n"
        );
        fs::write(folder.path().join("config"), config).expect("writes");
        fs::write(folder.path().join("users"), format!("{USER}:{PASSWORD}\nlayla:other\n")).expect("writes");
        let mut server = Radicale { folder, port, tls: tls.is_some(), program: None };
        fs::create_dir_all(server.home()).expect("makes a folder");
        for (name, shown) in books {
            let book = server.home().join(name);
            fs::create_dir_all(&book).expect("makes a folder");
            let props = serde_json::json!({ "tag": "VADDRESSBOOK", "D:displayname": shown });
            fs::write(book.join(".Radicale.props"), props.to_string()).expect("writes");
        }
        server.run();
        server
    }

    /// Starts it again after [`Radicale::stop`], on the same port.
    ///
    /// # Panics
    /// When it does not start.
    pub fn run(&mut self) {
        let mut command = Command::new("radicale");
        command.arg("--config").arg(self.folder.path().join("config")).current_dir("/");
        let program = Program::start(&mut command, "radicale", "server ready");
        program.wait_for_port(self.port);
        self.program = Some(program);
    }

    /// Ends it; the folder stays.
    pub fn stop(&mut self) {
        self.program = None;
    }

    /// `http://127.0.0.1:PORT`, or `https://localhost:PORT`.
    #[must_use]
    pub fn address(&self) -> String {
        if self.tls { format!("https://localhost:{}", self.port) } else { format!("http://127.0.0.1:{}", self.port) }
    }

    /// Puts a card into a book, as another program of the user does.
    ///
    /// # Panics
    /// When the server refuses it.
    pub async fn put(&self, path: &str, card: &str) {
        let answer = self.ask(&format!("PUT /{USER}/{path}"), "text/vcard", card).await;
        assert!(matches!(answer.status, 200..=299), "{} {}", answer.status, answer.text());
    }

    /// Takes a card out of a book.
    ///
    /// # Panics
    /// When the server refuses it.
    pub async fn delete(&self, path: &str) {
        let answer = self.ask(&format!("DELETE /{USER}/{path}"), "text/plain", "").await;
        assert!(matches!(answer.status, 200..=299), "{} {}", answer.status, answer.text());
    }

    /// Requests that it was asked so far.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.program.as_ref().map_or(0, |program| program.count(" request for "))
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("data/collection-root").join(USER)
    }

    async fn ask(&self, line: &str, kind: &str, body: &str) -> Answer {
        let key = base64::engine::general_purpose::STANDARD.encode(format!("{USER}:{PASSWORD}"));
        let headers = [("Authorization", &*format!("Basic {key}")), ("Content-Type", kind)];
        ask(SocketAddr::from(([127, 0, 0, 1], self.port)), line, &headers, body).await
    }
}
