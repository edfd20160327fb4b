//! The command line.

use std::path::PathBuf;

use engine::{CodecKind, EchoCancellation, NoiseSuppression, VoiceProcessing};

/// What `--help` prints.
pub const HELP: &str = "\
The Rannan phone without a window.

Usage: rannan-cli --wss URL --user USER --domain DOMAIN [OPTIONS]     a SIP account
       rannan-cli --server URL --email EMAIL [OPTIONS]                a team account

Account:
  --wss URL             SIP over WebSocket: wss://host[:port]/path (or ws://)
  --user USER           user part of the address, the extension
  --domain DOMAIN       domain of the address
  --auth-user NAME      digest user, when it is not USER
  --server URL          team server: https://host[:port]
  --email EMAIL         who signs in there
  --password-env NAME   environment variable that holds the password   [RANNAN_PASSWORD]
  --ca FILE             certificates (PEM) to trust besides the system's

Sound:
  --mic NAME|FILE.wav       microphone by name or id, or a file that is played again and again
  --speaker NAME|FILE.wav   speaker by name or id, or a file that is written
  --noise off|standard|strong   noise suppression, instead of what is remembered   [standard]
  --echo auto|on|off            echo cancellation, likewise   [auto]
  --gain on|off                 automatic gain, likewise   [off]
  --no-tones                no ringing, ringback and busy tones
  --codecs LIST             what is spoken, best first   [opus,g722,pcmu,pcma,cn]

Other:
  --data DIR            folder of database and settings   [the user's data folder]
  --help, --version

Commands, one a line on standard input (a call's number may follow, else the one that fits is meant):
  dial TARGET    extension, number or sip: address
  answer  decline  hangup  hold  resume
  transfer TARGET      send the other side of the call there
  ask TARGET           call there to ask first; then transfer-to CALL connects the two, hangup goes back
  supervise USER listen|whisper|barge     a colleague's call, by extension or id; again for another mode
  supervise-leave      supervise nobody any more
  conference           join the call that is spoken on with the one that is held
  record on|off|pause|resume     the call that is spoken on, as the rights allow
  mute  unmute
  dtmf DIGITS
  microphone ID|default   speaker ID|default   ringer ID|default     also in a call; remembered
  status NAME [TEXT]   available, break, dnd, meeting, or other with own words
  offline-at-sign-in on|off
  team                 who of the team can be reached
  users  users-leave   those whom you administer, and their news from then on
  user ID              the card of one; user-end-sessions ID, user-delete ID
  users-range FIRST LAST EMAIL NAME   plan users with one Id after the other; {id} in EMAIL and NAME is the Id
  users-import FILE [--map LIST]  plan the rows of a table: id, name, email, role, department, password, pin, agent,
                                  call_timeout, wrap_up, max_no_answer, busy_delay, reject_delay, no_answer_delay, ignore
  users-rows, users-start, users-stop   what is planned, carry it out or on, stop
  users-passwords FILE, users-faults FILE, users-export FILE   write passwords that were made, rows that failed, the directory
  user-force ID STATUS [TEXT]     set somebody's status
  panel  panel-leave   the live panel, and its news from then on; panel-charts
  panel-force ID STATUS [WORDS]   panel-end-sessions ID   panel-pull CALLER   panel-send CALLER EXTENSION
  devices              phones that are registered; device-unregister ID
  pick-up ID           take the call that rings at a colleague (ids: team)
  divert ID TO         send it to an extension; transfer-of ID TO: the one that runs
  messages             messages in your voice box
  message-play ID      listen to one
  message-delete ID    delete one
  park                 park the call; unpark PLACE takes one, and parked calls are told as they come and go
  sources              outside address books
  source-test ID       try one of them
  ready  extend        end the time after a call from a queue, or make it longer
  stats
  quit           hang up, unregister, end (as does the end of the input)

Events come as one JSON object a line on standard output, errors of the program itself on standard error.
Exit code: 0 after quit, 1 could not start or register, 2 wrong arguments. RUST_LOG sets the log level (off).
";

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Args {
    /// Who registers.
    pub account: AccountArgs,
    /// Name of the variable with the password.
    pub password_env: String,
    /// File with more certificates.
    pub ca: Option<PathBuf>,
    /// Microphone or WAV file.
    pub mic: Option<String>,
    /// Speaker or WAV file.
    pub speaker: Option<String>,
    /// Ringing and so on.
    pub tones: bool,
    /// Codecs, best first.
    pub codecs: Vec<CodecKind>,
    /// How the microphone is treated; `None`: as remembered.
    pub voice: Option<VoiceProcessing>,
    /// Data folder.
    pub data: Option<PathBuf>,
}

/// Two kinds of account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountArgs {
    /// Any exchange.
    Sip {
        /// WebSocket.
        url: String,
        /// User part.
        user: String,
        /// Domain.
        domain: String,
        /// Digest user; empty: `user`.
        auth_user: String,
    },
    /// A Rannan team server.
    Team {
        /// Base URL.
        server: String,
        /// E-mail.
        email: String,
    },
}

/// What the words mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Run.
    Run(Box<Args>),
    /// Print the help.
    Help,
    /// Print the version.
    Version,
}

