//! Two real sessions in one process, over real sockets on 127.0.0.1. Trap numbers are those of `docs/protocols/sdp.md` and
//! `docs/protocols/rtp.md`.

mod agreement;
mod codecs;
mod pair;
mod reports;
mod speech;
mod transport;
