//! Packets in a file: number and length (both 32 bits, little-endian) before each.

#![expect(clippy::disallowed_methods, reason = "a program for measuring reads and writes files; the room does not")]

use std::io::Write;

use super::Outcome;
use super::network::Flying;

/// Writes what arrived.
pub fn write(path: &str, flying: &[Flying]) -> Outcome<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    for packet in flying {
        file.write_all(&(packet.number as u32).to_le_bytes())?;
        file.write_all(&(packet.payload.len() as u32).to_le_bytes())?;
        file.write_all(&packet.payload)?;
    }
    Ok(file.flush()?)
}

/// Reads all packets of a sender, in order.
pub fn read(path: &str) -> Outcome<Vec<Vec<u8>>> {
    let bytes = std::fs::read(path)?;
    let (mut rest, mut packets) = (&bytes[..], Vec::new());
    while let Some((head, body)) = rest.split_first_chunk::<8>() {
        let size = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let (payload, behind) = body.split_at_checked(size).ok_or("cut off in a packet")?;
        packets.push(payload.to_vec());
        rest = behind;
    }
    Ok(packets)
}
