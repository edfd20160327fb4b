//! The one thing the phone reads in a session description: whether its writer wants to hear us.

/// Does the far end put us on hold with this description? True for `a=sendonly` and `a=inactive` in force for the first
/// audio section (RFC 3264 §8.4). The older `c=IN IP4 0.0.0.0` (RFC 2543) does not count: with ICE it only says that the
/// writer has no default candidate, and every browser sends it.
pub(crate) fn puts_us_on_hold(sdp: &str) -> bool {
    let mut session = None;
    let mut audio = None;
    let mut section = Section::Session;
    for line in sdp.lines().map(str::trim) {
        if let Some(media) = line.strip_prefix("m=") {
            section = match section {
                Section::Audio | Section::AfterAudio => Section::AfterAudio,
                Section::Session | Section::Other if media.starts_with("audio") => Section::Audio,
                Section::Session | Section::Other => Section::Other,
            };
        }
        let Some(holds) = meaning(line) else { continue };
        match section {
            Section::Session => session = Some(holds),
            Section::Audio => audio = Some(holds),
            Section::Other | Section::AfterAudio => {}
        }
    }
    audio.or(session).unwrap_or(false)
}

#[derive(Clone, Copy)]
enum Section {
    Session,
    Audio,
    Other,
    AfterAudio,
}

/// `None`: the line says nothing about direction.
fn meaning(line: &str) -> Option<bool> {
    match line {
        "a=sendonly" | "a=inactive" => Some(true),
        "a=sendrecv" | "a=recvonly" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::puts_us_on_hold;

    #[test]
    fn direction_of_the_first_audio_section_decides() {
        let check = |sdp: &str, expected: bool| assert_eq!(puts_us_on_hold(sdp), expected, "{sdp}");
        check("v=0\r\nm=audio 9 RTP 0\r\na=sendrecv\r\n", false);
        check("v=0\r\nm=audio 9 RTP 0\r\n", false);
        check("v=0\r\nm=audio 9 RTP 0\r\na=sendonly\r\n", true);
        check("v=0\r\nm=audio 9 RTP 0\r\na=inactive\r\n", true);
        check("v=0\r\nm=audio 9 RTP 0\r\na=recvonly\r\n", false);
        check("v=0\r\na=sendonly\r\nm=audio 9 RTP 0\r\n", true);
        check("v=0\r\na=sendonly\r\nm=audio 9 RTP 0\r\na=sendrecv\r\n", false);
        check(
            "v=0\r\nm=video 9 RTP 0\r\na=sendonly\r\nm=audio 9 RTP 0\r\na=sendrecv\r\nm=video 0 RTP 0\r\na=inactive\r\n",
            false,
        );
        check("v=0\r\nm=audio 9 RTP 0\r\nc=IN IP4 0.0.0.0\r\na=sendrecv\r\n", false);
        check("", false);
    }
}