/// Reads the words after the program's name.
///
/// # Errors
/// A sentence that names what is wrong.
pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Asked, String> {
    let mut words = words.into_iter();
    let mut given = Given::default();
    while let Some(word) = words.next() {
        let (option, inline) = match word.split_once('=') {
            Some((option, value)) if option.starts_with("--") => (option.to_owned(), Some(value.to_owned())),
            _ => (word, None),
        };
        match option.as_str() {
            "--help" | "-h" => return Ok(Asked::Help),
            "--version" | "-V" => return Ok(Asked::Version),
            "--no-tones" if inline.is_none() => given.no_tones = true,
            _ => {
                let place = given.place(&option).ok_or_else(|| format!("unknown option {option}"))?;
                let value = inline.or_else(|| words.next()).ok_or_else(|| format!("{option} needs a value"))?;
                if value.is_empty() {
                    return Err(format!("{option} needs a value"));
                }
                if place.replace(value).is_some() {
                    return Err(format!("{option} is given twice"));
                }
            }
        }
    }
    given.complete().map(|args| Asked::Run(Box::new(args)))
}

#[derive(Default)]
struct Given {
    wss: Option<String>,
    user: Option<String>,
    domain: Option<String>,
    auth_user: Option<String>,
    server: Option<String>,
    email: Option<String>,
    password_env: Option<String>,
    ca: Option<String>,
    mic: Option<String>,
    speaker: Option<String>,
    data: Option<String>,
    codecs: Option<String>,
    noise: Option<String>,
    echo: Option<String>,
    gain: Option<String>,
    no_tones: bool,
}

impl Given {
    fn place(&mut self, option: &str) -> Option<&mut Option<String>> {
        Some(match option {
            "--wss" => &mut self.wss,
            "--user" => &mut self.user,
            "--domain" => &mut self.domain,
            "--auth-user" => &mut self.auth_user,
            "--server" => &mut self.server,
            "--email" => &mut self.email,
            "--password-env" => &mut self.password_env,
            "--ca" => &mut self.ca,
            "--mic" => &mut self.mic,
            "--speaker" => &mut self.speaker,
            "--data" => &mut self.data,
            "--codecs" => &mut self.codecs,
            "--noise" => &mut self.noise,
            "--echo" => &mut self.echo,
            "--gain" => &mut self.gain,
            _ => return None,
        })
    }

    fn complete(self) -> Result<Args, String> {
        let voice = self.voice()?;
        let needs = |value: Option<String>, with: &str, option: &str| value.ok_or(format!("{with} needs {option} too"));
        let account = match (self.wss, self.server) {
            (Some(_), Some(_)) => return Err("--wss and --server exclude each other".to_owned()),
            (None, None) => return Err("either --wss or --server is needed".to_owned()),
            (Some(_), None) if self.email.is_some() => return Err("--email belongs to --server".to_owned()),
            (Some(url), None) => AccountArgs::Sip {
                url,
                user: needs(self.user, "--wss", "--user")?,
                domain: needs(self.domain, "--wss", "--domain")?,
                auth_user: self.auth_user.unwrap_or_default(),
            },
            (None, Some(_)) if self.user.is_some() || self.domain.is_some() || self.auth_user.is_some() => {
                return Err("--user, --domain and --auth-user belong to --wss".to_owned());
            }
            (None, Some(server)) => AccountArgs::Team { server, email: needs(self.email, "--server", "--email")? },
        };
        Ok(Args {
            account,
            password_env: self.password_env.unwrap_or_else(|| "RANNAN_PASSWORD".to_owned()),
            ca: self.ca.map(PathBuf::from),
            mic: self.mic,
            speaker: self.speaker,
            tones: !self.no_tones,
            codecs: self.codecs.as_deref().map_or_else(|| Ok(engine::ALL_CODECS.to_vec()), codecs)?,
            voice,
            data: self.data.map(PathBuf::from),
        })
    }

