//! OpenLDAP's server, with a folder of its own.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::program::{Program, free_port};

/// The tree.
pub const BASE: &str = "dc=maydan,dc=example";
/// Who may read it.
pub const USER: &str = "cn=reader,dc=maydan,dc=example";
/// With what.
pub const PASSWORD: &str = "canary-secret-9b1c";

/// The server. Ends when it is dropped.
pub struct Slapd {
    folder: TempDir,
    port: u16,
    tls_port: u16,
    program: Option<Program>,
}

impl Slapd {
    /// Starts it with the tree, its reader, and what stands in `ldif`. `tls`: certificate and key in PEM; `rules`: more lines of its
    /// settings, before the database's.
    ///
    /// # Panics
    /// When it is not installed, or does not start.
    #[must_use]
    pub fn start(ldif: &str, tls: Option<(&str, &str)>, rules: &str) -> Slapd {
        let folder = tempfile::Builder::new().prefix("rannan-ldap-").tempdir().expect("a folder");
        let at = folder.path().display().to_string();
        fs::create_dir(folder.path().join("data")).expect("makes a folder");
        let secure = tls.map_or(String::new(), |(certificate, key)| {
            fs::write(folder.path().join("cert.pem"), certificate).expect("writes");
            fs::write(folder.path().join("key.pem"), key).expect("writes");
            format!("TLSCertificateFile {at}/cert.pem\nTLSCertificateKeyFile {at}/key.pem\n")
        });
        let config = format!(
            "include /etc/ldap/schema/core.schema\ninclude /etc/ldap/schema/cosine.schema\n\
             include /etc/ldap/schema/inetorgperson.schema\nmodulepath /usr/lib/ldap\nmoduleload back_mdb\n\
             pidfile {at}/pid\n{secure}{rules}\ndatabase mdb\nmaxsize 67108864\nsuffix \"{BASE}\"\n\
             rootdn \"cn=admin,{BASE}\"\ndirectory {at}/data\n\
             access to attrs=userPassword by anonymous auth by * none\n\
             access to dn.subtree=\"ou=secret,{BASE}\" by * none\naccess to * by users read by anonymous none\n"
        );
        fs::write(folder.path().join("slapd.conf"), config).expect("writes");
        let mut server = Slapd { folder, port: free_port(), tls_port: free_port(), program: None };
        let tree = format!(
            "dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\ndc: maydan\no: Maydan\n\n\
             dn: {USER}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\nuserPassword: {PASSWORD}\n\n"
        );
        server.tool("slapadd", &format!("{tree}{ldif}"));
        server.run(tls.is_some());
        server
    }

    /// Changes entries, as `ldapmodify` reads it; the server is away meanwhile.
    ///
    /// # Panics
    /// When it refuses.
    pub fn edit(&mut self, ldif: &str) {
        self.stop();
        self.tool("slapmodify", ldif);
        self.run(self.folder.path().join("cert.pem").exists());
    }

    /// Ends it; the folder stays.
    pub fn stop(&mut self) {
        self.program = None;
    }

    /// `ldap://127.0.0.1:PORT`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("ldap://127.0.0.1:{}", self.port)
    }

    /// `ldaps://localhost:PORT`, when it has a certificate.
    #[must_use]
    pub fn tls_address(&self) -> String {
        format!("ldaps://localhost:{}", self.tls_port)
    }

    fn run(&mut self, tls: bool) {
        let mut at = format!("ldap://127.0.0.1:{}", self.port);
        if tls {
            at.push_str(&format!(" ldaps://127.0.0.1:{}", self.tls_port));
        }
        let mut command = Command::new(program("slapd"));
        // In the foreground, as it tells what it does.
        command.arg("-f").arg(self.folder.path().join("slapd.conf")).args(["-h", &at, "-d", "stats"]).current_dir("/");
        let program = Program::start(&mut command, "slapd", "slapd starting");
        program.wait_for_port(self.port);
        if tls {
            program.wait_for_port(self.tls_port);
        }
        self.program = Some(program);
    }

    fn tool(&self, name: &str, ldif: &str) {
        let mut tool = Command::new(program(name))
            .arg("-f")
            .arg(self.folder.path().join("slapd.conf"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|fault| panic!("slapd is not installed ({fault}): apt-get install -y slapd"));
        tool.stdin.take().expect("it is piped").write_all(ldif.as_bytes()).expect("it reads");
        let done = tool.wait_with_output().expect("it ends");
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

/// They stand where not every user's path leads.
fn program(name: &str) -> String {
    let there = format!("/usr/sbin/{name}");
    if Path::new(&there).exists() { there } else { name.to_owned() }
}
