//! Payload formats: what a number in a packet's header means, on either side.

use base::{CodecKind, Pt};

use super::Offered;

/// The parameter of our Opus lines (RFC 7587 §6.1 lets others ignore it) that says which version of the experimental
/// redundancy (DRED) our decoder reads. libopus calls it `DRED_EXPERIMENTAL_VERSION`; only equal versions understand each other.
pub const DRED_PARAMETER: &str = "x-dred";
/// The version in libopus 1.6.
pub const DRED_VERSION: u8 = 12;

/// Payload type and clock of `telephone-event` (RFC 4733).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its payload type.
    pub pt: Pt,
    /// Units per second of its durations: 48000 beside Opus, 8000 beside codecs of the telephone network.
    pub clock_rate: u32,
}

/// What a payload type carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carries {
    /// Speech, or the noise of a pause.
    Speech(CodecKind),
    /// Digits (RFC 4733), durations in units of this clock.
    Digits(u32),
    /// Opus with earlier packets repeated (RFC 2198).
    Red,
}

/// The payload types that one side takes, in its order of preference. At most one for each purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formats(Vec<(Pt, Carries)>);

/// What we would like to be sent, before the far end's numbers are known; static ones are of RFC 3551 §6.
const OWN: [(Pt, Carries); 8] = [
    (Pt(111), Carries::Speech(CodecKind::Opus)),
    (Pt(63), Carries::Red),
    (Pt(9), Carries::Speech(CodecKind::G722)),
    (Pt(0), Carries::Speech(CodecKind::Pcmu)),
    (Pt(8), Carries::Speech(CodecKind::Pcma)),
    (Pt(13), Carries::Speech(CodecKind::ComfortNoise)),
    (Pt(110), Carries::Digits(48_000)),
    (Pt(126), Carries::Digits(8_000)),
];

impl Formats {
    /// What we offer: codecs in the order given and what goes with them. Formats agreed before keep their numbers
    /// (RFC 3264 §8.3.2).
    #[must_use]
    pub fn offer(codecs: &[CodecKind], agreed: &Formats) -> Self {
        let mut formats = agreed.clone();
        for carries in companions(codecs) {
            if formats.pt_of(carries).is_none()
                && let Some(pt) = formats.number_for(carries)
            {
                formats.0.push((pt, carries));
            }
        }
        let rank = |carries| companions(codecs).iter().position(|known| *known == carries);
        formats.0.retain(|(_, carries)| rank(*carries).is_some());
        formats.0.sort_by_key(|(_, carries)| rank(*carries));
        formats
    }

    /// What a list of codecs means to us. What we do not know is left out; of two with the same purpose the first counts.
    #[must_use]
    pub fn read(offered: &[Offered]) -> Self {
        let is_opus = |codec: &&Offered| carries_of(codec) == Some(Carries::Speech(CodecKind::Opus));
        let opus = offered.iter().find(is_opus).map(|codec| codec.pt);
        // Redundancy of anything but Opus, or without a list of what it repeats, is of no use to us.
        let is_red = |codec: &Offered| {
            let repeats = codec.fmtp.split('/').next().and_then(|pt| pt.trim().parse().ok()).map(Pt);
            codec.name.eq_ignore_ascii_case("red") && codec.clock_rate == 48_000 && repeats.is_some() && repeats == opus
        };
        let mut formats = Formats::default();
        for codec in offered {
            let carries = if is_red(codec) { Some(Carries::Red) } else { carries_of(codec) };
            if let Some(carries) = carries {
                formats.add(codec.pt, carries);
            }
        }
        formats
    }

    /// Our answer to these: what of them we can, with their numbers, Opus first, then in their order (RFC 3264 §6.1).
    /// Comfort noise, redundancy and digits only beside speech of the same clock; a lone clock for digits is taken as it is.
    #[must_use]
    pub fn answer(&self, codecs: &[CodecKind]) -> Self {
        let spoken = |kind: CodecKind| codecs.contains(&kind) && self.pt_of(Carries::Speech(kind)).is_some();
        let clocks: Vec<u32> = [CodecKind::Opus, CodecKind::G722, CodecKind::Pcmu, CodecKind::Pcma]
            .into_iter()
            .filter(|kind| spoken(*kind))
            .map(CodecKind::clock_rate)
            .collect();
        let matching_digits = self.events().any(|event| clocks.contains(&event.clock_rate));
        let first_event = self.events().next().map(|event| event.pt);
        let mut kept: Vec<(Pt, Carries)> = self
            .0
            .iter()
            .filter(|(pt, carries)| match carries {
                Carries::Speech(CodecKind::ComfortNoise) => spoken(CodecKind::ComfortNoise) && clocks.contains(&8000),
                Carries::Speech(kind) => spoken(*kind),
                Carries::Red => spoken(CodecKind::Opus),
                Carries::Digits(clock) if matching_digits => clocks.contains(clock),
                Carries::Digits(_) => first_event == Some(*pt),
            })
            .copied()
            .collect();
        kept.sort_by_key(|(_, carries)| *carries != Carries::Speech(CodecKind::Opus));
        Formats(kept)
    }