    fn voice(&self) -> Result<Option<VoiceProcessing>, String> {
        let Given { noise, echo, gain, .. } = self;
        if noise.is_none() && echo.is_none() && gain.is_none() {
            return Ok(None);
        }
        let mut voice = VoiceProcessing::default();
        if let Some(word) = noise {
            voice.noise = NoiseSuppression::from_code(word).ok_or("--noise is off, standard or strong")?;
        }
        if let Some(word) = echo {
            voice.echo = EchoCancellation::from_code(word).ok_or("--echo is auto, on or off")?;
        }
        match gain.as_deref() {
            Some("on") => voice.gain = true,
            Some("off") => voice.gain = false,
            Some(_) => return Err("--gain is on or off".to_owned()),
            None => {}
        }
        Ok(Some(voice))
    }
}

/// Reads a list of names.
fn codecs(list: &str) -> Result<Vec<CodecKind>, String> {
    let known = |name: &str| engine::ALL_CODECS.into_iter().find(|kind| kind.code() == name);
    let all: Vec<CodecKind> =
        list.split(',').map(|name| known(name).ok_or(format!("unknown codec {name}"))).collect::<Result<_, _>>()?;
    if all.iter().all(|kind| *kind == CodecKind::ComfortNoise) {
        return Err("--codecs needs one for speech".to_owned());
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Result<Asked, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_sip_account_and_a_team_account_are_understood() {
        let Ok(Asked::Run(args)) = words("--wss wss://h/ws --user 101 --domain=d --no-tones --mic tone.wav") else {
            panic!("a complete command line");
        };
        assert!(matches!(args.account, AccountArgs::Sip { user, .. } if user == "101"));
        assert!(!args.tones);
        assert_eq!(args.password_env, "RANNAN_PASSWORD");
        let Ok(Asked::Run(args)) = words("--server https://h --email a@b --password-env P --ca x.pem") else {
            panic!("a complete command line");
        };
        assert!(matches!(args.account, AccountArgs::Team { email, .. } if email == "a@b"));
        assert_eq!(args.password_env, "P");
        assert_eq!(args.codecs, engine::ALL_CODECS);
        let Ok(Asked::Run(args)) = words("--server https://h --email a@b --codecs pcma,cn") else {
            panic!("a complete command line");
        };
        assert_eq!(args.codecs, [CodecKind::Pcma, CodecKind::ComfortNoise]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, expected) in [
            ("", "either --wss or --server is needed"),
            ("--wss w", "--wss needs --user too"),
            ("--server s", "--server needs --email too"),
            ("--wss w --server s", "--wss and --server exclude each other"),
            ("--server s --email e --user u", "--user, --domain and --auth-user belong to --wss"),
            ("--wss", "--wss needs a value"),
            ("--wss=", "--wss needs a value"),
            ("--wss a --wss b", "--wss is given twice"),
            ("--server s --email e --codecs opus,mp3", "unknown codec mp3"),
            ("--server s --email e --codecs cn", "--codecs needs one for speech"),
            ("--colour", "unknown option --colour"),
            ("dial", "unknown option dial"),
        ] {
            assert_eq!(words(line), Err(expected.to_owned()), "{line}");
        }
    }

    #[test]
    fn the_voice_is_treated_as_remembered_unless_told() {
        let voice = |line: &str| match words(&format!("--server s --email e {line}")) {
            Ok(Asked::Run(args)) => Ok(args.voice),
            Ok(_) => panic!("{line} runs"),
            Err(error) => Err(error),
        };
        assert_eq!(voice(""), Ok(None));
        let quiet = VoiceProcessing { noise: NoiseSuppression::Off, echo: EchoCancellation::Off, gain: false };
        assert_eq!(voice("--noise off --echo off"), Ok(Some(quiet)));
        assert_eq!(voice("--gain on"), Ok(Some(VoiceProcessing { gain: true, ..VoiceProcessing::default() })));
        assert!(["--noise loud", "--echo 1", "--gain yes"].iter().all(|line| voice(line).is_err()));
    }

    #[test]
    fn help_and_version_win() {
        assert_eq!(words("--wss x --help"), Ok(Asked::Help));
        assert_eq!(words("-V"), Ok(Asked::Version));
    }
}
