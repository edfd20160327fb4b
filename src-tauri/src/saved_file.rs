//! Files that the agent asked for: written whole, under a name that was free.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Files of one name in a folder; past this something else is wrong.
const MOST_ALIKE: u32 = 1000;
/// Characters of a part of a name: with four bytes each it stays below the 255 bytes that file systems allow.
const MOST_CHARACTERS: usize = 40;

/// Writes `text` to `STEM.EXTENSION` in `dir`, or to `STEM-2.EXTENSION`, `STEM-3.EXTENSION` … when that is taken: no file is ever
/// written over. Returns where it is. A file that could not be finished is taken away again.
///
/// # Errors
/// The system's.
pub fn write_new(dir: &Path, stem: &str, extension: &str, text: &str) -> io::Result<PathBuf> {
    write_with(OpenOptions::new().write(true).create_new(true), dir, stem, extension, text)
}

/// Like [`write_new`], in a file that only its owner may read (0600; elsewhere as the folder says).
///
/// # Errors
/// The system's.
pub fn write_private(dir: &Path, stem: &str, extension: &str, text: &str) -> io::Result<PathBuf> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    write_with(&options, dir, stem, extension, text)
}

fn write_with(options: &OpenOptions, dir: &Path, stem: &str, extension: &str, text: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(dir)?;
    for nth in 1..=MOST_ALIKE {
        let path = dir.join(if nth == 1 { format!("{stem}.{extension}") } else { format!("{stem}-{nth}.{extension}") });
        match options.open(&path) {
            Ok(mut file) => {
                let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
                drop(file);
                return match written {
                    Ok(()) => Ok(path),
                    Err(fault) => {
                        if let Err(stays) = fs::remove_file(&path) {
                            tracing::warn!(%stays, "an unfinished file stays");
                        }
                        Err(fault)
                    }
                };
            }
            Err(fault) if fault.kind() == ErrorKind::AlreadyExists => {}
            Err(fault) => return Err(fault),
        }
    }
    Err(io::Error::new(ErrorKind::AlreadyExists, "too many files of this name"))
}

/// A text from outside as part of a file's name on every system: what is neither a letter, a digit nor one of `+-.@` becomes `_`.
pub fn name_part(text: &str) -> String {
    let safe =
        |character: char| if character.is_alphanumeric() || "+-.@".contains(character) { character } else { '_' };
    match text.chars().take(MOST_CHARACTERS).map(safe).collect::<String>() {
        empty if empty.is_empty() => "unknown".to_owned(),
        part => part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_is_ever_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let below = dir.path().join("new folder");
        let names: Vec<PathBuf> = ["a", "b", "c"].map(|text| write_new(&below, "call", "json", text).unwrap()).to_vec();
        assert_eq!(names, ["call.json", "call-2.json", "call-3.json"].map(|name| below.join(name)));
        let texts: Vec<String> = names.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        assert_eq!(texts, ["a", "b", "c"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_passwords_is_its_owners_alone_bk_01() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = write_private(dir.path(), "passwords", "csv", "a").unwrap();
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_folder_that_cannot_be_used_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a-file");
        fs::write(&file, "x").unwrap();
        assert!(write_new(&file.join("below"), "call", "json", "a").is_err());
    }

    #[test]
    fn a_number_becomes_a_name_on_every_system() {
        for (number, part) in [
            ("+966110000142", "+966110000142"),
            ("*43", "_43"),
            ("sip:100@pbx.example", "sip_100@pbx.example"),
            ("../../etc/passwd", ".._.._etc_passwd"),
            ("C:\\a|b?\u{202e}\n", "C__a_b___"),
            ("", "unknown"),
        ] {
            assert_eq!(name_part(number), part);
        }
        assert_eq!(name_part(&"٣".repeat(500)).chars().count(), MOST_CHARACTERS);
    }
}