    /// The codec to send: the first that we have (RFC 3264 §7).
    #[must_use]
    pub fn speech(&self, codecs: &[CodecKind]) -> Option<(Pt, CodecKind)> {
        self.0.iter().find_map(|(pt, carries)| match carries {
            Carries::Speech(CodecKind::ComfortNoise) => None,
            Carries::Speech(kind) => codecs.contains(kind).then_some((*pt, *kind)),
            Carries::Digits(_) | Carries::Red => None,
        })
    }

    /// Digits beside speech of this clock (RFC 4733 §2.1); any, if there is none.
    #[must_use]
    pub fn digits(&self, clock_rate: u32) -> Option<Event> {
        self.events().find(|event| event.clock_rate == clock_rate).or_else(|| self.events().next())
    }

    /// What packets of this type carry.
    #[must_use]
    pub fn carries(&self, pt: Pt) -> Option<Carries> {
        self.0.iter().find(|(known, _)| *known == pt).map(|(_, carries)| *carries)
    }

    /// The number for something.
    #[must_use]
    pub fn pt_of(&self, carries: Carries) -> Option<Pt> {
        self.0.iter().find(|(_, known)| *known == carries).map(|(pt, _)| *pt)
    }

    /// In order of preference.
    pub fn iter(&self) -> impl Iterator<Item = (Pt, Carries)> {
        self.0.iter().copied()
    }

    /// Is there speech at all?
    #[must_use]
    pub fn has_speech(&self) -> bool {
        self.0.iter().any(|(_, c)| matches!(c, Carries::Speech(kind) if *kind != CodecKind::ComfortNoise))
    }

    /// The numbers of the `m=` line.
    pub(super) fn numbers(&self) -> String {
        self.0.iter().map(|(pt, _)| pt.0.to_string()).collect::<Vec<_>>().join(" ")
    }

    /// The `a=rtpmap` and `a=fmtp` lines.
    pub(super) fn write(&self, dred: bool, out: &mut String) {
        let dred = if dred { format!(";{DRED_PARAMETER}={DRED_VERSION}") } else { String::new() };
        for (Pt(pt), carries) in self.iter() {
            let (name, fmtp) = match carries {
                Carries::Speech(CodecKind::Opus) => ("opus/48000/2", Some(format!("minptime=10;useinbandfec=1{dred}"))),
                Carries::Speech(CodecKind::G722) => ("G722/8000", None),
                Carries::Speech(CodecKind::Pcmu) => ("PCMU/8000", None),
                Carries::Speech(CodecKind::Pcma) => ("PCMA/8000", None),
                Carries::Speech(CodecKind::ComfortNoise) => ("CN/8000", None),
                Carries::Red => {
                    let opus = self.pt_of(Carries::Speech(CodecKind::Opus)).map(|opus| opus.0);
                    ("red/48000/2", opus.map(|opus| format!("{opus}/{opus}")))
                }
                Carries::Digits(clock) => {
                    out.push_str(&format!("a=rtpmap:{pt} telephone-event/{clock}\r\na=fmtp:{pt} 0-15\r\n"));
                    continue;
                }
            };
            out.push_str(&format!("a=rtpmap:{pt} {name}\r\n"));
            if let Some(fmtp) = fmtp {
                out.push_str(&format!("a=fmtp:{pt} {fmtp}\r\n"));
            }
        }
    }

    fn events(&self) -> impl Iterator<Item = Event> {
        self.0.iter().filter_map(|(pt, carries)| match carries {
            Carries::Digits(clock_rate) => Some(Event { pt: *pt, clock_rate: *clock_rate }),
            Carries::Speech(_) | Carries::Red => None,
        })
    }

