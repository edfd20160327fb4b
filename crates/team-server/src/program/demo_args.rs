//! The command line of `rannan-server demo`.

use std::net::SocketAddr;
use std::path::PathBuf;

use actors::Pace;

/// Fewest and most agents.
const AGENTS: std::ops::RangeInclusive<usize> = 1..=60;

/// In which scripts names are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    Arabic,
    /// By turns.
    Both,
}

impl Language {
    /// Is the name of the person, department or queue with this number Arabic?
    pub fn is_arabic(self, number: usize) -> bool {
        match self {
            Language::English => false,
            Language::Arabic => true,
            Language::Both => number % 2 == 1,
        }
    }
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Demo {
    /// `None`: a temporary folder, gone at the end.
    pub data: Option<PathBuf>,
    pub listen: SocketAddr,
    pub agents: usize,
    pub pace: Pace,
    pub language: Language,
    pub seed: u64,
    /// What the newcomer needs as one line of JSON.
    pub json: bool,
}

impl Demo {
    /// As many as keep the agents busy: callers who wait or talk cannot call again.
    pub fn callers(&self) -> usize {
        self.agents + self.agents / 2
    }

    /// Reads the words after `demo`.
    pub fn read(words: &[String]) -> Result<Demo, String> {
        let mut demo = Demo {
            data: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 5090)),
            agents: 12,
            pace: Pace::NORMAL,
            language: Language::Both,
            seed: 1,
            json: false,
        };
        let mut words = words.iter();
        while let Some(option) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{option} needs a value (see demo --help)"));
            match option.as_str() {
                "--data" => demo.data = Some(value()?.into()),
                "--listen" => demo.listen = listen(value()?)?,
                "--agents" => {
                    let count = value()?.parse().ok().filter(|count| AGENTS.contains(count));
                    demo.agents = count.ok_or("--agents needs a number from 1 to 60")?;
                }
                "--pace" => demo.pace = value()?.parse().map_err(|error| format!("--pace: {error}"))?,
                "--language" => {
                    demo.language = match value()?.as_str() {
                        "en" => Language::English,
                        "ar" => Language::Arabic,
                        "both" => Language::Both,
                        _ => return Err("--language is en, ar or both".to_owned()),
                    }
                }
                "--seed" => demo.seed = value()?.parse().map_err(|_| "--seed needs a number")?,
                "--json" => demo.json = true,
                // Read before everything else, where the log is made.
                "--json-log" => {}
                _ => return Err(format!("{option} is not known (see demo --help)")),
            }
        }
        Ok(demo)
    }
}

/// Everybody who reads the screen knows the password of somebody who may do everything: this computer only.
fn listen(text: &str) -> Result<SocketAddr, String> {
    let fault = || "--listen needs an address of this computer and a port, as 127.0.0.1:5090".to_owned();
    text.parse::<SocketAddr>().ok().filter(|at| at.ip().is_loopback()).ok_or_else(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Demo, String> {
        Demo::read(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_read_and_mistakes_are_named() {
        let demo = read("--listen 127.0.0.1:0 --agents 6 --pace BUSY --language ar --seed 9 --json --data x").unwrap();
        assert_eq!((demo.agents, demo.pace, demo.seed, demo.json), (6, Pace::BUSY, 9, true));
        assert!(demo.language.is_arabic(0) && demo.data == Some("x".into()) && demo.callers() == 9);
        for (line, part) in [
            ("--listen 0.0.0.0:5090", "this computer"),
            ("--listen 192.0.2.1:5090", "this computer"),
            ("--agents 0", "1 to 60"),
            ("--agents 61", "1 to 60"),
            ("--pace gently", "slow, normal"),
            ("--language fr", "en, ar"),
            ("--seed", "needs a value"),
            ("--database x", "not known"),
        ] {
            assert!(read(line).unwrap_err().contains(part), "{line}");
        }
    }
}
