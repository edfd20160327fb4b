//! Who could mend it. A judgement on one second, by what tells the parties apart:
//!
//! * our microphone and computer are known directly;
//! * our network also carries the registration: when the round trip to the server has grown as well, or packets are lost both
//!   ways, the trouble is most likely on the part of the way that both share, which is ours;
//! * what the far end reports of its own playing is its own.

use model::{Fault, FaultCause, FaultySide};

use super::Measured;

/// From here on a listener hears loss through repair.
const LOSS: f32 = 0.03;
/// Packets a second that this computer may drop before it is heard.
const STALLS: u64 = 2;
/// Share of packets too late.
const LATE: f32 = 0.03;
/// Talking becomes taking turns (ITU-T G.114: 400 ms one way at most).
const LONG_RTT_MS: f32 = 500.0;
/// A connection that answers its server this late is full or far away.
const SLOW_SERVER_MS: f32 = 250.0;
/// Seconds without any packet: a far end that pauses (DTX, RFC 3389) sends at least now and then.
const SILENT_S: u32 = 5;

/// What changed within the second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Second {
    pub received: u64,
    pub late: u64,
    pub stalled: u64,
    /// Seconds since the last packet came.
    pub silent_s: u32,
}

/// What is wrong in this second, if anything.
pub(super) fn judge(now: &Measured, second: &Second) -> Option<Fault> {
    let fault = |side, cause| Some(Fault { side, cause });
    let slow_server = now.server_rtt_ms.is_some_and(|ms| ms > SLOW_SERVER_MS);
    let shared = |cause| fault(if slow_server { FaultySide::OwnNetwork } else { FaultySide::FarEnd }, cause);
    if now.sends && now.microphone_fault {
        return fault(FaultySide::Microphone, FaultCause::NoMicrophone);
    }
    if second.stalled > STALLS {
        return fault(FaultySide::Computer, FaultCause::Stalls);
    }
    if now.receives && second.silent_s >= SILENT_S {
        return shared(FaultCause::Nothing);
    }
    let loses = |lost: Option<f32>| lost.is_some_and(|lost| lost >= LOSS);
    match (loses(now.heard.lost), loses(now.spoken.lost)) {
        (true, true) => return fault(FaultySide::OwnNetwork, FaultCause::LossBoth),
        (true, false) => return shared(FaultCause::LossIn),
        (false, true) => return shared(FaultCause::LossOut),
        (false, false) => {}
    }
    if second.late as f32 > LATE * second.received.max(1) as f32 {
        return shared(FaultCause::Jitter);
    }
    if now.far_late.is_some_and(|late| late >= LATE) {
        return fault(FaultySide::FarEnd, FaultCause::FarPlayout);
    }
    if now.rtt_ms.is_some_and(|ms| ms >= LONG_RTT_MS) {
        return shared(FaultCause::Delay);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::WayMeasured;

    const SECOND: Second = Second { received: 50, late: 0, stalled: 0, silent_s: 0 };
    const SILENT: Second = Second { received: 0, late: 0, stalled: 0, silent_s: 5 };

    fn fine() -> Measured {
        let way = WayMeasured { lost: Some(0.0), ..WayMeasured::default() };
        Measured {
            heard: way,
            spoken: way,
            sends: true,
            receives: true,
            rtt_ms: Some(40.0),
            server_rtt_ms: Some(20.0),
            far_late: Some(0.0),
            ..Measured::default()
        }
    }

    fn lossy(heard: f32, spoken: f32) -> Measured {
        let mut now = fine();
        now.heard.lost = Some(heard);
        now.spoken.lost = Some(spoken);
        now
    }

    #[test]
    fn each_side_has_its_symptoms() {
        use FaultCause::*;
        use FaultySide::*;
        let slow = |now: Measured| Measured { server_rtt_ms: Some(400.0), ..now };
        let deaf = Measured { microphone_fault: true, ..fine() };
        for (name, now, second, expected) in [
            ("fine", fine(), SECOND, None),
            ("no microphone", deaf, SECOND, Some((Microphone, NoMicrophone))),
            ("busy computer", fine(), Second { stalled: 9, ..SECOND }, Some((Computer, Stalls))),
            ("silence", fine(), SILENT, Some((FarEnd, Nothing))),
            ("silence, server far", slow(fine()), SILENT, Some((OwnNetwork, Nothing))),
            ("a pause", fine(), Second { received: 1, silent_s: 1, ..SECOND }, None),
            ("loss both ways", lossy(0.1, 0.08), SECOND, Some((OwnNetwork, LossBoth))),
            ("loss in", lossy(0.1, 0.0), SECOND, Some((FarEnd, LossIn))),
            ("loss in, server far", slow(lossy(0.1, 0.0)), SECOND, Some((OwnNetwork, LossIn))),
            ("loss out", lossy(0.01, 0.2), SECOND, Some((FarEnd, LossOut))),
            ("late here", fine(), Second { late: 5, ..SECOND }, Some((FarEnd, Jitter))),
            ("late there", Measured { far_late: Some(0.2), ..fine() }, SECOND, Some((FarEnd, FarPlayout))),
            ("satellite", Measured { rtt_ms: Some(700.0), ..fine() }, SECOND, Some((FarEnd, Delay))),
        ] {
            let expected = expected.map(|(side, cause)| Fault { side, cause });
            assert_eq!(judge(&now, &second), expected, "{name}");
        }
    }

    #[test]
    fn on_hold_neither_silence_nor_the_microphone_is_a_fault() {
        let held = Measured { sends: false, receives: false, microphone_fault: true, ..fine() };
        assert_eq!(judge(&held, &Second::default()), None);
    }
}