    fn add(&mut self, pt: Pt, carries: Carries) {
        if self.carries(pt).is_none() && self.pt_of(carries).is_none() {
            self.0.push((pt, carries));
        }
    }

    /// Our usual number, or a free one of the dynamic range.
    fn number_for(&self, carries: Carries) -> Option<Pt> {
        let usual = OWN.iter().find(|(_, known)| *known == carries).map(|(pt, _)| *pt);
        usual.into_iter().chain((96..=127).map(Pt)).find(|pt| self.carries(*pt).is_none())
    }
}

/// All formats that go with these codecs, in the order of an offer.
fn companions(codecs: &[CodecKind]) -> Vec<Carries> {
    let has_clock = |clock| codecs.iter().any(|kind| *kind != CodecKind::ComfortNoise && kind.clock_rate() == clock);
    let mut all = Vec::new();
    for kind in codecs {
        if *kind != CodecKind::ComfortNoise || has_clock(8000) {
            all.push(Carries::Speech(*kind));
        }
        if *kind == CodecKind::Opus {
            all.push(Carries::Red);
        }
    }
    all.extend([48_000, 8000].into_iter().filter(|clock| has_clock(*clock)).map(Carries::Digits));
    all
}

fn carries_of(codec: &Offered) -> Option<Carries> {
    let is = |name: &str, clock: u32| codec.name.eq_ignore_ascii_case(name) && codec.clock_rate == clock;
    let mono = codec.channels.is_none_or(|channels| channels == 1);
    // RFC 7587 §7: always "opus/48000/2", whatever is in the stream.
    let speech = match () {
        () if is("opus", 48_000) => CodecKind::Opus,
        () if is("G722", 8000) && mono => CodecKind::G722,
        () if is("PCMU", 8000) && mono => CodecKind::Pcmu,
        () if is("PCMA", 8000) && mono => CodecKind::Pcma,
        () if is("CN", 8000) && mono => CodecKind::ComfortNoise,
        () if codec.name.eq_ignore_ascii_case("telephone-event") && codec.clock_rate > 0 => {
            return Some(Carries::Digits(codec.clock_rate));
        }
        () => return None,
    };
    Some(Carries::Speech(speech))
}

/// Does this Opus decoder read our DRED?
#[must_use]
pub fn reads_dred(opus_fmtp: &str) -> bool {
    parameter(opus_fmtp, DRED_PARAMETER) == Some(u32::from(DRED_VERSION))
}

/// The most that this Opus decoder wants, bits per second; what Opus cannot do (RFC 7587 §6.1) is no limit.
#[must_use]
pub fn most_bitrate(opus_fmtp: &str) -> Option<u32> {
    parameter(opus_fmtp, "maxaveragebitrate").filter(|bitrate| (6_000..=510_000).contains(bitrate))
}

fn parameter(fmtp: &str, wanted: &str) -> Option<u32> {
    let mut parameters = fmtp.split(';').filter_map(|parameter| parameter.split_once('='));
    let (_, value) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))?;
    value.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sdp::codecs_of;

    const ALL: [CodecKind; 5] =
        [CodecKind::Opus, CodecKind::G722, CodecKind::Pcmu, CodecKind::Pcma, CodecKind::ComfortNoise];

    fn read(formats: &str, maps: &[&str]) -> Formats {
        let lines: String = maps.iter().map(|line| format!("a={line}\r\n")).collect();
        let sdp = format!("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP {formats}\r\n{lines}");
        Formats::read(&codecs_of(&sdp))
    }

    /// Offers as telephony servers write them, and what we answer and send.
    #[test]
    fn answers_take_the_offers_numbers_and_order_with_opus_first() {
        let asterisk = ["rtpmap:107 opus/48000/2", "rtpmap:101 telephone-event/8000"];
        let chromium = [
            "rtpmap:111 opus/48000/2",
            "rtpmap:63 red/48000/2",
            "fmtp:63 111/111",
            "rtpmap:110 telephone-event/48000",
            "rtpmap:126 telephone-event/8000",
        ];
        let freeswitch =
            ["rtpmap:102 opus/48000/2", "rtpmap:101 telephone-event/48000", "rtpmap:103 telephone-event/8000"];
        for (name, offer, answer, speech, digits) in [
            ("Asterisk, G.711 only", read("0 8 101", &asterisk[1..]), "0 8 101", CodecKind::Pcmu, Some(101)),
            ("Asterisk, ulaw and opus", read("0 8 107 101", &asterisk), "107 0 8 101", CodecKind::Opus, Some(101)),
            ("a PBX that prefers A-law", read("8 0", &[]), "8 0", CodecKind::Pcma, None),
            ("a desk phone with G.722", read("9 8 18 101", &asterisk[1..]), "9 8 101", CodecKind::G722, Some(101)),
            ("G.711 with comfort noise", read("8 13 101", &asterisk[1..]), "8 13 101", CodecKind::Pcma, Some(101)),
            (
                "Chromium",
                read("111 63 9 0 8 13 110 126", &chromium),
                "111 63 9 0 8 13 110 126",
                CodecKind::Opus,
                Some(110),
            ),
            (
                "FreeSWITCH",
                read("102 9 0 8 101 13 103", &freeswitch),
                "102 9 0 8 101 13 103",
                CodecKind::Opus,
                Some(101),
            ),
            ("Opus with digits at 8 kHz only", read("107 101", &asterisk), "107 101", CodecKind::Opus, Some(101)),
        ] {
            let answered = offer.answer(&ALL);
            assert_eq!(answered.numbers(), answer, "{name}");
            let (_, kind) = answered.speech(&ALL).expect(name);
            assert_eq!(kind, speech, "{name}");
            assert_eq!(answered.digits(kind.clock_rate()).map(|event| event.pt.0), digits, "{name}");
        }
    }

    #[test]
    fn what_stands_alone_is_not_answered() {
        assert!(!read("13 101", &["rtpmap:101 telephone-event/8000"]).has_speech(), "noise and digits are no speech");
        let red_of_speech = ["rtpmap:63 red/8000", "fmtp:63 0/0"];
        assert_eq!(read("0 63", &red_of_speech).answer(&ALL).numbers(), "0");
        let red_of_nothing = ["rtpmap:111 opus/48000/2", "rtpmap:63 red/48000/2"];
        assert_eq!(read("111 63", &red_of_nothing).answer(&ALL).numbers(), "111", "says not what it repeats");
        let wideband = ["rtpmap:97 opus/48000/2", "rtpmap:13 CN/8000", "rtpmap:98 CN/16000"];
        assert_eq!(read("97 98 13", &wideband).answer(&ALL).numbers(), "97", "no 8 kHz codec beside the noise");
        let stereo = ["rtpmap:97 PCMU/8000/2", "rtpmap:98 PCMU/8000/1"];
        assert_eq!(read("97 98", &stereo).answer(&ALL).numbers(), "98");
        let only_opus = read("0 8 107", &["rtpmap:107 opus/48000/2"]).answer(&[CodecKind::Opus]);
        assert_eq!(only_opus.numbers(), "107");
    }

    #[test]
    fn an_offer_lists_everything_once_and_keeps_numbers_that_were_agreed() {
        let first = Formats::offer(&ALL, &Formats::default());
        assert_eq!(first.numbers(), "111 63 9 0 8 13 110 126");
        assert_eq!(Formats::offer(&[CodecKind::Pcmu], &Formats::default()).numbers(), "0 126");
        assert_eq!(Formats::offer(&[CodecKind::Opus], &Formats::default()).numbers(), "111 63 110");
        // They call digits 111: ours has to give way, and does so for good.
        let theirs = read("107 111", &["rtpmap:107 opus/48000/2", "rtpmap:111 telephone-event/48000"]).answer(&ALL);
        let again = Formats::offer(&ALL, &theirs);
        assert_eq!(again.numbers(), "107 63 9 0 8 13 111 126");
        assert_eq!(Formats::offer(&ALL, &again), again);
        let mut text = String::new();
        again.write(false, &mut text);
        assert!(text.contains("a=fmtp:63 107/107\r\n"), "{text}");
    }

    #[test]
    fn dred_is_for_equal_versions_only() {
        for (fmtp, expected) in [
            ("minptime=10;useinbandfec=1;x-dred=12", true),
            ("useinbandfec=1; X-DRED = 12", true),
            ("x-dred=11", false),
            ("x-dred", false),
            ("useinbandfec=1", false),
            ("", false),
        ] {
            assert_eq!(reads_dred(fmtp), expected, "{fmtp}");
        }
        assert_eq!(most_bitrate("useinbandfec=1; maxaveragebitrate=20000"), Some(20_000));
        assert_eq!(most_bitrate("maxaveragebitrate=5"), None);
    }
}
